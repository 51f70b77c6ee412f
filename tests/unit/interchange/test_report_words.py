"""What a report says in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.custody.chain import Kind
from archive.evidence.rules import Level, Out
from archive.evidence.values import CivilTime, Instant, Text
from archive.interchange.dossier import words
from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Basis, Facet, PlacePart, SettledPlace, SettledTime, Status
from archive.values.shapes import Candidate, Corridor, Polygon, Relating, Relation

YEAR = Moment(datetime(2020, 1, 1), datetime(2020, 12, 31, 23, 59, 59), None)
RELATION = Relation(
    how=Relating.WITHIN,
    distance_m=2000,
    of="border:KP-CN",
    label="the border of North Korea and China",
    candidates=(Candidate("Sinŭiju", Place(40.1, 124.4, 5000.0), 1500),),
    dataset="towns",
)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "withdrawn"),
        (Place(40.1, 124.4, None), "40.100000, 124.400000, accuracy not stated"),
        (Place(-0.0000004, 0, 5000.0), "0.000000, 0.000000, ±5 km"),
        (Polygon(((0, 0), (0, 1), (1, 1))), "an area with 3 corners, the first at 0.000000, 0.000000"),
        (
            Corridor(((0, 0), (1, 1)), 300),
            "along a line from 0.000000, 0.000000 to 1.000000, 1.000000, 300 m to either side",
        ),
        (RELATION, "within 2 km of the border of North Korea and China; 1 place fits: Sinŭiju (1.5 km)"),
        (Direction(90.5, "T", 20), "90.5° from true north, 20° wide"),
        (Direction(90, None, None), "90° from a north not stated"),
        (CivilTime(YEAR, "2020"), "2020, some time in the year"),
        (Instant(datetime(2020, 6, 1, 3, 4, 5, tzinfo=UTC)), "2020-06-01 03:04:05 UTC"),
        (Text("A river in ice"), "A river in ice"),
    ],
)
def test_every_kind_of_value_has_words(value, said):
    assert words.value(value) == said


def test_a_relation_as_a_heading_leaves_its_places_to_the_claims():
    assert words.short(RELATION) == "within 2 km of the border of North Korea and China: 1 place fits"


def test_every_question_status_level_event_and_readership_has_words():
    assert set(words.QUESTIONS) == set(Facet)
    assert set(words.STATUSES) == set(Status)
    assert set(words.LEVELS) == set(Level)
    assert set(words.OUTS) == set(Out)
    assert set(words.EVENTS) == set(Kind)
    assert set(words.READERS) == set(Readership)


def test_places_that_stand_side_by_side_are_all_named():
    parts = tuple(
        PlacePart(Place(40, longitude, 5000.0), 1, Basis.PERSON, name)
        for longitude, name in ((124, "Sinŭiju"), (128, ""))
    )
    place = SettledPlace(Status.DISPUTED, Facet.SUBJECT_PLACE, parts)
    assert words.where(place) == (
        "Place shown: 2 places stand side by side: Sinŭiju; 40.000000, 128.000000, ±5 km (disputed)."
    )


def test_nobody_has_said_where_or_when():
    assert words.where(SettledPlace()) == "Nobody has said where."
    assert words.when(SettledTime()) == "Nobody has said when."


def test_a_date_is_told_with_its_bounds_and_what_bounds_it():
    time = SettledTime(
        Status.UNREVIEWED,
        YEAR,
        "2020",
        earliest_utc="2019-12-31T15:00:00+00:00",
        latest_utc="2020-12-31T14:59:59+00:00",
        not_after="2021-03-06T11:59:59+00:00",
    )
    assert words.when(time) == (
        "2020, some time in the year (nobody has reviewed it; between 2019-12-31 15:00:00 UTC and "
        "2020-12-31 14:59:59 UTC; not after 2021-03-06 11:59:59 UTC, when it was first seen published)."
    )
