from __future__ import annotations

import pytest

from archive.checks import optics
from archive.checks.facts import StatedPoint
from archive.checks.models import Outcome
from archive.checks.view import CHECK
from archive.metadata import Drone, Problem
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet
from tests.unit.checks.making import SEOUL, a_reading, some_facts, the_result, told

NORTH_OF_IT = Place(SEOUL.latitude + 0.01, SEOUL.longitude)


def looking(degrees, *, subject=None, reference="T", drone=None, **more):
    points = () if subject is None else (StatedPoint(7, Facet.SUBJECT_PLACE, subject, Readership.PUBLIC),)
    reading = a_reading(
        direction=Direction(degrees, reference),
        focal_length_35mm=28.0,
        drone=drone,
        width=4000,
        height=3000,
        **more,
    )
    return some_facts(reading, places=(SEOUL,), points=points)


def test_a_28_mm_lens_takes_in_65_degrees_of_a_four_by_three_picture():
    view = optics.view_of(28.0, 4000, 3000)
    assert view.across == pytest.approx(63.4, abs=0.5)
    assert view.down == pytest.approx(49.7, abs=0.5)
    assert optics.view_of(None, 4000, 3000) is None


def test_a_tilted_camera_sees_a_strip_of_ground_and_a_level_one_no_end():
    seen = optics.footprint(100.0, -45.0, 50.0)
    assert (seen.near, seen.middle, seen.far) == pytest.approx((36.4, 100.0, 274.7), abs=0.1)
    assert optics.footprint(100.0, 0.0, 50.0).far is None


def test_courses_and_turns_go_round_north():
    assert optics.bearing(SEOUL, NORTH_OF_IT) == pytest.approx(0.0, abs=0.01)
    assert optics.turn(350.0, 10.0) == 20.0


def test_a_subject_ahead_is_in_the_view():
    result = the_result(CHECK, looking(10.0, subject=NORTH_OF_IT))
    assert result.outcome == Outcome.FITS
    assert "lies north (0°), 1.1 km away, in the view" in told(CHECK, result).replace("360°", "0°")


def test_a_subject_behind_is_outside_the_view():
    result = the_result(CHECK, looking(180.0, subject=NORTH_OF_IT))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert "outside the view" in told(CHECK, result)


def test_a_subject_within_the_doubt_of_its_place_does_not_tell():
    wide = Place(NORTH_OF_IT.latitude, NORTH_OF_IT.longitude, 5000.0)
    assert the_result(CHECK, looking(180.0, subject=wide)).outcome == Outcome.CANNOT_TELL


def test_a_picture_straight_down_has_no_direction_to_compare():
    down = looking(180.0, subject=NORTH_OF_IT, drone=Drone(gimbal_yaw_deg=180.0, gimbal_pitch_deg=-90.0))
    assert the_result(CHECK, down).facts["case"] == "too_near"


def test_a_compass_and_a_mount_that_disagree_do_not_fit():
    result = the_result(CHECK, looking(10.0, drone=Drone(gimbal_yaw_deg=-100.0)))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert "its mount pointed west (260°)" in told(CHECK, result)


def test_flight_yaw_is_not_the_cameras():
    assert the_result(CHECK, looking(10.0, drone=Drone(flight_yaw_deg=-100.0))).outcome == Outcome.CANNOT_TELL


def test_a_mount_all_zero_was_not_measured():
    reading = a_reading(problems=(Problem("gimbal_unknown", "XMP drone-dji:GimbalYawDegree", "zero"),))
    assert the_result(CHECK, some_facts(reading)).facts["case"] == "gimbal_unknown"


def test_tilt_and_height_say_how_far_off_the_middle_lies():
    drone = Drone(gimbal_yaw_deg=10.0, gimbal_pitch_deg=-45.0, relative_altitude_m=100.0)
    assert "45° downwards: the middle of the picture is 100 m off" in told(
        CHECK, the_result(CHECK, looking(10.0, drone=drone))
    )


def test_without_a_direction_there_is_nothing_to_look_at():
    assert not list(CHECK.run(some_facts(places=(SEOUL,))))
