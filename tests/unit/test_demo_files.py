"""The demo's files: what a camera would have written is in them, and the story's pictures carry nothing."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import exifread
import pytest
from PIL import Image

from archive.management.demo.exif import Tags, encode, write_xmp
from archive.management.demo.flight import MODEL, frames
from archive.management.demo.produce import path_of, produce, sidecar_of
from archive.management.demo.scenes import COLLECTIONS, DemoFile, scenes
from archive.management.demo.walk import stops
from archive.management.demo.walk_pictures import packet_of, tags_of

FILES = {file.name: file for file in scenes()}
SMALL = Image.new("RGB", (64, 48), (120, 140, 90))


def _degrees(value) -> float:
    degrees, minutes, seconds = (float(part) for part in value.values)
    return degrees + minutes / 60 + seconds / 3600


def _read(content: bytes) -> dict[str, Any]:
    return exifread.process_file(io.BytesIO(content), details=False)


def _drawn(beginning: str) -> bytes:
    (name,) = (name for name in FILES if name.startswith(beginning))
    return FILES[name].draw()


def test_every_file_has_a_name_of_its_own_in_a_collection_that_exists():
    files = list(scenes())
    counts = Counter(file.collection for file in files)
    assert len({(file.collection, file.name.casefold()) for file in files}) == len(files)
    assert counts == {"coastal-walk": 71, "drone-survey": 70, "border-flights": 7, "sealed-deposit": 3}
    assert set(counts) == {collection.slug for collection in COLLECTIONS}
    assert [c.slug for c in COLLECTIONS if c.visibility == "private"] == ["sealed-deposit"]


def test_everything_says_that_it_is_generated():
    for collection in COLLECTIONS:
        assert "Generated demo" in collection.description
        assert "Generated demo data" in collection.provenance
    for file in FILES.values():
        if file.collection == "border-flights":
            assert "Generated demo data" in file.notes


@pytest.mark.parametrize("stop", [s for s in stops() if s.form in {"JPEG", "WebP"}], ids=lambda s: s.title)
def test_what_the_walks_camera_wrote_reads_back(stop):
    tags = exifread.process_file(
        io.BytesIO(encode(SMALL, "JPEG", tags=tags_of(stop), xmp=packet_of(stop))), details=False
    )
    written = datetime.fromisoformat(stop.clock or stop.when)
    assert str(tags["EXIF DateTimeOriginal"]) == f"{written:%Y:%m:%d %H:%M:%S}"
    assert tags["Image Orientation"].values == [stop.turn]
    assert str(tags["Image Make"]) == "Generated"
    assert ("EXIF OffsetTimeOriginal" in tags) == stop.offset
    assert str(tags.get("EXIF SubSecTimeOriginal", "")) == stop.subsecond
    assert ("GPS GPSLatitude" in tags) == stop.fix
    if stop.fix:
        assert _degrees(tags["GPS GPSLatitude"]) == pytest.approx(abs(stop.latitude), abs=1e-7)
        assert _degrees(tags["GPS GPSLongitude"]) == pytest.approx(abs(stop.longitude), abs=1e-7)
        assert str(tags["GPS GPSLatitudeRef"]) == ("S" if stop.latitude < 0 else "N")
        assert str(tags["GPS GPSLongitudeRef"]) == ("W" if stop.longitude < 0 else "E")
        assert float(tags["GPS GPSImgDirection"].values[0]) == pytest.approx(stop.heading)
        assert str(tags["GPS GPSImgDirectionRef"]) == stop.reference
        assert ("GPS Tag 0x001F" in tags) == (stop.accuracy is not None)


def test_the_walk_holds_the_cases_it_promises():
    walk = stops()
    assert {stop.longitude for stop in walk} >= {0.0, 180.0}
    assert {stop.turn for stop in walk} == {1, 6, 8}
    assert {stop.form for stop in walk} == {"JPEG", "PNG", "TIFF", "WebP"}
    assert {stop.reference for stop in walk} == {"T", "M"}
    assert sum(not stop.fix for stop in walk) == 4
    assert sum(bool(stop.clock) for stop in walk) == 2
    assert sum(stop.sidecar for stop in walk) == 1
    assert len({stop.moment().utcoffset() for stop in walk}) == 5


def test_a_clock_that_came_twice_is_written_without_an_offset():
    (stop,) = (stop for stop in stops() if stop.title.startswith("Half past one"))
    again = stop.moment().replace(fold=1)
    assert again.utcoffset() != stop.moment().utcoffset()
    assert tags_of(stop).offset == ""
    assert tags_of(stop).fixed_at is None


def test_a_tall_picture_lies_on_its_side_in_the_file():
    content = _drawn("walk-008-")
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (2160, 1440)
        assert picture.getexif()[0x0112] == 6
    assert 150_000 < len(content) < 700_000


@pytest.mark.parametrize(
    ("beginning", "form"),
    [("walk-030-tavira-island.webp", "WEBP"), ("walk-044", "PNG"), ("walk-054", "TIFF")],
)
def test_other_formats_carry_their_position_too(beginning, form):
    content = _drawn(beginning)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.format == form
        assert set(picture.getexif().get_ifd(0x8825)) >= {1, 2, 3, 4, 17}


def test_a_drone_writes_its_yaw_with_a_sign_and_its_position_somewhere():
    flight = frames()
    assert len(flight) == 70
    assert all(later.moment > earlier.moment for earlier, later in pairwise(flight))
    frame = flight[25]
    content = FILES[f"DEMO_{frame.number:04}.jpg"].draw()
    assert f'drone-dji:GpsLongtitude="{frame.longitude:.7f}"'.encode() in content
    assert b'drone-dji:GimbalYawDegree="+' in content
    assert b'drone-dji:GimbalPitchDegree="-90.00"' in content
    tags = _read(content)
    assert str(tags["Image Model"]) == MODEL
    assert "GPS GPSLatitude" not in tags


def test_the_storys_pictures_carry_no_metadata_of_any_kind():
    content = _drawn("border-7-")
    assert not _read(content)
    for trace in (b"Exif\x00\x00", b"http://ns.adobe.com/xap/", b"Photoshop 3.0", b"ICC_PROFILE"):
        assert trace not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (1600, 1067)
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_storys_credits_differ_as_they_did():
    credits_ = Counter(file.credit for file in FILES.values() if file.collection == "border-flights")
    assert set(credits_) == {"XiaoHao", "u/XiaoHao2"}


def test_a_picture_is_the_same_each_time_it_is_drawn():
    assert _drawn("walk-061-") == _drawn("walk-061-")


def test_markup_in_words_stays_words():
    packet = write_xmp(title="a < b & c", drone={"GimbalYawDegree": '"1"'})
    assert "a &lt; b &amp; c" in packet
    assert "GimbalYawDegree='\"1\"'" in packet


def test_a_position_is_written_to_less_than_a_centimetre():
    content = encode(SMALL, "JPEG", tags=Tags(model="m", latitude=-16.7887123, longitude=-179.9999999))
    tags = _read(content)
    assert _degrees(tags["GPS GPSLatitude"]) == pytest.approx(16.7887123, abs=2e-8)
    assert _degrees(tags["GPS GPSLongitude"]) == pytest.approx(179.9999999, abs=2e-8)


def _spot() -> bytes:
    return b"picture"


def test_drawing_again_draws_only_what_is_missing(tmp_path: Path):
    files = [DemoFile("a", f"{n}.jpg", _spot, sidecar=b"<x/>" if n else None) for n in range(3)]
    told = []
    assert produce(files, tmp_path, processes=1, on_done=lambda file, _path: told.append(file.name)) == 3
    assert sorted(told) == ["0.jpg", "1.jpg", "2.jpg"]
    sidecar_of(path_of(files[1], tmp_path)).unlink()
    path_of(files[2], tmp_path).unlink()
    (tmp_path / ".unfinished-a-2.jpg").write_bytes(b"half")
    assert produce(files, tmp_path, processes=1) == 2
    assert produce(files, tmp_path, processes=1) == 0
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["0.jpg", "1.jpg", "1.xmp", "2.jpg", "2.xmp"]
    assert not list(tmp_path.glob(".unfinished-*"))
