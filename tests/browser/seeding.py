"""Fill an empty archive for the browser tests: drawn pictures, through the same door as anybody's."""

from __future__ import annotations

import io
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageDraw

from archive.access.members import grant, open_collection
from archive.access.models import MemberRole
from archive.catalogue.models import Photo, Visibility
from archive.evidence.claims import claim_place, claim_time
from archive.ingest.checking import check_all
from archive.values.place import Place
from tests.browser.drawing import CLOSED, DRONE, LARGE, PASSWORD, ROLL, WALK, picture

TITLES = {
    "coast-walk": "Coastal walk",
    "flight-roll": "Flight roll",
    "border-flights": "Border flights",
    "closed-box": "Closed box",
}


def fill(folder: Path) -> None:
    people = {role: User.objects.create_user(role, password=PASSWORD) for role in MemberRole.values}
    User.objects.create_user("newcomer", password=PASSWORD)
    admin = User.objects.create_superuser("admin", password=PASSWORD)
    for slug, title in TITLES.items():
        opened = Visibility.PRIVATE if slug == "closed-box" else Visibility.PUBLIC
        collection = open_collection(by=people["owner"], slug=slug, title=title, visibility=opened)
        for role, account in people.items():
            grant(user=account, collection=collection, role=MemberRole(role))
        draw(folder / slug, slug)
        deposit(folder / slug, slug)
    open_collection(by=admin, slug="close-looks", title="Close looks")
    draw_large(folder / "close-looks")
    deposit(folder / "close-looks", "close-looks")
    claim(people["curator"])
    finish()


def deposit(folder: Path, slug: str) -> None:
    call_command("deposit", str(folder), collection=slug, user="admin", wait=True, stdout=io.StringIO())


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


def draw_large(folder: Path) -> None:
    """Draw a grid with more pixels than any copy of it, for looking closely."""
    folder.mkdir(parents=True)
    image = Image.new("RGB", LARGE, (120, 140, 110))
    pen = ImageDraw.Draw(image)
    width, height = LARGE
    for line in range(0, width, 100):
        pen.line((line, 0, line, height), fill=(230, 220, 200), width=3)
        pen.text((line + 5, line % height), str(line), fill="white")
    image.save(folder / "grid.jpg", quality=90)


def claim(curator: User) -> None:
    """A curator places three of the drone pictures within two kilometres, and dates them to the year."""
    for photo in Photo.objects.filter(collection__slug="border-flights").order_by("pk")[:3]:
        claim_time(photo=photo, by=curator, text="2020")
        claim_place(photo=photo, by=curator, place=Place(40.1, 124.39, 2000.0))


def finish() -> None:
    """Check what tests look at one by one, forget the rest: else every server does it while tests run."""
    check_all(Photo.objects.exclude(collection__slug="flight-roll"), tell=lambda _count: None)
    DBTaskResult.objects.ready().delete()
