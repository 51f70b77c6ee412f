from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.metadata import Reading, Standing, report
from tests.unit import drawing
from tests.unit.drawing import NOTHING, codes, ratios, text

ORIGINAL, OFFSET, OFFSET_ORIGINAL, SUBSEC_ORIGINAL = 0x9003, 0x9010, 0x9011, 0x9291
DATE, TIME = 0x1D, 7


def of(folder: Path, exif: dict[int, drawing.Entry], gps: dict[int, drawing.Entry] | None = None) -> Reading:
    return drawing.read_bytes(folder, drawing.jpeg(drawing.app_exif(drawing.tiff(exif=exif, gps=gps))))


def of_xmp(folder: Path, inner: str = "", **attributes: str) -> Reading:
    return drawing.read_bytes(folder, drawing.xmp(inner, **attributes).encode(), "photo.xmp")


def told(reading: Reading, zone: str | None = None) -> tuple[str | None, str | None, str | None]:
    line = report(reading, path="x", zone=zone)
    return line["taken_local"], line["taken_earliest_utc"], line["taken_latest_utc"]


def test_a_clock_without_a_zone_is_twenty_six_hours_wide(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05")})
    assert told(reading) == ("2020-06-01T11:04:05", "2020-05-31T21:04:05Z", "2020-06-01T23:04:05Z")
    assert reading.offset_basis is None


def test_the_zone_of_the_place_narrows_it(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05")})
    assert told(reading, "Asia/Seoul") == (
        "2020-06-01T11:04:05",
        "2020-06-01T02:04:05Z",
        "2020-06-01T02:04:05Z",
    )


def test_a_zone_nobody_knows_the_rules_of_narrows_nothing(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05")})
    assert told(reading, "Moon/Tranquility") == told(reading)


def test_a_stated_offset_is_exact_and_kept_as_written(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05"), OFFSET_ORIGINAL: text("+08:00")})
    assert reading.taken_offset == "+08:00"
    assert reading.offset_basis == "stated"
    assert told(reading, "Europe/Paris") == (
        "2020-06-01T11:04:05",
        "2020-06-01T03:04:05Z",
        "2020-06-01T03:04:05Z",
    )


def test_the_offset_of_the_last_edit_is_not_that_of_the_original(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05"), OFFSET: text("+02:00")})
    assert reading.taken_offset is None
    assert reading.taken is not None
    assert reading.taken.offset_minutes is None


@pytest.mark.parametrize("written", ["+25:00", "+08:75", "eight", "-13:00"])
def test_an_offset_not_in_use_is_a_problem(tmp_path: Path, written: str):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05"), OFFSET_ORIGINAL: text(written)})
    assert reading.taken is not None
    assert (reading.taken.offset_minutes, codes(reading)) == (None, {"offset_unreadable"})


def test_a_blank_offset_is_none(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05"), OFFSET_ORIGINAL: text("   :  ")})
    assert not reading.problems


@pytest.mark.parametrize(
    "written",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "1970:01:01 00:00:00",
        "1980:01:01 00:12:09",
        "0000:00:00",
        "",
    ],
)
def test_a_placeholder_is_an_unset_clock_not_a_date(tmp_path: Path, written: str):
    reading = of(tmp_path, {ORIGINAL: text(written)})
    assert reading.taken is None
    assert codes(reading) == {"date_unset"}
    assert reading.standing("taken") is Standing.UNREADABLE


@pytest.mark.parametrize(
    "written", ["2014:09:259 10:00:00", "2020:06:01 24:00:00", "2020:13:01 10:00:00", "yesterday"]
)
def test_an_impossible_date_is_a_problem(tmp_path: Path, written: str):
    reading = of(tmp_path, {ORIGINAL: text(written)})
    assert (reading.taken, codes(reading)) == (None, {"date_unreadable"})


@pytest.mark.parametrize("year", ["2216", "1066"])
def test_a_year_without_photography_is_a_problem(tmp_path: Path, year: str):
    reading = of(tmp_path, {ORIGINAL: text(f"{year}:06:01 10:00:00")})
    assert (reading.taken, codes(reading)) == (None, {"date_out_of_range"})


def test_a_photograph_of_new_year_1970_by_day_is_believed(tmp_path: Path):
    assert of(tmp_path, {ORIGINAL: text("1970:01:01 14:20:00")}).taken is not None


def test_subseconds_are_kept_as_written(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05"), SUBSEC_ORIGINAL: text("040")})
    assert reading.taken_subsec == "040"


def test_subseconds_that_are_no_number_are_a_problem(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05"), SUBSEC_ORIGINAL: text("a½")})
    assert (reading.taken_subsec, codes(reading)) == (None, {"subsec_unreadable"})


def gps_at(
    *, day: str = "2020:06:01", hours: object = 3, minutes: object = 4, seconds: object = 5
) -> dict[int, drawing.Entry]:
    return {DATE: text(day), TIME: ratios(hours, minutes, seconds)}


def test_gps_time_is_utc(tmp_path: Path):
    assert of(tmp_path, {}, gps_at()).gps_time_utc == datetime(2020, 6, 1, 3, 4, 5, tzinfo=UTC)


def test_fractional_gps_minutes_and_seconds_add_up(tmp_path: Path):
    reading = of(tmp_path, {}, gps_at(minutes=4.5, seconds=27.24))
    assert reading.gps_time_utc == datetime(2020, 6, 1, 3, 4, 57, 240_000, tzinfo=UTC)


def test_gps_time_implies_the_clocks_offset(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 08:49:30")}, gps_at())
    assert reading.taken is not None
    assert (reading.taken.offset_minutes, reading.offset_basis, reading.taken_offset) == (345, "gps", None)
    assert told(reading) == ("2020-06-01T08:49:30", "2020-06-01T03:04:30Z", "2020-06-01T03:04:30Z")


@pytest.mark.parametrize("clock", ["2020:06:01 11:11:00", "2020:06:04 11:04:05"])
def test_a_stale_fix_implies_nothing(tmp_path: Path, clock: str):
    reading = of(tmp_path, {ORIGINAL: text(clock)}, gps_at())
    assert reading.taken is not None
    assert reading.taken.offset_minutes is None


def test_gps_time_copied_from_the_clock_implies_nothing(tmp_path: Path):
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 03:04:05")}, gps_at())
    assert reading.taken is not None
    assert reading.taken.offset_minutes is None


@pytest.mark.parametrize(
    ("day", "code"),
    [("1970:01:01", "gps_time_unset"), ("0000:00:00", "gps_time_unset"), ("soon", "gps_time_unreadable")],
)
def test_a_receiver_without_a_date_has_no_time(tmp_path: Path, day: str, code: str):
    reading = of(tmp_path, {}, gps_at(day=day))
    assert (reading.gps_time_utc, codes(reading)) == (None, {code})


@pytest.mark.parametrize("hours", [NOTHING, 24, 32511318])
def test_an_impossible_gps_time_is_a_problem(tmp_path: Path, hours: object):
    reading = of(tmp_path, {}, gps_at(hours=hours))
    assert (reading.gps_time_utc, codes(reading)) == (None, {"gps_time_unreadable"})


def test_a_week_counter_that_rolled_over_is_told(tmp_path: Path):
    day = (datetime(2020, 6, 1, tzinfo=UTC) - timedelta(days=7168)).strftime("%Y:%m:%d")
    reading = of(tmp_path, {ORIGINAL: text("2020:06:01 11:04:05")}, gps_at(day=day))
    assert "gps_week_rollover" in codes(reading)


def test_xmp_dates_stand_in_for_exif(tmp_path: Path):
    reading = of_xmp(tmp_path, exif__DateTimeOriginal="2005-06-09T20:09:27.5+02:00")
    assert (told(reading)[0], reading.taken_subsec, reading.taken_offset) == (
        "2005-06-09T20:09:27",
        "5",
        "+02:00",
    )


def test_a_partial_xmp_date_is_as_wide_as_it_leaves_open(tmp_path: Path):
    reading = of_xmp(tmp_path, exif__DateTimeOriginal="2005-02")
    assert reading.taken is not None
    assert reading.taken.earliest == datetime(2005, 2, 1)
    assert reading.taken.latest == datetime(2005, 2, 28, 23, 59, 59)
    assert told(reading)[0] is None


def test_xmp_gps_time_with_an_offset_becomes_utc(tmp_path: Path):
    reading = of_xmp(tmp_path, exif__GPSTimeStamp="2022-01-07T18:48:10+02:00")
    assert reading.gps_time_utc == datetime(2022, 1, 7, 16, 48, 10, tzinfo=UTC)


def test_iptcs_date_of_creation_is_the_last_resort(tmp_path: Path):
    datasets = drawing.iptc((2, 55, b"20030830"), (2, 60, b"141500+0200"))
    reading = drawing.read_bytes(tmp_path, drawing.jpeg(datasets))
    assert (told(reading)[0], reading.taken_offset) == ("2003-08-30T14:15:00", "+0200")


def test_an_iptc_date_without_a_time_is_a_day_wide(tmp_path: Path):
    reading = drawing.read_bytes(tmp_path, drawing.jpeg(drawing.iptc((2, 55, b"20030830"))))
    assert reading.taken is not None
    assert (reading.taken.latest - reading.taken.earliest) == timedelta(days=1, seconds=-1)


def test_the_files_own_time_never_becomes_a_date(tmp_path: Path):
    reading = of(tmp_path, {0x9004: text("2020:06:01 11:04:05")})
    assert reading.taken is None
    assert [s.fact for s in reading.statements] == ["digitised"]
