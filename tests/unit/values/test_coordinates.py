from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.coordinates import LONGEST_TEXT, CoordinatesError, decimal_text, parse_coordinates
from archive.values.place import Place

PYONGYANG = (39 + 1 / 60 + 10 / 3600, 125 + 44 / 60 + 17 / 3600)


@pytest.mark.parametrize(
    "text",
    [
        "39°01'10\"N 125°44'17\"E",
        "39°01′10″N 125°44′17″E",
        "39º01’10” N, 125º44’17” E",
        "N39°01'10\" E125°44'17\"",
        "39 01 10 N 125 44 17 E",
        "39 1 10, 125 44 17",
        "39 1 10 125 44 17",
        "125°44'17\"E 39°01'10\"N",
        "39d01m10sN 125d44m17sE",
        "39°01'10''N / 125°44'17''E",
        "39°01'10\"n125°44'17\"e",
        "39.0194444444N 125.738055555E",
        "(39.0194444444, 125.738055555)",
        "39,0194444444 125,738055555",
        "39,0194444444; 125,738055555",
        "geo:39.0194444444,125.738055555",
        "GEO:39.0194444444,125.738055555,12;crs=wgs84",
        "39° 1.1666666' N, 125° 44.283333' E",
    ],
)
def test_one_place_written_in_many_ways_reads_as_the_same_place(text: str) -> None:
    place = parse_coordinates(text)
    assert (place.latitude, place.longitude) == pytest.approx(PYONGYANG, abs=1e-6)
    assert place.radius_m is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-33.85, 151.21", (-33.85, 151.21)),
        ("−33.85 −151.21", (-33.85, -151.21)),
        ("33.85 S, 151.21 W", (-33.85, -151.21)),
        ("S33.85 W151.21", (-33.85, -151.21)),
        ("33 51 S 151 12 36 E", (-33.85, 151.21)),
        ("33 51 0 S 151 12 36 W", (-33.85, -151.21)),
        ("0, 0", (0.0, 0.0)),
        ("-0.0, 0", (0.0, 0.0)),
        ("90 -180", (90.0, -180.0)),
    ],
)
def test_signs_letters_and_zeros_are_kept(text: str, expected: tuple[float, float]) -> None:
    place = parse_coordinates(text)
    assert (place.latitude, place.longitude) == pytest.approx(expected, abs=1e-9)


def test_the_uncertainty_of_a_geo_uri_becomes_the_radius() -> None:
    assert parse_coordinates("geo:48.2,16.3667;u=35") == Place(48.2, 16.3667, 35.0)
    assert parse_coordinates("geo:48.2,16.3667;u=0").radius_m == 0.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write latitude and longitude"),
        ("Sinuiju", "not two coordinates"),
        ("39", "not two coordinates"),
        ("39, 125, 12", "More than two"),
        ("125.7, 39.0", "If longitude comes first"),
        ("95, 100", "beyond 90"),
        ("39, 190", "beyond 180"),
        ("39N 125N", "one N or S and one E or W"),
        ("39N 125", "one N or S and one E or W"),
        ("39 75 10 N 125 44 17 E", "not two coordinates"),
        ("-39 N 125 E", "not two coordinates"),
        ("39.5 30 N 125 30 E", "not two coordinates"),
        ("geo:39.0", "A geo: address"),
        ("geo:39.0,x", "A geo: address"),
        ("geo:39.0,125.7;crs=nad27", "WGS 84"),
        ("geo:39.0,125.7;u=-3", "negative"),
        ("1" * (LONGEST_TEXT + 1), "too long"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(text: str, says: str) -> None:
    with pytest.raises(CoordinatesError, match=says):
        parse_coordinates(text)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_printed_reads_back_within_a_tenth_of_a_metre(latitude: float, longitude: float) -> None:
    again = parse_coordinates(decimal_text(Place(latitude, longitude)))
    assert again.latitude == pytest.approx(latitude, abs=6e-7)
    assert again.longitude == pytest.approx(longitude, abs=6e-7)


@given(st.text(alphabet="0123456789.,;-+ NSEW°'\"geo:u=", max_size=60))
def test_any_text_is_a_place_or_a_plain_error(text: str) -> None:
    try:
        place = parse_coordinates(text)
    except CoordinatesError:
        return
    assert -90 <= place.latitude <= 90
    assert -180 <= place.longitude <= 180
