"""Real photographs against ExifTool: the level reached is held, each other cell has its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archive.metadata import Refused, read, report
from archive.metadata.report import refusal
from bench import exiftool_truth

# (file, field): (outcome, reason)
EXPLAINED = {
    ("Exiv2+exiv2/test/data/avif_metadata2.avif", "altitude_m"): (
        "missing",
        "-10000 m is not on earth: a problem, no value",
    ),
    ("photoprism+photoprism/internal/meta/testdata/altitude.jpg", "altitude_m"): (
        "missing",
        "4294967284 m is a negative number read as a positive one: a problem, no value",
    ),
    ("drewnoakes+metadata-extractor-images/jpg/FLIR iPhone device.jpg", "latitude"): (
        "missing",
        "stands only in the thermal camera's own record, which is not read",
    ),
    ("drewnoakes+metadata-extractor-images/jpg/FLIR iPhone device.jpg", "longitude"): (
        "missing",
        "stands only in the thermal camera's own record, which is not read",
    ),
    ("debian-src+goexif/samples/geodegrees_as_string.jpg", "latitude"): (
        "wrong",
        "'52,00000,50,00000,34,01180' has decimal commas: 52° 50′ 34.0118″, not 52° 0′ 50″",
    ),
    ("debian-src+goexif/samples/geodegrees_as_string.jpg", "longitude"): (
        "wrong",
        "'11,00000,10,00000,58,28360' has decimal commas: 11° 10′ 58.2836″, not 11° 0′ 10″",
    ),
    ("debian-src+goexif/samples/geodegrees_as_string.jpg", "make"): (
        "extra",
        "blank in the first directory, HTC in the EXIF directory",
    ),
    ("debian-src+goexif/samples/geodegrees_as_string.jpg", "model"): (
        "extra",
        "blank in the first directory, named in the EXIF directory",
    ),
    ("MikeKovarik+exifr/test/fixtures/001.tif", "direction_deg"): ("extra", "the drone's gimbal yaw"),
    ("MikeKovarik+exifr/test/fixtures/issue-exifr-13.jpg", "direction_deg"): (
        "extra",
        "the drone's gimbal yaw",
    ),
    ("MikeKovarik+exifr/test/fixtures/issue-exifr-3.jpg", "direction_deg"): (
        "extra",
        "the drone's gimbal yaw",
    ),
    ("pierotofy+drone_dataset_brighton_beach/images/DJI_0028.JPG", "direction_deg"): (
        "extra",
        "the drone's gimbal yaw",
    ),
    ("Exiv2+exiv2/test/data/exiv2-bug540.jpg", "taken_offset"): ("extra", "the XMP date ends in Z"),
    ("exiftool+exiftool/t/images/XMP.xmp", "taken_offset"): ("extra", "the XMP date ends in +02:00"),
} | {
    (f"debian-src+goexif/samples/{name}", field): (
        "extra",
        "the file breaks off behind its EXIF block; the truth stops before it",
    )
    for name in (
        "2009-04-23-07-21-35-sep-2009-04-23-07-21-35a.jpg",
        "2011-01-24-22-06-02-sep-2011-01-24-22-06-02a.jpg",
    )
    for field in ("taken_local", "make", "model")
}
# drawn to break readers: their headers disagree with themselves or their decoders with each other
UNSURE_SIZES = {"python-pillow+Pillow/Tests/images/crash-74d2a78403a5a59db1fb0a2b8735ac068a75f6e3.tif"}


@pytest.fixture(scope="module")
def truth(samples: Path) -> dict[str, dict[str, Any]]:
    return exiftool_truth.load(samples)


@pytest.fixture(scope="module")
def answers(samples: Path, truth: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: _answer(samples / name) for name in truth}


def _answer(path: Path) -> dict[str, Any]:
    try:
        return report(read(path), path=str(path), zone=None)
    except Refused as error:
        return refusal(path, code=error.code, reason=error.reason)


def test_every_cell_that_is_not_exact_is_explained(truth: dict[str, Any], answers: dict[str, Any]):
    cells = exiftool_truth.compare(truth, answers)
    differing = {(cell.name, cell.field): cell.outcome for cell in cells if cell.outcome != "exact"}
    assert differing == {place: outcome for place, (outcome, _reason) in EXPLAINED.items()}


def test_ninety_nine_of_a_hundred_cells_are_exact(truth: dict[str, Any], answers: dict[str, Any]):
    asked = [cell for cell in exiftool_truth.compare(truth, answers) if cell.outcome != "extra"]
    exact = sum(cell.outcome == "exact" for cell in asked)
    wrong = sum(cell.outcome == "wrong" for cell in asked)
    assert len(asked) > 700
    assert exact >= 0.99 * len(asked)
    assert wrong <= 0.003 * len(asked)


def test_pictures_are_measured_as_a_decoder_shows_them(truth: dict[str, Any], answers: dict[str, Any]):
    shown = {
        name: entry["pillow"]["transposed_size"]
        for name, entry in truth.items()
        if entry["pillow"]["decodes"]
    }
    measured = {name: [answers[name]["width"], answers[name]["height"]] for name in shown}
    assert len(shown) > 100
    assert {name for name in shown if measured[name] != shown[name]} == UNSURE_SIZES


def test_files_of_other_formats_are_refused(samples: Path):
    others = [path for path in samples.rglob("*") if path.suffix.lower() in (".gif", ".jxl", ".arw", ".dng")]
    assert len(others) == 4
    for path in others:
        with pytest.raises(Refused):
            read(path)


def test_every_statement_of_a_place_keeps_its_tag_and_raw_text(answers: dict[str, Any]):
    placed = [line for line in answers.values() if line["latitude"] is not None]
    assert len(placed) > 70
    for line in placed:
        assert any(s["fact"] == "latitude" and s["tag"] and s["raw"] for s in line["statements"])
