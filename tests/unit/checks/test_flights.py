"""Speed and altitude between the frames of one device."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.checks import flight_altitude, speed
from archive.checks.models import Outcome
from archive.metadata import Drone
from archive.values.place import Place
from archive.values.readership import Readership
from tests.unit.checks.making import SEOUL, a_frame, a_reading, at, seconds, some_facts, the_result, told

INSTANT = datetime(2020, 6, 1, 3, 30, tzinfo=UTC)
KM_NORTH = 1 / 111.2


def moved(km: float, within_s: float, *, one_device=True, reading=None, radius_m=None, side="before"):
    """Facts of a photo so far north of its neighbour, so long after it (or before)."""
    here = Place(SEOUL.latitude + km * KM_NORTH, SEOUL.longitude, radius_m)
    frame = a_frame(Place(SEOUL.latitude, SEOUL.longitude, radius_m), INSTANT)
    later = seconds(within_s if side == "before" else -within_s)
    return some_facts(
        reading,
        places=(here,),
        when=at(INSTANT + later),
        device="device",
        device_is_one=one_device,
        **{side: frame},
    )


def test_four_thousand_kilometres_an_hour_do_not_fit_and_name_the_other_frame():
    facts = moved(1000, 900)
    result = the_result(speed.CHECK, facts)
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert result.other == facts.before.photo
    assert result.facts["neighbours"] == [facts.before.public_id]
    assert "An airliner does not reach 1,080 km/h" in told(speed.CHECK, result)


def test_nine_hundred_kilometres_an_hour_are_an_airliner_but_no_drone():
    by_camera = the_result(speed.CHECK, moved(75, 300))
    assert by_camera.outcome == Outcome.FITS
    by_drone = the_result(speed.CHECK, moved(75, 300, reading=a_reading(make="DJI", model="FC220")))
    assert by_drone.outcome == Outcome.DOES_NOT_FIT
    assert 890 < by_drone.facts["speed_kmh"] < 910
    assert "A drone of this kind does not reach 90 km/h" in told(speed.CHECK, by_drone)


def test_a_drone_carried_on_between_flights_may_be_faster_than_it_flies():
    driven = moved(150, 3 * 3600, reading=a_reading(make="DJI", model="FC220"))
    assert the_result(speed.CHECK, driven).outcome == Outcome.FITS


def test_frames_days_apart_are_not_compared():
    assert not list(speed.CHECK.run(moved(5000, 3 * 86_400)))


def test_the_frame_after_counts_as_the_one_before():
    result = the_result(speed.CHECK, moved(1000, 900, side="after"))
    assert (result.outcome, result.facts["side"]) == (Outcome.DOES_NOT_FIT, "after")


def test_the_accuracy_of_both_places_is_taken_off():
    result = the_result(speed.CHECK, moved(1000, 900, radius_m=600_000))
    assert result.magnitude == 0
    assert "as near as the two places are accurate" in told(speed.CHECK, result)


def test_two_frames_in_one_second_a_few_steps_apart_fit():
    assert the_result(speed.CHECK, moved(0.05, 0, reading=a_reading(make="DJI"))).outcome == Outcome.FITS


def test_without_a_serial_number_they_may_be_two_cameras():
    result = the_result(speed.CHECK, moved(1000, 900, one_device=False))
    assert result.outcome == Outcome.CANNOT_TELL
    assert "two cameras of one model" in told(speed.CHECK, result)


def test_a_clock_left_on_home_time_is_given_the_longer_time():
    """By the zones of the places ten minutes lay between them, by the bare clock eight hours."""
    frame = a_frame(SEOUL, INSTANT, a_reading(datetime(2020, 6, 1, 12, 30)))
    facts = some_facts(
        a_reading(datetime(2020, 6, 1, 20, 40)),
        places=(Place(52.5, 13.4),),
        when=at(INSTANT + seconds(600)),
        device="device",
        device_is_one=True,
        before=frame,
    )
    assert the_result(speed.CHECK, facts).outcome == Outcome.FITS


def test_a_neighbour_for_members_makes_the_finding_theirs():
    frame = a_frame(SEOUL, INSTANT, readership=Readership.MEMBERS)
    facts = some_facts(places=(SEOUL,), when=at(INSTANT), device="device", after=frame)
    assert the_result(speed.CHECK, facts).readership == Readership.MEMBERS


def test_a_frame_alone_has_nothing_to_be_compared_with():
    assert not list(speed.CHECK.run(some_facts(places=(SEOUL,), when=at(INSTANT))))


def flown(absolute: float, relative: float):
    return a_reading(
        altitude_m=round(absolute),
        drone=Drone(relative_altitude_m=relative),
        said=[
            ("altitude_m", "XMP drone-dji:AbsoluteAltitude", f"+{absolute}"),
            ("RelativeAltitude", "XMP drone-dji:RelativeAltitude", f"+{relative}"),
        ],
    )


def in_flight(own, other, *, apart_s=30, apart_km=0.1):
    return some_facts(
        own,
        places=(Place(SEOUL.latitude + apart_km * KM_NORTH, SEOUL.longitude),),
        when=at(INSTANT + seconds(apart_s)),
        before=a_frame(SEOUL, INSTANT, other),
    )


def test_one_take_off_fits_however_high_the_drone_flew():
    result = the_result(flight_altitude.CHECK, in_flight(flown(150.4, 100.0), flown(75.1, 25.3)))
    assert result.outcome == Outcome.FITS
    assert result.magnitude < 1


def test_two_take_offs_in_one_flight_do_not_fit():
    result = the_result(flight_altitude.CHECK, in_flight(flown(350.4, 100.0), flown(75.1, 25.3)))
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert "took off at 250.4 m" in told(flight_altitude.CHECK, result)
    assert "XMP drone-dji:AbsoluteAltitude" in {entry.tag for entry in result.inputs}


def test_another_flight_is_not_compared():
    later = in_flight(flown(350.4, 100.0), flown(75.1, 25.3), apart_s=3600)
    elsewhere = in_flight(flown(350.4, 100.0), flown(75.1, 25.3), apart_km=50)
    for facts in (later, elsewhere):
        assert the_result(flight_altitude.CHECK, facts).outcome == Outcome.CANNOT_TELL


def test_a_camera_on_the_ground_is_not_asked():
    assert not list(flight_altitude.CHECK.run(some_facts(a_reading(altitude_m=100.0))))
