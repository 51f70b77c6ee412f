from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.unit import drawing
from tests.unit.drawing import (
    SHORT,
    app_exif,
    app_xmp,
    chunk,
    codes,
    jpeg,
    numbers,
    png,
    read_bytes,
    segment,
    text,
    webp,
    xmp,
)

MAKE, ORIENTATION = 0x010F, 0x0112
BLOCK = drawing.tiff({MAKE: text("Testcam"), ORIENTATION: numbers(SHORT, 6)})


def test_exif_is_found_behind_kilobytes_of_other_segments(tmp_path: Path):
    before = [segment(0xE7, bytes(60_000)), segment(0xE8, bytes(60_000)), segment(0xFE, b"a comment")]
    assert read_bytes(tmp_path, jpeg(*before, app_exif(BLOCK))).make == "Testcam"


def test_stray_bytes_between_segments_are_told_and_passed_over(tmp_path: Path):
    data = b"\xff\xd8" + bytes(32) + jpeg(app_exif(BLOCK))[2:]
    reading = read_bytes(tmp_path, data)
    assert reading.make == "Testcam"
    assert "stray_bytes" in codes(reading)


def test_a_jpeg_that_ends_in_its_headers_keeps_what_was_read(tmp_path: Path):
    reading = read_bytes(tmp_path, b"\xff\xd8" + app_exif(BLOCK))
    assert reading.make == "Testcam"
    assert codes(reading) == {"truncated", "no_picture"}


def test_a_picture_on_its_side_is_measured_as_displayed(tmp_path: Path):
    reading = read_bytes(tmp_path, jpeg(app_exif(BLOCK), width=400, height=300))
    assert (reading.orientation, reading.width, reading.height) == (6, 300, 400)


def test_an_orientation_of_zero_is_a_problem(tmp_path: Path):
    reading = read_bytes(tmp_path, jpeg(app_exif(drawing.tiff({ORIENTATION: numbers(SHORT, 0)}))))
    assert (reading.orientation, codes(reading)) == (None, {"orientation_unknown"})


def test_exif_in_either_byte_order(tmp_path: Path):
    little = drawing.tiff({MAKE: text("Testcam"), ORIENTATION: numbers(SHORT, 3, order="<")}, order="<")
    reading = read_bytes(tmp_path, jpeg(app_exif(little)))
    assert (reading.make, reading.orientation) == ("Testcam", 3)


def test_several_pictures_in_one_jpeg_count_as_the_first(tmp_path: Path):
    both = jpeg(app_exif(BLOCK), width=4, height=3) + jpeg(width=400, height=300)
    reading = read_bytes(tmp_path, both, "pair.mpo")
    assert (reading.format, reading.width, reading.height) == ("JPEG", 3, 4)


def test_xmp_in_pieces_is_put_together(tmp_path: Path):
    packet = xmp(dc__identifier="X-1").encode()
    pieces = b""
    for at in (400, 0):  # in any order
        body = packet[at : at + 400] if at == 0 else packet[at:]
        head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", len(packet), at)
        pieces += segment(0xE1, head + body)
    assert read_bytes(tmp_path, jpeg(pieces)).identifier == "X-1"


def test_a_png_has_exif_before_or_behind_its_picture(tmp_path: Path):
    reading = read_bytes(tmp_path, png(chunk(b"IDAT", bytes(50_000)), chunk(b"eXIf", BLOCK)), "a.png")
    assert (reading.format, reading.make, reading.width, reading.height) == ("PNG", "Testcam", 30, 40)


def test_a_png_from_imagemagick_keeps_exif_as_hexadecimal_digits(tmp_path: Path):
    digits = (b"Exif\0\0" + BLOCK).hex().encode()
    body = b"Raw profile type exif\0\0" + zlib.compress(
        b"\nexif\n%8d\n" % (len(digits) // 2) + digits + b"\n"
    )
    assert read_bytes(tmp_path, png(chunk(b"zTXt", body)), "a.png").make == "Testcam"


@pytest.mark.parametrize("packed", [False, True])
def test_a_png_has_xmp_as_text(tmp_path: Path, packed: bool):  # noqa: FBT001 - the two cases of the format
    packet = xmp(tiff__Make="Testcam").encode()
    head = b"XML:com.adobe.xmp\0" + (b"\1\0" if packed else b"\0\0") + b"\0\0"
    body = head + (zlib.compress(packet) if packed else packet)
    assert read_bytes(tmp_path, png(chunk(b"iTXt", body)), "a.png").make == "Testcam"


def test_a_chunk_with_a_name_that_is_none_ends_the_reading_quietly(tmp_path: Path):
    reading = read_bytes(tmp_path, png(chunk(b"eXIf", BLOCK), chunk(b"\xff\xfe\0\1", b"?")), "a.png")
    assert reading.make == "Testcam"
    assert "broken" in codes(reading)


def test_text_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path):
    bomb = b"Comment\0\0" + zlib.compress(bytes(20 * 1024 * 1024), 9)
    reading = read_bytes(tmp_path, png(chunk(b"zTXt", bomb)), "a.png")
    assert codes(reading) == {"text_unreadable"}


