"""Fill an empty archive for the browser tests: drawn pictures, through the same door as anybody's."""

from __future__ import annotations

import io
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command

from archive.access.members import grant, open_collection
from archive.access.models import MemberRole
from archive.catalogue.models import Photo, Visibility
from archive.evidence.claims import claim_place, claim_time
from archive.values.place import Place
from tests.browser.drawing import CLOSED, DRONE, PASSWORD, ROLL, WALK, picture


def fill(folder: Path) -> None:
    call_command("migrate", verbosity=0)
    curator = User.objects.create_user("curator", password=PASSWORD)
    reader = User.objects.create_user("reader", password=PASSWORD)
    User.objects.create_superuser("admin", password=PASSWORD)
    titles = {
        "coast-walk": "Coastal walk",
        "flight-roll": "Flight roll",
        "border-flights": "Border flights",
        "closed-box": "Closed box",
    }
    for slug, title in titles.items():
        opened = Visibility.PRIVATE if slug == "closed-box" else Visibility.PUBLIC
        collection = open_collection(by=curator, slug=slug, title=title, visibility=opened)
        if slug == "closed-box":
            grant(user=reader, collection=collection, role=MemberRole.READER)
        draw(folder / slug, slug)
        call_command(
            "deposit", str(folder / slug), collection=slug, user="curator", wait=True, stdout=io.StringIO()
        )
    claim(curator)


def draw(folder: Path, slug: str) -> None:
    """Draw the pictures of one collection, each from its number alone."""

    folder.mkdir(parents=True)
    for number in range({"coast-walk": WALK, "flight-roll": ROLL, "border-flights": DRONE}.get(slug, CLOSED)):
        dice = random.Random(f"{slug} {number}")
        facts: dict[str, Any] = {}
        if slug == "coast-walk":
            facts = {
                "latitude": 54.2 + number * 0.02,
                "longitude": -3.3 + dice.uniform(-0.05, 0.05),
                "taken": datetime(2018, 3, 1, 9, 30) + timedelta(days=number * 19, minutes=number),
                "direction": dice.uniform(0, 359) if number % 2 else None,
                "radius": 30.0 if number % 3 else None,
            }
            if number >= WALK - 4:
                facts = {"taken": facts["taken"]}
        elif slug == "flight-roll":
            facts = {
                "latitude": 46.0 + (number % 25) * 0.003,
                "longitude": 7.5 + (number // 50) * 0.004,
                "taken": datetime(2019, 6, 12, 10, 0) + timedelta(seconds=number * 20),
            }
        picture(
            folder / f"{slug}-{number:03}.jpg",
            title=f"{slug.replace('-', ' ').capitalize()} {number}",
            dice=dice,
            **facts,
        )


def claim(curator: User) -> None:
    """A curator places three of the drone pictures within two kilometres, and dates them to the year."""
    for photo in Photo.objects.filter(collection__slug="border-flights").order_by("pk")[:3]:
        claim_time(photo=photo, by=curator, text="2020")
        claim_place(photo=photo, by=curator, place=Place(40.1, 124.39, 2000.0))
