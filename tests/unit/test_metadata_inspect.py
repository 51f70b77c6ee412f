"""The `inspect` command: one line a file, whatever the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.metadata.report import KEYS
from tests.unit import drawing
from tests.unit.drawing import app_exif, at_gps, jpeg, text, xmp


def inspect(capsys: pytest.CaptureFixture[str], *paths: Path, status: int = 0) -> list[dict[str, Any]]:
    try:
        call_command("inspect", *map(str, paths), "--json", "--workers", "1")
        ended = 0
    except SystemExit as leaving:
        ended = int(leaving.code or 0)
    assert ended == status
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    block = drawing.tiff(
        {0x10F: text("Testcam")}, {0x9003: text("2020:06:01 11:04:05")}, at_gps((37, 33, 0), (127, 0, 0))
    )
    (tmp_path / "trip").mkdir()
    (tmp_path / "trip" / "a.jpg").write_bytes(jpeg(app_exif(block)))
    (tmp_path / "trip" / "A.XMP").write_text(xmp("<dc:description>beside</dc:description>"))
    (tmp_path / "b.jpg").write_bytes(jpeg())
    (tmp_path / "b.jpg.xmp").write_text(xmp("<dc:description>also beside</dc:description>"))
    return tmp_path


def test_folders_are_searched_and_sidecars_paired_by_name(folder: Path, capsys: pytest.CaptureFixture[str]):
    lines = {Path(line["path"]).name: line for line in inspect(capsys, folder)}
    assert set(lines) == {"a.jpg", "A.XMP", "b.jpg", "b.jpg.xmp"}
    assert lines["a.jpg"]["caption"] == "beside"
    assert lines["b.jpg"]["caption"] == "also beside"
    assert (lines["A.XMP"]["format"], lines["A.XMP"]["caption"]) == ("XMP", "beside")
    assert all(tuple(line) == KEYS for line in lines.values())


def test_the_zone_of_the_place_narrows_the_time(folder: Path, capsys: pytest.CaptureFixture[str]):
    (line,) = inspect(capsys, folder / "trip" / "a.jpg")
    assert line["taken_earliest_utc"] == line["taken_latest_utc"] == "2020-06-01T02:04:05Z"


def test_a_refused_file_has_its_line_and_the_run_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "aa.gif").write_bytes(b"GIF89a")
    (folder / "ab.jpg").write_bytes(b"")
    lines = inspect(capsys, folder, status=1)
    problems = {Path(line["path"]).name: [p["code"] for p in line["problems"]] for line in lines}
    assert problems["aa.gif"] == ["format"]
    assert problems["ab.jpg"] == ["empty"]
    assert len(problems) == 6


def test_a_file_that_may_not_be_read_has_its_line(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "b.jpg").unlink()
    (folder / "b.jpg").symlink_to(folder / "gone.jpg")
    lines = {Path(line["path"]).name: line for line in inspect(capsys, folder, status=1)}
    assert [p["code"] for p in lines["b.jpg"]["problems"]] == ["unreadable"]
    assert "a.jpg" in lines


def test_a_path_that_is_not_there_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert inspect(capsys, folder / "nowhere", status=2) == []


@pytest.mark.parametrize("workers", ["0", "-1", "many"])
def test_workers_are_counted_from_one(folder: Path, workers: str):
    with pytest.raises(CommandError, match="whole number"):
        call_command("inspect", str(folder), "--workers", workers)


def test_people_get_a_line_they_can_read(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "trip" / "z\x1b[31m.jpg").write_bytes(jpeg(app_exif(b"nonsense")))
    call_command("inspect", str(folder / "trip"), "--workers", "1")
    sidecar, photo, hostile = capsys.readouterr().out.splitlines()
    assert "XMP" in sidecar
    assert all(
        word in photo for word in ("JPEG", "40×30", "2020-06-01T11:04:05", "37.550000,127.000000", "Testcam")
    )
    assert "\x1b" not in hostile
    assert "not read" in hostile
