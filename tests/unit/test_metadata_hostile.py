"""Bytes made to hurt: reading them ends soon, in a Reading with problems or in a refusal, never otherwise."""

from __future__ import annotations

import struct
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.metadata import Reading, Refused, read
from tests.unit import drawing
from tests.unit.drawing import (
    SHORT,
    app_exif,
    app_xmp,
    chunk,
    codes,
    iptc,
    jpeg,
    numbers,
    png,
    ratios,
    read_bytes,
    text,
    webp,
    xmp,
)

SECONDS = 2.0
MEBIBYTE = 1024 * 1024
BLOCK = drawing.tiff(
    {0x10F: text("Testcam"), 0x112: numbers(SHORT, 6), 0x10E: text("words")},
    {
        0x9003: text("2020:06:01 11:04:05"),
        0x829A: ratios((1, 250)),
        0x9286: drawing.raw(b"UNICODE\0" + "ü".encode("utf-16-be")),
    },
    drawing.at_gps((52, 31, 12), (13, 24, 18)) | {7: ratios(3, 4, 5), 0x1D: text("2020:06:01")},
)
PACKET = xmp(
    "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>T</rdf:li></rdf:Alt></dc:title>",
    exif__GPSLatitude="1,2N",
    exif__GPSLongitude="3,4E",
)
SEEDS = {
    "a.jpg": jpeg(app_exif(BLOCK), app_xmp(PACKET), iptc((1, 90, b"\x1b%G"), (2, 120, b"words"))),
    "a.png": png(chunk(b"eXIf", BLOCK), chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET.encode())),
    "a.webp": webp((b"EXIF", BLOCK), (b"XMP ", PACKET.encode())),
    "a.heic": drawing.heif(BLOCK, turns=1),
    "a.tif": drawing.tiff(
        {0x100: numbers(SHORT, 40), 0x101: numbers(SHORT, 30), 0x2BC: drawing.raw(PACKET.encode())}
    ),
    "a.xmp": PACKET.encode(),
}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def outcome(folder: Path, data: bytes, name: str) -> Reading | Refused:
    begun = time.process_time()
    try:
        reading = read_bytes(folder, data, name)
        assert Reading.from_json(reading.to_json()) == reading
    except Refused as error:
        return error
    finally:
        assert time.process_time() - begun < SECONDS
    return reading


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_changed_bytes_never_raise_and_never_hang(folder: Path, name: str, data: st.DataObject):
    seed = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(seed) - 1))
        seed[at : at + data.draw(st.integers(0, 4))] = data.draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from([b"\0" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x00\x00\x00\x08"]),
            )
        )
        if not seed:
            break
    outcome(folder, bytes(seed), name)


@settings(max_examples=100, deadline=None)
@given(
    start=st.sampled_from(
        [
            b"",
            b"\xff\xd8",
            b"\xff\xd8\xff\xe1\0\x40Exif\0\0MM\0*",
            b"\x89PNG\r\n\x1a\n",
            b"II*\0",
            b"MM\0+\0\x08\0\0",
            b"<?xpacket",
            b"\0\0\0\x18ftypheic",
            b"RIFF\0\0\0\0WEBP",
        ]
    ),
    rest=st.binary(max_size=400),
)
@example(start=b"II*\0", rest=b"\x08\0\0\0")
def test_arbitrary_bytes_never_raise(folder: Path, start: bytes, rest: bytes):
    outcome(folder, start + rest, "a.bin")


@pytest.mark.parametrize("name", SEEDS)
def test_files_cut_anywhere_never_raise(folder: Path, name: str):
    for length in range(0, len(SEEDS[name]), 7):
        outcome(folder, SEEDS[name][:length], name)


def test_thousands_of_tags_with_thousands_of_ratios_take_no_time(tmp_path: Path):
    table = b"".join(struct.pack(">HHII", 0x10E + n % 5000, 5, 999, 8) for n in range(4500))
    block = b"MM\0*\0\0\0\x08" + struct.pack(">H", 4500) + table + bytes(4)
    tracemalloc.start()
    reading = outcome(tmp_path, block + bytes(16_000), "a.tif")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(reading, Reading)
    assert "exif_damaged" in codes(reading)
    assert peak < 20 * MEBIBYTE


