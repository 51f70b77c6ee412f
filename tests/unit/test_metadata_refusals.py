from __future__ import annotations

import struct
from pathlib import Path

import pytest

from archive.metadata import Reading, Refused, read, report
from archive.metadata.report import KEYS, refusal
from tests.unit import drawing
from tests.unit.drawing import SHORT, app_exif, app_xmp, jpeg, numbers, png, read_bytes, text, webp, xmp


def refused(folder: Path, data: bytes, name: str) -> Refused:
    with pytest.raises(Refused) as caught:
        read_bytes(folder, data, name)
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "code", "named"),
    [
        (b"", "a.jpg", "empty", None),
        (b"GIF89a" + bytes(20), "a.gif", "format", "GIF"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "a.jxl", "format", "JPEG XL"),
        (b"%PDF-1.7\n", "a.pdf", "format", "PDF"),
        (b"PK\3\4" + bytes(30), "a.zip", "format", "ZIP"),
        (b"\0\0\0\x18ftypisom\0\0\2\0isommp42", "a.mp4", "format", "MP4"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "a.cr3", "raw", "RAW"),
        (b"FUJIFILMCCD-RAW 0201", "a.raf", "raw", "RAW"),
        (b"<html><script>alert(1)</script></html>", "a.jpg", "format", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "format", None),
        (b"#!/bin/sh\n", "a.png", "format", None),
    ],
)
def test_what_is_not_taken_is_refused_with_what_to_do(
    tmp_path: Path, data: bytes, name: str, code: str, named: str | None
):
    error = refused(tmp_path, data, name)
    assert (error.code, error.format_name) == (code, named)
    assert ": " in error.reason  # what it is, then what to do instead
    assert error.reason.endswith(".")


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ({0xC612: drawing.raw(b"\1\4\0\0", drawing.BYTE)}, "a.dng"),
        ({0x106: numbers(SHORT, 32803)}, "a.tif"),
        ({0x10F: text("Sony")}, "a.arw"),
    ],
)
def test_raw_formats_built_on_tiff_are_refused(tmp_path: Path, image: dict[int, drawing.Entry], name: str):
    assert refused(tmp_path, drawing.tiff(image), name).code == "raw"


def test_a_tiff_whose_full_picture_is_raw_is_refused(tmp_path: Path):
    small = drawing.tiff({0x14A: numbers(drawing.LONG, 26)})
    assert len(small) == 26
    inner = struct.pack(">HHHIH2xI", 1, 0x106, SHORT, 1, 32803, 0)
    assert refused(tmp_path, small + inner, "a.tif").code == "raw"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (jpeg(width=10_001, height=10_000), "a.jpg"),
        (png(width=13_300, height=13_300), "a.png"),
        (webp(width=12_000, height=12_000), "a.webp"),
        (drawing.heif(brand=b"avif", width=12_000, height=12_000), "a.avif"),
        (
            drawing.tiff({0x100: numbers(drawing.LONG, 1 << 20), 0x101: numbers(drawing.LONG, 1 << 20)}),
            "a.tif",
        ),
    ],
)
def test_more_pixels_than_allowed_are_refused_by_the_header(tmp_path: Path, data: bytes, name: str):
    error = refused(tmp_path, data, name)
    assert error.code == "too_many_pixels"
    assert "smaller copy" in error.reason


def test_the_limit_of_pixels_is_a_parameter(tmp_path: Path):
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(width=100, height=100))
    assert read(path, most_pixels=10_000).width == 100
    with pytest.raises(Refused):
        read(path, most_pixels=9_999)


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "gone.jpg")


def test_a_jpeg_that_is_also_a_page_is_read_as_a_jpeg(tmp_path: Path):
    reading = read_bytes(tmp_path, jpeg(drawing.segment(0xFE, b"<script>alert(1)</script>")), "a.html")
    assert (reading.format, reading.caption) == ("JPEG", "<script>alert(1)</script>")


def full(folder: Path) -> Reading:
    gps = drawing.at_gps((52, 31, 12), (13, 24, 18)) | {
        0x11: drawing.ratios(12),
        0x1D: text("2020:06:01"),
        7: drawing.ratios(3, 4, 5),
    }
    block = drawing.tiff(
        {0x10F: text("Testcam"), 0x112: numbers(SHORT, 9)}, {0x9003: text("2020:06:01 05:04:06")}, gps
    )
    packet = xmp(
        "<dc:subject><rdf:Bag><rdf:li>ü岸</rdf:li></rdf:Bag></dc:subject>", drone_dji__GimbalYawDegree="-1"
    )
    return read_bytes(folder, jpeg(app_exif(block), app_xmp(packet)))


def test_a_reading_survives_json(tmp_path: Path):
    reading = full(tmp_path)
    assert None not in (reading.place, reading.taken, reading.direction, reading.gps_time_utc, reading.drone)
    assert reading.problems
    assert Reading.from_json(reading.to_json()) == reading


def test_an_empty_reading_survives_json():
    reading = Reading(sha256="0" * 64, byte_count=0, format="JPEG")
    assert Reading.from_json(reading.to_json()) == reading


def test_the_report_has_every_key_whatever_the_file_says(tmp_path: Path):
    empty = report(read_bytes(tmp_path, jpeg()), path="a.jpg", zone=None)
    path = tmp_path / "a.gif"
    path.write_bytes(b"GIF89a")
    bad = refusal(path, code="format", reason="No.")
    assert tuple(report(full(tmp_path), path="a", zone=None)) == tuple(empty) == tuple(bad) == KEYS
    assert (bad["bytes"], len(bad["sha256"]), bad["problems"][0]["code"]) == (6, 64, "format")


def test_the_report_says_what_the_reading_says(tmp_path: Path):
    line = report(full(tmp_path), path="a.jpg", zone=None)
    assert line["latitude"] == pytest.approx(52.52)
    assert line["gps_time_utc"] == "2020-06-01T03:04:05Z"
    assert line["taken_earliest_utc"] == line["taken_latest_utc"] == "2020-06-01T03:04:06Z"
    assert line["drone"] == {"gimbal_yaw_deg": -1.0, "gimbal_pitch_deg": None, "relative_altitude_m": None}
    assert {"fact": "make", "tag": "Image Make", "raw": "Testcam"} in line["statements"]
    assert line["problems"] == [
        {"code": "orientation_unknown", "tag": "Image Orientation", "message": "9 is not one of 1 to 8."}
    ]
