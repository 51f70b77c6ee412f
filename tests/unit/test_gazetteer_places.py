"""Towns by place and by name, on the table that ships."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.gazetteer import (
    GazetteerError,
    NoSuchPointError,
    country_name,
    find,
    nearest,
    places_near,
)
from archive.gazetteer.folding import fold
from archive.gazetteer.places import distance_km
from archive.gazetteer.table import FILE, STEPS_PER_DEGREE, read, table

# The first example reads the table, and a busy machine may stall: only the whole test has a time limit.
untimed = settings(deadline=None)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def distance_to_nearest(latitude: float, longitude: float) -> float:
    found = nearest(latitude, longitude)
    assert found is not None
    assert found.distance_km is not None
    return found.distance_km


def all_distances(latitude: float, longitude: float):
    towns = table()
    return distance_km(
        latitude, longitude, towns.latitude / STEPS_PER_DEGREE, towns.longitude / STEPS_PER_DEGREE
    )


def on_the_sphere(latitude: float, longitude: float):
    north, east = math.radians(latitude), math.radians(longitude)
    return np.array([math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)])


@untimed
@given(latitudes, longitudes)
def test_the_nearest_town_is_the_one_that_asking_every_town_gives(latitude, longitude):
    assert distance_to_nearest(latitude, longitude) == pytest.approx(
        all_distances(latitude, longitude).min(), abs=1e-9
    )


@untimed
@given(latitudes, longitudes, st.floats(0, 150))
def test_towns_near_a_point_are_all_of_those_within_reach_in_order(latitude, longitude, reach):
    found = [town.distance_km for town in places_near(latitude, longitude, reach, 10**6)]
    every = all_distances(latitude, longitude)
    assert found == pytest.approx(sorted(every[every <= reach]), abs=1e-9)


@untimed
@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_agrees_with_the_angle_between_two_vectors(lat_a, lon_a, lat_b, lon_b):
    a, b = on_the_sphere(lat_a, lon_a), on_the_sphere(lat_b, lon_b)
    angle = math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))
    (measured,) = distance_km(lat_a, lon_a, np.array([lat_b]), np.array([lon_b]))
    assert measured == pytest.approx(angle * 6371.0088, abs=1e-3)


def test_a_town_across_the_antimeridian_is_as_near_as_any():
    found = nearest(-17.8, -179.9)
    assert found is not None
    assert found.country == "Fiji"
    assert found.longitude > 179
    assert distance_to_nearest(-17.8, -179.9) < 100


@pytest.mark.parametrize("longitude", [-180.0, 0.0, 77.0, 180.0])
def test_at_a_pole_the_longitude_does_not_matter(longitude):
    for pole in (-90.0, 90.0):
        here, elsewhere = nearest(pole, longitude), nearest(pole, 12.0)
        assert here is not None
        assert elsewhere is not None
        assert here.name == elsewhere.name
        assert here.distance_km == pytest.approx(elsewhere.distance_km)


def test_exactly_zero_is_a_place_like_any_other():
    assert 400 < distance_to_nearest(0.0, 0.0) < 800
    assert places_near(0.0, 0.0, 25) == []
    assert places_near(0.0, 0.0, 800, 1)[0] == nearest(0.0, 0.0)


def test_nothing_is_near_in_the_middle_of_the_ocean():
    assert places_near(-48.9, -123.4, within_km=1000) == []


def test_no_reach_and_no_limit_give_nothing():
    seoul = find("Seoul", 1)[0]
    assert places_near(seoul.latitude, seoul.longitude, within_km=-1) == []
    assert places_near(seoul.latitude, seoul.longitude, limit=0) == []
    assert find("Seoul", limit=0) == []


def test_of_towns_equally_near_the_greater_comes_first():
    towns = table()
    spots, counts = np.unique(np.stack([towns.latitude, towns.longitude]), axis=1, return_counts=True)
    shared = spots[:, counts > 1]
    assert shared.shape[1] > 0
    for latitude, longitude in shared.T[:40] / STEPS_PER_DEGREE:
        people = [town.population for town in places_near(latitude, longitude, 0.0001, 10)]
        assert len(people) > 1
        assert people == sorted(people, reverse=True)


@pytest.mark.parametrize(
    "place",
    [(90.1, 0.0), (-91.0, 0.0), (0.0, 180.5), (math.nan, 0.0), (0.0, math.inf)],
)
def test_coordinates_off_the_globe_are_refused_in_words(place):
    with pytest.raises(NoSuchPointError, match="give degrees within"):
        nearest(*place)
    with pytest.raises(NoSuchPointError):
        places_near(*place)


def test_both_banks_of_the_border_river_are_found():
    assert {"Sinŭiju", "Dandong"} <= {town.name for town in places_near(40.1, 124.39)}


@pytest.mark.parametrize("words", ["", "   ", "'", "-, .", "\t"])
def test_no_words_find_nothing(words):
    assert find(words) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ZURICH", "Zürich"),
        ("sao paulo", "São Paulo"),
        ("São  Paulo", "São Paulo"),
        ("sinuiju", "Sinŭiju"),
        ("Lodz", "Łódź"),
        ("nampo", "Namp’o"),
        ("saint denis", "Saint-Denis"),
        ("서울", "Seoul"),
        ("東京", "Tokyo"),
        ("wien", "Vienna"),
        ("Москва", "Moscow"),
        ("กรุงเทพ", "Bangkok"),
    ],
)
def test_a_town_is_found_without_its_accents_and_in_its_own_script(words, name):
    assert name in [town.name for town in find(words)]


def test_a_town_called_exactly_so_comes_before_a_greater_one_that_only_begins_so():
    assert find("york", 1)[0].name == "York"
    assert len({town.name for town in find("york", 60)}) > 1


def test_towns_of_one_name_come_by_their_people():
    people = [town.population for town in find("Springfield", 5)]
    assert len(people) == 5
    assert people == sorted(people, reverse=True)


def test_a_comma_or_a_coordinate_is_not_understood():
    assert find("Paris, France") == []
    assert find("48.85, 2.35") == []


def test_found_towns_carry_no_distance_and_near_ones_do():
    town = find("Reykjavik", 1)[0]
    assert town.distance_km is None
    near = places_near(town.latitude, town.longitude, limit=1)[0]
    assert near.distance_km == pytest.approx(0, abs=1e-6)


@untimed
@given(st.text(max_size=20))
def test_any_text_may_be_looked_for_and_every_find_begins_with_it(text):
    found = find(text, 3)
    assert len(found) <= 3
    assert fold(fold(text)) == fold(text)


@untimed
@given(st.integers(0, 147_000))
def test_every_town_is_found_by_its_own_name(row):
    towns = table()
    name = towns.names[row]
    rows = towns.names.matching(fold(name), whole=True)
    assert row in rows


def test_a_country_has_a_name_and_an_unknown_code_has_none():
    assert country_name("KP") == "North Korea"
    assert country_name("fr") == "France"
    assert country_name("QQ") is None


def test_a_missing_or_foreign_table_says_what_to_do(tmp_path):
    with pytest.raises(GazetteerError, match="build_gazetteer"):
        read(tmp_path / "none.npz")
    foreign = tmp_path / "foreign.npz"
    np.savez(foreign, format=np.uint8(200))
    with pytest.raises(GazetteerError, match="build it anew"):
        read(foreign)


def test_the_table_stays_small():
    assert FILE.stat().st_size < 2_500_000
