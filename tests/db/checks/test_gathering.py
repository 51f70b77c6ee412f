"""What the archive knows of a photo, as its checks are given it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.checks.gathering import gather
from archive.evidence.models import Appearance, Series, SeriesPhoto
from archive.values.place import Place
from archive.values.readership import Readership
from tests.db.making import a_collection, a_photo

pytestmark = pytest.mark.django_db


def appeared(by: datetime | None = None, **fields) -> Appearance:
    return Appearance.objects.create(posted_latest=by, posted_text=str(by), salt="s", **fields)


def test_the_earliest_appearance_counts_whether_of_the_photo_or_its_series():
    photo = a_photo(a_collection())
    series = Series.objects.create(collection=photo.collection, title="Seven pictures")
    SeriesPhoto.objects.create(series=series, photo=photo, position=0)
    appeared(datetime(2021, 5, 1, tzinfo=UTC), photo=photo, platform="A paper")
    appeared(
        datetime(2020, 5, 1, tzinfo=UTC),
        series=series,
        platform="Reddit",
        readership=Readership.MEMBERS.value,
    )
    facts = gather(photo.pk)
    assert facts.first_seen.by == datetime(2020, 5, 1, tzinfo=UTC)
    assert facts.first_seen.readership == Readership.MEMBERS
    assert facts.platforms == ("A paper", "Reddit")


def test_withdrawn_and_superseded_appearances_do_not_count():
    photo = a_photo()
    appeared(datetime(2018, 1, 1, tzinfo=UTC), photo=photo, withdrawn=True)
    wrong = appeared(datetime(2019, 1, 1, tzinfo=UTC), photo=photo)
    appeared(datetime(2021, 1, 1, tzinfo=UTC), photo=photo, supersedes=wrong)
    assert gather(photo.pk).first_seen.by.year == 2021


def test_the_files_place_is_among_the_points():
    photo = a_photo(place=Place(37.5, 127.0))
    (point,) = gather(photo.pk).points
    assert point.place == Place(37.5, 127.0)
