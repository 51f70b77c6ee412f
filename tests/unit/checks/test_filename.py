from __future__ import annotations

from datetime import datetime

import pytest

from archive.checks.filename import CHECK
from archive.checks.models import Outcome
from archive.checks.name_patterns import Meaning, date_in
from archive.values.readership import Readership
from tests.unit.checks.making import a_reading, some_facts, the_result, told

CLOCK = datetime(2020, 6, 1, 11, 4, 5)


@pytest.mark.parametrize(
    ("name", "meaning", "exact"),
    [
        ("PXL_20200601_110405123.jpg", Meaning.UTC, True),
        ("PXL_20200601_110405123.MP.jpg", Meaning.UTC, True),
        ("IMG-20200601-WA0007.jpg", Meaning.SENT, False),
        ("WhatsApp Image 2020-06-01 at 11.04.05.jpeg", Meaning.SENT, True),
        ("signal-2020-06-01-110405.jpg", Meaning.SENT, True),
        ("photo_2020-06-01_11-04-05.jpg", Meaning.SENT, True),
        ("Screenshot_20200601-110405.png", Meaning.LOCAL, True),
        ("DJI_20200601110405_0012_D.JPG", Meaning.LOCAL, True),
        ("WP_20200601_11_04_05_Pro.jpg", Meaning.LOCAL, True),
        ("IMG_20200601_110405.jpg", Meaning.LOCAL, True),
        ("IMG_20200601_110405_1.jpg", Meaning.LOCAL, True),
        ("IMG20200601110405.jpg", Meaning.LOCAL, True),
        ("20200601_110405.jpg", Meaning.LOCAL, True),
        ("2020-06-01 11.04.05.jpg", Meaning.LOCAL, True),
        ("walk/2020/20200601_110405(0).jpg", Meaning.LOCAL, True),
    ],
)
def test_a_cameras_or_messengers_name_holds_its_date(name, meaning, exact):
    named = date_in(name)
    assert (named.meaning, named.exact) == (meaning, exact)
    assert named.clock == (CLOCK if exact else CLOCK.replace(hour=0, minute=0, second=0))


@pytest.mark.parametrize(
    "name",
    [
        "IMG_1234.jpg",
        "DSC_0042.NEF",
        "picture.jpg",
        "IMG_20201301_110405.jpg",
        "2020-06-01.jpg",
        "1593000000123456.jpg",
    ],
)
def test_a_name_of_another_kind_holds_none(name):
    assert date_in(name) is None


def test_a_facebook_name_counts_milliseconds():
    assert date_in("FB_IMG_1591009445123.jpg").clock == datetime(2020, 6, 1, 11, 4, 5)


def compared(name, taken, offset=None):
    return the_result(CHECK, some_facts(a_reading(taken, offset=offset), file_name=name))


def test_the_same_date_fits_and_a_little_later_too():
    assert compared("IMG_20200601_110405.jpg", CLOCK).outcome == Outcome.FITS
    assert compared("IMG_20200601_110405.jpg", CLOCK.replace(second=3)).outcome == Outcome.FITS


def test_another_date_does_not_fit():
    result = compared("IMG_20200601_110405.jpg", datetime(2019, 6, 1, 10, 0, 0))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert "but the file’s own date is" in told(CHECK, result)


def test_a_whole_zone_between_them_does_not_tell():
    assert compared("IMG_20200601_110405.jpg", CLOCK.replace(hour=19)).outcome == Outcome.CANNOT_TELL


def test_a_pixel_names_by_utc():
    korea = CLOCK.replace(hour=20)
    assert compared("PXL_20200601_110405123.jpg", korea, offset=540).facts["case"] == "same"
    assert compared("PXL_20200601_110405123.jpg", korea).facts["case"] == "utc"
    assert compared("PXL_20200601_110405123.jpg", CLOCK, offset=540).outcome == Outcome.CANNOT_TELL


def test_what_was_sent_was_taken_before():
    assert compared("IMG-20200601-WA0007.jpg", datetime(2018, 1, 1)).outcome == Outcome.FITS
    late = compared("IMG-20200601-WA0007.jpg", datetime(2021, 1, 1))
    assert (late.outcome, late.facts["case"]) == (Outcome.DOES_NOT_FIT, "sent_before")


def test_without_a_date_in_the_file_the_names_is_told():
    result = the_result(CHECK, some_facts(file_name="IMG-20200601-WA0007.jpg"))
    assert result.outcome == Outcome.CANNOT_TELL
    assert "the date it was sent or saved, 1 June 2020" in told(CHECK, result)


def test_names_of_files_are_for_members():
    assert CHECK.readership == Readership.MEMBERS
