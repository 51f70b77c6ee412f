"""Photos whose bytes really lie in the vault, drawn here."""

from __future__ import annotations

import dataclasses
import io
from itertools import count

from PIL import Image

from archive import vault
from archive.catalogue.models import Collection, File, Photo, Role
from archive.catalogue.photos import add_file
from archive.metadata import Statement
from tests.db.making import a_photo, a_reading

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 30), (30, 30, 220), (220, 220, 30)
_shades = count()


def drawn(width: int = 64, height: int = 48, *, orientation: int = 1, suffix: str = "JPEG") -> bytes:
    """A picture with a colour in each quarter (red green / blue yellow), EXIF, and one pixel of its own."""
    picture = Image.new("RGB", (width, height), RED)
    half = width // 2, height // 2
    picture.paste(GREEN, (half[0], 0, width, half[1]))
    picture.paste(BLUE, (0, half[1], half[0], height))
    picture.paste(YELLOW, (half[0], half[1], width, height))
    picture.putpixel((0, 0), (next(_shades) % 256, 0, 0))
    exif = picture.getexif()
    exif[0x0112] = orientation
    exif[0x0131] = "secret software"
    exif[0x010E] = f"picture {next(_shades)}"
    out = io.BytesIO()
    picture.save(out, suffix, quality=95, exif=exif)
    return out.getvalue()


def a_kept_photo(
    collection: Collection,
    *,
    size: tuple[int, int] = (64, 48),
    orientation: int = 1,
    name: str = "picture.jpg",
    **facts,
) -> Photo:
    """Return a photo as ingest leaves it, its original in the vault."""
    stored = vault.put(io.BytesIO(drawn(*size, orientation=orientation)))
    shown = (size[1], size[0]) if orientation >= 5 else size
    statements = facts.pop("statements", None)
    reading = dataclasses.replace(
        a_reading(sha256=stored.sha256, **facts),
        byte_count=stored.byte_count,
        width=shown[0],
        height=shown[1],
        orientation=orientation,
    )
    if statements is not None:
        reading = dataclasses.replace(
            reading, statements=(*reading.statements, *(Statement(*said) for said in statements))
        )
    photo = a_photo(collection, reading)
    photo.files.update(name=name)
    return photo


def a_further_file(photo: Photo, role: Role = Role.BACK, name: str = "back.jpg") -> File:
    stored = vault.put(io.BytesIO(drawn(80, 40)))
    reading = dataclasses.replace(
        a_reading(sha256=stored.sha256), byte_count=stored.byte_count, width=80, height=40, orientation=1
    )
    return add_file(photo=photo, reading=reading, name=name, role=role, by=None)


def original_of(photo: Photo) -> bytes:
    with vault.open_original(photo.files.get(role=Role.PRIMARY).sha256) as file:
        return file.read()


def got(client, address: str, query: dict[str, object] | None = None, **more):
    """GET and read to the end; `body` holds the bytes."""
    answer = client.get(address, query, **more)
    answer.body = b"".join(answer) if answer.streaming else answer.content
    return answer