@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_webp_exif_is_read_with_and_without_its_prefix(tmp_path: Path, prefix: bytes):
    reading = read_bytes(tmp_path, webp((b"EXIF", prefix + BLOCK), width=50, height=20), "a.webp")
    assert (reading.format, reading.make, reading.width, reading.height) == ("WEBP", "Testcam", 20, 50)


def test_webp_xmp_is_read(tmp_path: Path):
    assert read_bytes(tmp_path, webp((b"XMP ", xmp(tiff__Make="T").encode())), "a.webp").make == "T"


@pytest.mark.parametrize(
    ("brand", "format_name"), [(b"heic", "HEIF"), (b"heix", "HEIF"), (b"mif1", "HEIF"), (b"avif", "AVIF")]
)
def test_brands_of_the_heif_family(tmp_path: Path, brand: bytes, format_name: str):
    reading = read_bytes(tmp_path, drawing.heif(BLOCK, brand=brand), "a.hif")
    assert (reading.format, reading.make) == (format_name, "Testcam")


@pytest.mark.parametrize(("turns", "size"), [(0, (40, 30)), (1, (30, 40)), (2, (40, 30)), (3, (30, 40))])
def test_heif_is_measured_as_the_decoder_turns_it_and_the_tag_is_reported(
    tmp_path: Path, turns: int, size: tuple[int, int]
):
    reading = read_bytes(tmp_path, drawing.heif(BLOCK, turns=turns), "a.heic")
    assert (reading.width, reading.height) == size
    assert reading.orientation == 6


def test_a_box_of_impossible_size_is_a_problem(tmp_path: Path):
    data = drawing.heif(BLOCK).replace(struct.pack(">I", 14) + b"pitm", struct.pack(">I", 3) + b"pitm")
    reading = read_bytes(tmp_path, data, "a.heic")
    assert {"broken", "no_picture"} <= codes(reading)


def test_a_tiff_is_its_own_block(tmp_path: Path):
    block = drawing.tiff(
        {
            0x100: numbers(SHORT, 400),
            0x101: numbers(SHORT, 300),
            MAKE: text("Testcam"),
            0x2BC: drawing.raw(xmp(dc__identifier="X-1").encode()),
        }
    )
    reading = read_bytes(tmp_path, block, "a.tif")
    assert (reading.format, reading.width, reading.height, reading.make, reading.identifier) == (
        "TIFF",
        400,
        300,
        "Testcam",
        "X-1",
    )


def test_a_bigtiff_is_read_like_a_tiff(tmp_path: Path):
    entries = [
        (0x100, 3, 1, struct.pack("<H6x", 400)),
        (0x101, 3, 1, struct.pack("<H6x", 300)),
        (MAKE, 2, 8, b"Testcam\0"),
    ]
    table = struct.pack("<Q", len(entries)) + b"".join(
        struct.pack("<HHQ", *entry[:3]) + entry[3] for entry in entries
    )
    data = b"II" + struct.pack("<HHHQ", 43, 8, 0, 16) + table + bytes(8)
    reading = read_bytes(tmp_path, data, "a.tif")
    assert (reading.width, reading.height, reading.make) == (400, 300, "Testcam")


def test_a_lone_sidecar_is_read_and_never_asked_for_its_size(tmp_path: Path):
    reading = read_bytes(tmp_path, xmp(tiff__Make="Testcam").encode(), "a.xmp")
    assert (reading.format, reading.make) == ("XMP", "Testcam")
    assert reading.standing("width").value == "not asked"


def test_exif_and_xmp_agree_on_one_reading(tmp_path: Path):
    reading = read_bytes(tmp_path, jpeg(app_exif(BLOCK), app_xmp(xmp(tiff__Model="M"))))
    assert (reading.make, reading.model) == ("Testcam", "M")


def test_large_files_are_read_from_disk_alike(tmp_path: Path):
    small = read_bytes(tmp_path, jpeg(app_exif(BLOCK)))
    large = read_bytes(tmp_path, jpeg(app_exif(BLOCK)) + bytes(9 * 1024 * 1024), "large.jpg")
    assert large.make == small.make
    assert large.sha256 != small.sha256