def test_a_directory_that_points_at_itself_ends(tmp_path: Path):
    block = bytearray(
        drawing.tiff(
            {0x10F: text("Testcam"), 0x8769: numbers(drawing.LONG, 8), 0x8825: numbers(drawing.LONG, 8)}
        )
    )
    block[-4:] = struct.pack(">I", 8)
    assert isinstance(outcome(tmp_path, jpeg(app_exif(bytes(block))), "a.jpg"), Reading)


def test_one_bad_entry_costs_that_entry_alone(tmp_path: Path):
    block = drawing.tiff(
        {0x10F: text("Testcam"), 0x110: (99, 4, b"????"), 0x131: (2, 4_000_000_000, b"\0\0\xff\xff\0")}
    )
    reading = read_bytes(tmp_path, jpeg(app_exif(block)))
    assert reading.make == "Testcam"
    assert codes(reading) == {"exif_damaged"}


def test_an_exif_block_that_is_none_is_a_problem(tmp_path: Path):
    assert codes(read_bytes(tmp_path, jpeg(app_exif(b"nonsense")))) == {"exif_unreadable"}


def test_entities_are_not_expanded(tmp_path: Path):
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 100 + '">]>' + xmp(dc__identifier="&b;")
    reading = read_bytes(tmp_path, lol.encode(), "a.xmp")
    assert (reading.identifier, codes(reading)) == (None, {"xmp_unreadable"})


def test_nothing_outside_the_packet_is_fetched(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("top secret")
    packet = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>' + xmp("<dc:title>&s;</dc:title>")
    reading = read_bytes(tmp_path, packet.encode(), "a.xmp")
    assert "top secret" not in reading.to_json()
    assert codes(reading) == {"xmp_unreadable"}


def test_deeply_nested_xmp_is_given_up_and_what_stood_before_is_kept(tmp_path: Path):
    packet = xmp("<dc:title>T</dc:title>" + "<dc:x>" * 5000 + "</dc:x>" * 5000)
    reading = read_bytes(tmp_path, packet.encode(), "a.xmp")
    assert (reading.title, codes(reading)) == ("T", {"xmp_unreadable"})


def test_endless_xmp_is_not_parsed(tmp_path: Path):
    packet = xmp("<dc:title>T</dc:title>" + " " * (9 * MEBIBYTE))
    reading = read_bytes(tmp_path, packet.encode(), "a.xmp")
    assert (reading.title, codes(reading)) == (None, {"xmp_too_large"})


def test_a_million_keywords_are_some_hundreds(tmp_path: Path):
    words = "".join(f"<rdf:li>{n}</rdf:li>" for n in range(15_000))
    reading = outcome(tmp_path, xmp(f"<dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>").encode(), "a.xmp")
    assert isinstance(reading, Reading)
    assert 0 < len(reading.keywords) <= 500


def test_broken_xmp_keeps_what_was_said_before_the_break(tmp_path: Path):
    packet = xmp("<dc:title>T</dc:title><dc:creator>half")
    reading = read_bytes(tmp_path, packet.encode(), "a.xmp")
    assert (reading.title, codes(reading)) == ("T", {"xmp_unreadable"})


def test_gigabytes_of_comments_are_not_kept(tmp_path: Path):
    many = jpeg(*[drawing.segment(0xFE, b"x" * 65_000)] * 300)
    reading = outcome(tmp_path, many, "a.jpg")
    assert isinstance(reading, Reading)
    assert "too_much_metadata" in codes(reading)


def test_a_sidecar_of_random_bytes_never_raises(tmp_path: Path):
    photo, sidecar = tmp_path / "a.jpg", tmp_path / "a.xmp"
    photo.write_bytes(jpeg())
    for data in (
        b"",
        b"\xff\xfe<",
        b"<\0?\0x\0",
        bytes(range(256)),
        b"<?xml version='1.0' encoding='nonsense'?><x/>",
    ):
        sidecar.write_bytes(data)
        assert read(photo, sidecars=[sidecar]).format == "JPEG"
