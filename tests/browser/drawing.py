"""Pictures drawn from a number, with the EXIF a camera would write."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import piexif
from PIL import Image, ImageDraw

PASSWORD = "correct horse battery"
WALK, ROLL, DRONE, CLOSED = 48, 150, 7, 3
"""How many photos the collections coast-walk, flight-roll, border-flights and closed-box hold."""
LARGE = (3200, 2400)
"""Width and height of the one photo of the private collection close-looks, which only `admin` sees."""


def picture(
    path: Path,
    *,
    title: str,
    dice: random.Random,
    latitude: float | None = None,
    longitude: float | None = None,
    taken: datetime | None = None,
    direction: float | None = None,
    radius: float | None = None,
) -> None:
    """Write a JPEG of a sky, a hill and a house; facts that are None are absent from its EXIF."""
    width, height = dice.choice([(480, 320), (320, 480), (480, 360)])
    image = Image.new("RGB", (width, height), (dice.randrange(140, 200), dice.randrange(170, 215), 225))
    pen = ImageDraw.Draw(image)
    ridge = height * dice.uniform(0.45, 0.7)
    hill = [
        (0, ridge),
        (width * dice.uniform(0.2, 0.8), ridge - height * 0.2),
        (width, ridge),
        (width, height),
        (0, height),
    ]
    pen.polygon(hill, fill=(dice.randrange(90, 140), dice.randrange(120, 150), 90))
    left = width * dice.uniform(0.2, 0.6)
    pen.rectangle((left, ridge, left + 60, ridge + 50), fill=(200, dice.randrange(120, 190), 130))
    exif: dict[str, dict[int, object]] = {
        "0th": {piexif.ImageIFD.ImageDescription: title.encode()},
        "Exif": {},
        "GPS": {},
    }
    if taken:
        exif["Exif"][piexif.ExifIFD.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S").encode()
        exif["0th"] |= {piexif.ImageIFD.Make: b"Pentax", piexif.ImageIFD.Model: b"K1000"}
    if latitude is not None and longitude is not None:
        exif["GPS"] = {
            piexif.GPSIFD.GPSLatitudeRef: b"N" if latitude >= 0 else b"S",
            piexif.GPSIFD.GPSLatitude: _sexagesimal(latitude),
            piexif.GPSIFD.GPSLongitudeRef: b"E" if longitude >= 0 else b"W",
            piexif.GPSIFD.GPSLongitude: _sexagesimal(longitude),
        }
        if direction is not None:
            exif["GPS"] |= {
                piexif.GPSIFD.GPSImgDirectionRef: b"T",
                piexif.GPSIFD.GPSImgDirection: (round(direction * 100), 100),
            }
        if radius is not None:
            exif["GPS"][piexif.GPSIFD.GPSHPositioningError] = (round(radius * 10), 10)
    image.save(path, quality=80, exif=piexif.dump(exif))


def _sexagesimal(degrees: float) -> tuple[tuple[int, int], ...]:
    return ((round(abs(degrees) * 1_000_000), 1_000_000), (0, 1), (0, 1))
