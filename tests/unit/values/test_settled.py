from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import STATUS_CODES, Basis, Facet, PlacePart, SettledPlace, SettledTime, Status

radii = st.one_of(st.none(), st.floats(0, 1e6))
parts = st.builds(
    PlacePart,
    st.builds(Place, st.floats(-90, 90), st.floats(-180, 180), radii),
    st.integers(1, 10**6),
    st.sampled_from(Basis),
)
directions = st.builds(
    Direction,
    st.floats(0, 360, exclude_max=True),
    st.sampled_from(["T", "M", None]),
    st.one_of(st.none(), st.floats(1, 360)),
)
settled_places = st.builds(
    SettledPlace,
    st.sampled_from(Status),
    st.one_of(st.none(), st.sampled_from(Facet)),
    st.lists(parts, max_size=3).map(tuple),
    st.sampled_from([None, "Asia/Pyongyang"]),
    st.one_of(st.none(), directions),
)
moments = st.builds(
    lambda clocks, offset: Moment(min(clocks), max(clocks), offset),
    st.tuples(st.datetimes(), st.datetimes()),
    st.one_of(st.none(), st.integers(-720, 840)),
)
settled_times = st.builds(
    SettledTime,
    st.sampled_from(Status),
    st.one_of(st.none(), moments),
    st.sampled_from(["", "1923~"]),
    claim=st.one_of(st.none(), st.integers(1, 99)),
    basis=st.one_of(st.none(), st.sampled_from(Basis)),
    parts=st.integers(0, 3),
)


@given(settled_places)
def test_a_settled_place_survives_its_json(place):
    assert SettledPlace.from_json(json.loads(json.dumps(place.to_json()))) == place


@given(settled_times)
def test_a_settled_time_survives_its_json(time):
    assert SettledTime.from_json(json.loads(json.dumps(time.to_json()))) == time


def test_nothing_stored_means_unknown():
    assert SettledPlace.from_json({}) == SettledPlace()
    assert SettledTime.from_json({}).status is Status.UNKNOWN


def test_status_codes_are_stored_and_must_not_move():
    """Index rows hold these numbers: a new status goes to the end."""
    stored = ["unknown", "unreviewed", "in_review", "corroborated", "confirmed", "disputed", "undeterminable"]
    assert [status.value for status, _ in sorted(STATUS_CODES.items(), key=lambda pair: pair[1])][
        :7
    ] == stored
