"""The published rules by which claims become what the archive stands behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.evidence.settling import settle
from archive.evidence.values import CivilTime, Instant, Said, from_json, to_json
from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Basis, Facet, SettledPlace, SettledTime, Status

SEOUL = Place(37.5665, 126.978, 10)
LONDON = Place(51.5, 0.0)
NOON = CivilTime(Moment.at(datetime(2020, 6, 1, 12, 0, 0)), "2020-06-01T12:00:00")


def zone_of(latitude: float, longitude: float) -> str | None:
    if longitude > 100:
        return "Asia/Seoul"
    return "Etc/GMT" if longitude < -20 else "Europe/London"


def said(claim: int, value, basis=Basis.FILE, facet=Facet.CAMERA_PLACE, supersedes=None) -> Said:
    return Said(claim, facet, basis, value, supersedes)


def test_nothing_claimed_is_unknown():
    assert settle([], zone_of)[:2] == (SettledPlace(), SettledTime())


def test_what_a_person_says_stands_before_what_the_file_says():
    place, _, _ = settle([said(1, LONDON), said(2, SEOUL, Basis.PERSON)], zone_of)
    assert [part.place for part in place.parts] == [SEOUL]
    assert place.status is Status.UNREVIEWED


def test_a_withdrawn_claim_gives_way_to_the_file():
    claims = [said(1, LONDON), said(2, SEOUL, Basis.PERSON), said(3, None, Basis.PERSON, supersedes=2)]
    place, _, _ = settle(claims, zone_of)
    assert [part.place for part in place.parts] == [LONDON]


def test_rivals_of_one_level_stay_side_by_side():
    place, _, _ = settle([said(1, LONDON, Basis.PERSON), said(2, SEOUL, Basis.PERSON)], zone_of)
    assert {part.place for part in place.parts} == {LONDON, SEOUL}
    assert place.zone is None


def test_the_same_value_said_twice_is_one_part():
    place, _, _ = settle([said(1, LONDON), said(2, LONDON)], zone_of)
    assert len(place.parts) == 1


def test_the_subject_is_shown_only_where_the_camera_is_unknown():
    subject = said(1, SEOUL, Basis.PERSON, Facet.SUBJECT_PLACE)
    shown, _, _ = settle([subject], zone_of)
    assert shown.facet is Facet.SUBJECT_PLACE
    both, _, _ = settle([subject, said(2, LONDON)], zone_of)
    assert both.facet is Facet.CAMERA_PLACE
    assert [part.place for part in both.parts] == [LONDON]


def test_where_the_photographer_stood_is_never_shown_as_the_photos_place():
    place, _, _ = settle([said(1, SEOUL, Basis.PERSON, Facet.OPERATOR_PLACE)], zone_of)
    assert place.parts == ()


def test_a_direction_belongs_to_the_camera_and_not_to_the_subject():
    look = said(1, Direction(90), facet=Facet.DIRECTION)
    camera, _, _ = settle([look, said(2, SEOUL)], zone_of)
    subject, _, _ = settle([look, said(2, SEOUL, facet=Facet.SUBJECT_PLACE)], zone_of)
    assert camera.direction == Direction(90)
    assert subject.direction is None


def test_the_zone_of_the_place_narrows_a_clock_without_an_offset():
    _, time, _ = settle([said(1, SEOUL), said(2, NOON, facet=Facet.TIME)], zone_of)
    assert time.zone_assumed == "Asia/Seoul"
    assert time.earliest_utc == time.latest_utc == "2020-06-01T03:00:00+00:00"


def test_at_sea_no_zone_is_assumed_and_a_clock_stays_twenty_six_hours_wide():
    _, time, _ = settle([said(1, Place(0, -40)), said(2, NOON, facet=Facet.TIME)], zone_of)
    assert time.zone_assumed is None
    width = datetime.fromisoformat(time.latest_utc) - datetime.fromisoformat(time.earliest_utc)
    assert width == timedelta(hours=26)


def test_a_stated_offset_needs_no_zone():
    clock = CivilTime(Moment.at(datetime(2020, 6, 1, 12, 0, 0), 480), "2020-06-01T12:00:00+08:00")
    _, time, _ = settle([said(1, SEOUL), said(2, clock, facet=Facet.TIME)], zone_of)
    assert time.zone_assumed is None
    assert time.earliest_utc == "2020-06-01T04:00:00+00:00"


def test_satellite_time_gets_its_local_date_from_the_zone_of_the_place():
    instant = Instant(datetime(2020, 5, 31, 22, 0, 0, tzinfo=UTC))
    _, time, _ = settle([said(1, SEOUL), said(2, instant, facet=Facet.TIME)], zone_of)
    assert time.moment == Moment.at(datetime(2020, 6, 1, 7, 0, 0), 540)


def test_satellite_time_without_a_place_is_a_moment_on_every_calendar_on_earth():
    instant = Instant(datetime(2020, 5, 31, 22, 0, 0, tzinfo=UTC))
    _, time, _ = settle([said(1, instant, facet=Facet.TIME)], zone_of)
    assert time.moment == Moment(datetime(2020, 5, 31, 10, 0, 0), datetime(2020, 6, 1, 12, 0, 0))


places = st.builds(
    Place,
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.none() | st.floats(0, 1e6),
)
moments = st.builds(
    lambda start, days: CivilTime(Moment(start, start + timedelta(days=days)), "x"),
    st.datetimes(datetime(1850, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.integers(0, 4000),
)
bases = st.sampled_from(Basis)


@st.composite
def claim_lists(draw):
    values = draw(
        st.lists(st.tuples(bases, st.sampled_from([Facet.CAMERA_PLACE, Facet.TIME, Facet.SUBJECT_PLACE])))
    )
    claims = []
    for number, (basis, facet) in enumerate(values, 1):
        value = draw(st.none() | (moments if facet is Facet.TIME else places))
        earlier = [c.claim for c in claims if c.facet is facet and c.basis is basis]
        supersedes = draw(st.none() | st.sampled_from(earlier)) if earlier else None
        claims.append(Said(number, facet, basis, value, supersedes))
    return claims


@given(claim_lists(), st.randoms())
def test_the_order_of_arrival_never_changes_the_result(claims, random):
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert settle(shuffled, zone_of) == settle(claims, zone_of)


@given(claim_lists(), moments)
def test_a_rival_of_equal_rank_never_makes_the_doubt_smaller(claims, rival):
    people = [c for c in claims if c.facet is not Facet.TIME or c.basis is Basis.PERSON]
    _, before, _ = settle(people, zone_of)
    _, after, _ = settle([*people, said(99, rival, Basis.PERSON, Facet.TIME)], zone_of)
    if before.moment is not None:
        assert after.moment.earliest <= before.moment.earliest
        assert after.moment.latest >= before.moment.latest


@given(claim_lists())
def test_settled_values_come_back_from_the_database_as_they_went(claims):
    place, time, _ = settle(claims, zone_of)
    assert SettledPlace.from_json(place.to_json()) == place
    assert SettledTime.from_json(time.to_json()) == time


@pytest.mark.parametrize("value", [SEOUL, NOON, Direction(12.5, "M", 60), None])
def test_claim_values_come_back_from_the_database_as_they_went(value):
    assert from_json(to_json(value)) == value
