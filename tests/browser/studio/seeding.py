"""Fill an empty archive for the studio's browser tests."""

from __future__ import annotations

import random
import sys
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command

from archive.access.members import grant, open_collection
from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from tests.browser.drawing import picture
from tests.browser.seeding import PASSWORD

BOXES = 24
"""Private collections, `box-1` and so on: a test that uploads takes one that no other test uses."""


def fill(folder: Path) -> None:
    curator = User.objects.create_user("curator", password=PASSWORD)
    User.objects.create_user("newcomer", password=PASSWORD)
    reader = User.objects.create_user("reader", password=PASSWORD)
    harbour = open_collection(
        by=curator, slug="harbour", title="Harbour", visibility=Visibility.PUBLIC, description="Boats."
    )
    grant(user=reader, collection=harbour, role=MemberRole.READER)
    for number in range(1, BOXES + 1):
        open_collection(by=curator, slug=f"box-{number}", title=f"Box {number}")
    draw(folder)
    (folder / "notes.txt").write_text("not a picture")
    for path in sorted(folder.iterdir()):  # one by one, so that they come in this order
        call_command("deposit", str(path), collection="harbour", user="curator", wait=True, stdout=sys.stderr)


def draw(folder: Path) -> None:
    folder.mkdir(parents=True)
    places: list[dict[str, object]] = [
        {"latitude": 43.467, "longitude": 11.885, "taken": datetime(2008, 10, 22, 16, 38, 20)},
        {"taken": datetime(2008, 10, 22, 17, 0)},
        {},
        {},
        {},
        {},
    ]
    for number, facts in enumerate(places):
        dice = random.Random(f"harbour {number}")
        picture(folder / f"harbour-{number}.jpg", title=f"Harbour {number}", dice=dice, **facts)
