"""Texts of synthetic photos are what the real values would be stored as."""

from __future__ import annotations

import json
import math

import pytest

from archive.management.loadtest.texts import NO_PLACE, NO_TIME, place_text, time_text
from archive.values.direction import Direction
from archive.values.moment import Moment, from_local_seconds, local_seconds
from archive.values.place import Place
from archive.values.settled import Basis, Facet, PlacePart, SettledPlace, SettledTime, Status


@pytest.mark.parametrize("metres", [None, 12.0])
@pytest.mark.parametrize("degrees", [math.nan, 317.2])
def test_a_synthetic_place_is_stored_as_a_real_one(metres, degrees):
    part = PlacePart(Place(43.8521515, -0.5, metres), 0, Basis.FILE)
    direction = None if math.isnan(degrees) else Direction(degrees, "T", None)
    real = SettledPlace(Status.UNREVIEWED, Facet.CAMERA_PLACE, (part,), None, direction)
    assert place_text(43.8521515, -0.5, metres, degrees) == json.dumps(real.to_json())


@pytest.mark.parametrize(("seconds", "text"), [(0, "2012-10-27T14:34:25"), (60, "2012")])
def test_a_synthetic_date_is_stored_as_a_real_one(seconds, text):
    first = local_seconds(from_local_seconds(1_351_348_465))
    moment = Moment(from_local_seconds(first), from_local_seconds(first + seconds), None)
    real = SettledTime(Status.UNREVIEWED, moment, text, basis=Basis.FILE, parts=1)
    assert time_text(first, first + seconds) == json.dumps(real.to_json())


def test_nothing_settled_is_stored_as_such():
    assert (SettledPlace.from_json(json.loads(NO_PLACE)), SettledTime.from_json(json.loads(NO_TIME))) == (
        SettledPlace(),
        SettledTime(),
    )
