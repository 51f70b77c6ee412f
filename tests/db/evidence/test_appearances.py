from __future__ import annotations

from datetime import datetime

import pytest

from archive.catalogue.index import settled
from archive.evidence.appearances import record_appearance, withdraw_appearance
from archive.evidence.claims import claim_time
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.series import open_series
from archive.values.readership import Readership
from tests.db.evidence.people import time_of
from tests.db.making import a_photo, a_user

pytestmark = pytest.mark.django_db


def shown(target, posted="2022-03-01T10:00:00Z", **fields):
    fields.setdefault("title", "Drone pics")
    return record_appearance(target=target, by=a_user(), posted=posted, **fields)


def test_the_first_appearance_bounds_the_date_from_above():
    photo = a_photo()
    claim_time(photo=photo, by=a_user(), text="2022")
    shown(photo)
    time = time_of(photo)
    assert time.cut
    assert time.moment.latest == datetime(2022, 3, 2, 0, 0, 0)  # the easternmost calendar is 14 hours ahead
    assert time.text == ""


def test_it_does_so_where_nobody_has_said_anything_yet():
    photo = a_photo()
    shown(photo)
    assert time_of(photo).not_after == "2022-03-01T10:00:00+00:00"


def test_the_earliest_of_several_counts_wherever_it_was_recorded():
    photo = a_photo()
    series = open_series(collection=photo.collection, title="One post", photos=[photo], by=a_user())
    shown(photo)
    shown(series, "2021-01-01T00:00:00Z")
    assert time_of(photo).not_after.startswith("2021-01-01")


def test_when_somebody_saw_it_bounds_it_as_well():
    photo = a_photo()
    shown(photo, "2022", seen="2022-02-01T00:00:00Z")
    assert time_of(photo).not_after.startswith("2022-02-01")


def test_a_date_wholly_after_it_is_left_as_said():
    photo = a_photo()
    claim_time(photo=photo, by=a_user(), text="2023")
    shown(photo)
    assert (time_of(photo).moment.earliest, time_of(photo).cut) == (datetime(2023, 1, 1), False)


def test_an_entry_taken_back_or_corrected_bounds_nothing():
    photo = a_photo()
    first = shown(photo)
    second = shown(photo, "2024-01-01T00:00:00Z", supersedes=first)
    assert time_of(photo).not_after.startswith("2024")
    with pytest.raises(StaleClaimError):
        withdraw_appearance(appearance=first, by=a_user())
    withdraw_appearance(appearance=second, by=a_user())
    assert time_of(photo).not_after is None


def test_an_appearance_that_is_not_public_never_bounds_what_outsiders_get():
    photo = a_photo(taken=datetime(2022, 1, 1, 12, 0, 0))
    shown(photo, readership=Readership.MEMBERS)
    photo.refresh_from_db()
    assert settled(photo, inside=True)[1].not_after is not None
    assert settled(photo, inside=False)[1].not_after is None


@pytest.mark.parametrize("wrong", [{"title": ""}, {"url": "ftp://x.example/"}, {"posted": "yesterday-ish"}])
def test_an_appearance_says_where_and_when_in_a_way_that_can_be_read(wrong):
    with pytest.raises(EvidenceError):
        shown(a_photo(), **wrong)
