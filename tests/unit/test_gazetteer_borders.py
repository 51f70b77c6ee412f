"""Countries, borders and towns by distance, on the polygons that are installed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.gazetteer import GazetteerError, NoSuchPointError, zone_at
from archive.gazetteer.border_distance import Segments
from archive.gazetteer.border_lines import frontier
from archive.gazetteer.borders import (
    BORDER_ERROR_M,
    border,
    country_at,
    dataset,
    distance_to_border_m,
    estimated_radius_m,
    geodesic_m,
    named_geometry,
    nearest_border_point,
    towns_fitting,
)
from archive.gazetteer.places import find
from archive.values.shapes import MOST_CANDIDATES, Relating

untimed = settings(deadline=None, max_examples=60)


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (40.09, 124.42, "KP"),
        (40.14, 124.37, "CN"),
        (37.566, 126.978, "KR"),
        (43.8, 87.6, "CN"),
        (21.03, 105.85, "VN"),
        (10.8, 106.7, "VN"),
        (13.75, 100.5, "TH"),
        (44.95, 34.1, "UA"),
        (-29.3, 27.5, "LS"),
        (-17.8, 178.0, "FJ"),
        (-17.8, -179.2, "FJ"),
        (64.42, -173.23, "RU"),
    ],
)
def test_a_point_lies_in_the_country_whose_polygon_holds_it(latitude, longitude, code):
    found = country_at(latitude, longitude)
    assert found is not None
    assert found.code == code


def test_nobody_owns_the_open_sea():
    assert country_at(0.0, 0.0) is None
    assert country_at(20.0, -150.0) is None
    assert country_at(90.0, 0.0) is None


def test_ground_that_two_states_hold_names_the_other_too():
    moselle = country_at(49.49, 6.3687)
    assert moselle is not None
    assert {moselle.code, *moselle.also} == {"DE", "LU"}


@untimed
@given(st.floats(-89, 89), st.floats(-179.9, 179.9))
def test_a_point_has_a_country_exactly_where_its_zone_is_not_nautical(latitude, longitude):
    zone = zone_at(latitude, longitude)
    assert (country_at(latitude, longitude) is None) == (zone is None or zone.startswith("Etc/"))


def test_coordinates_off_the_globe_have_no_country_and_no_distance():
    with pytest.raises(NoSuchPointError):
        country_at(95.0, 0.0)
    with pytest.raises(NoSuchPointError):
        distance_to_border_m(95.0, 0.0, "KP")


def test_a_border_is_the_same_from_either_side():
    assert border("KP", "CN").lines == border("CN", "KP").lines
    one, other = (nearest_border_point(41.0, 127.0, *codes) for codes in (("KP", "CN"), ("CN", "KP")))
    assert one == other


def test_a_countrys_border_is_its_borders_with_each_neighbour_and_no_coast():
    assert sorted(frontier("KP")) == ["CN", "KR", "RU"]
    parts = sum(border("KP", other).vertices for other in ("CN", "KR", "RU"))
    assert border("KP").vertices == parts
    hamhung = find("Hamhung", 1)[0]
    assert distance_to_border_m(hamhung.latitude, hamhung.longitude, "KP") > 100_000


def test_the_border_of_the_yalu_and_tumen_has_the_detail_of_a_survey():
    lines = border("KP", "CN").lines
    metres = [geodesic_m(*one, *other) for line in lines for one, other in pairwise(line.tolist())]
    assert len(metres) > 10_000
    assert sorted(metres)[len(metres) // 2] < 60
    assert 1_200_000 < sum(metres) < 1_600_000


def test_an_enclave_has_its_whole_outline_for_a_border():
    assert list(frontier("LS")) == ["ZA"]
    (line,) = border("LS").lines
    assert line[0].tolist() == line[-1].tolist()


def test_islands_have_no_border_and_strangers_no_border_in_common():
    with pytest.raises(GazetteerError, match="no land border"):
        border("IS")
    with pytest.raises(GazetteerError, match="Neighbours of KP: CN \\(China\\), KR"):
        border("KP", "JP")
    with pytest.raises(GazetteerError, match="two letters"):
        border("ZZ")
    with pytest.raises(GazetteerError, match="part of RS"):
        border("XK")
    with pytest.raises(GazetteerError, match="two sides"):
        border("KP", "kp")


def test_the_nearest_point_is_on_the_border_and_as_far_as_it_says():
    found = nearest_border_point(40.1, 124.4, "KP", "CN")
    assert found.distance_m == pytest.approx(geodesic_m(40.1, 124.4, found.latitude, found.longitude))
    assert distance_to_border_m(found.latitude, found.longitude, "KP", "CN") < 0.1
    assert country_at(found.latitude, found.longitude).code in {"KP", "CN"}


@untimed
@given(st.floats(37, 44), st.floats(123, 132))
def test_no_vertex_of_the_border_is_nearer_than_the_nearest_point(latitude, longitude):
    nearest = nearest_border_point(latitude, longitude, "KP", "CN").distance_m
    vertices = np.concatenate(border("KP", "CN").lines)
    flat = np.hypot(vertices[:, 0] - latitude, (vertices[:, 1] - longitude) * np.cos(np.radians(latitude)))
    for row in np.argsort(flat)[:5]:
        assert nearest <= geodesic_m(latitude, longitude, *vertices[row].tolist()) + 0.01


def test_distances_do_not_break_at_the_antimeridian():
    meridian = Segments.of([np.array([[-10.0, 179.9], [10.0, 179.9]])])
    east = meridian.nearest(0.0, -179.9)
    assert east.distance_m == pytest.approx(geodesic_m(0.0, -179.9, 0.0, 179.9), abs=0.01)
    assert (east.latitude, east.longitude) == pytest.approx((0.0, 179.9), abs=1e-6)


def test_a_long_edge_is_followed_along_its_parallel_not_along_its_chord():
    parallel = Segments.of([np.array([[49.0, -123.0], [49.0, -95.0]])])
    found = parallel.nearest(49.5, -109.0)
    assert found.latitude == pytest.approx(49.0)
    assert found.distance_m == pytest.approx(55_600, abs=50)


def test_the_seven_towns_of_the_north_korean_bank_pass_as_within_two_kilometres():
    """All by their centres; with the size of towns two more."""
    points = towns_fitting(Relating.WITHIN, 2_000, "border:KP-CN", inside="KP", town_radius_m=0)
    names = {fit.town.name for fit in points.towns}
    assert {"Sinŭiju", "Manp’o", "Chunggang", "Hyesan", "Musan-ŭp", "Hoeryŏng", "Namyang", "Onsŏng"} <= names
    areas = towns_fitting(Relating.WITHIN, 2_000, "border:KP-CN", inside="KP")
    assert names < {fit.town.name for fit in areas.towns}
    assert len(areas.towns) < areas.considered / 8
    assert [fit.distance_m for fit in areas.towns] == sorted(fit.distance_m for fit in areas.towns)


def test_a_town_passes_by_its_own_extent():
    for fit in towns_fitting(Relating.WITHIN, 2_000, "border:KP-CN", inside="KP").towns:
        assert fit.distance_m - fit.radius_m - BORDER_ERROR_M <= 2_000
        assert fit.radius_m == estimated_radius_m(fit.town.population)
        point = (fit.town.latitude, fit.town.longitude)
        assert fit.distance_m == distance_to_border_m(*point, "KP", "CN")


def test_every_town_lies_within_a_distance_or_beyond_it():
    within, beyond = (
        towns_fitting(how, 60_000, "border:KP", inside="KP", town_radius_m=0, least_population=20_000)
        for how in (Relating.WITHIN, Relating.BEYOND)
    )
    near, far = ({fit.town for fit in found.towns} for found in (within, beyond))
    assert len(near | far) == within.considered == beyond.considered
    assert all(abs(fit.distance_m - 60_000) <= BORDER_ERROR_M for fit in within.towns if fit.town in far)


def test_greater_towns_only_are_fewer():
    few = towns_fitting(Relating.ON, 0, "border:KP-CN", inside="KP", least_population=100_000)
    assert {fit.town.name for fit in few.towns} == {"Hyesan", "Manp’o", "Sinŭiju"}
    assert few.considered < 60


def test_too_many_towns_are_refused_with_their_number():
    with pytest.raises(
        GazetteerError, match=f"towns lie within 30 km .* at most {MOST_CANDIDATES}"
    ) as refusal:
        towns_fitting(Relating.WITHIN, 30_000, "border:KP")
    assert int(str(refusal.value).split()[0]) > MOST_CANDIDATES
    with pytest.raises(GazetteerError, match="More than 1000 towns lie within 900 km"):
        towns_fitting(Relating.WITHIN, 900_000, "border:KP")
    with pytest.raises(GazetteerError, match="towns lie more than 1 km"):
        towns_fitting(Relating.BEYOND, 1_000, "border:KP-CN")
    with pytest.raises(GazetteerError, match="two letters"):
        towns_fitting(Relating.WITHIN, 1_000, "border:KP-CN", inside="QQ")


def test_a_towns_radius_grows_with_its_people_between_two_bounds():
    assert estimated_radius_m(0) == 500
    assert estimated_radius_m(288_112) == pytest.approx(6_772, abs=1)
    assert estimated_radius_m(30_000_000) == 20_000


@pytest.mark.parametrize(
    ("written", "of", "label"),
    [
        (" border:kp ", "border:KP", "the border of North Korea"),
        ("border:KP-CN", "border:KP-CN", "the border of North Korea and China"),
        ("country:kp", "country:KP", "North Korea"),
        ("town:sinuiju", "town:Sinŭiju@40.1006,124.3981", "Sinŭiju, North Korea"),
        ("town:Dandong@40.13,124.39", "town:Dandong@40.1292,124.3947", "Dandong, China"),
    ],
)
def test_a_named_geometry_has_one_spelling_and_a_label(written, of, label):
    found = named_geometry(written)
    assert (found.of, found.label) == (of, label)
    assert named_geometry(found.of) == found


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "border:KP"),
        ("river:Yalu", "border:KP"),
        ("border:", "two letters"),
        ("border:KP-CN-RU", "two countries"),
        ("country:Korea", "two letters"),
        ("town:", "Dandong@"),
        ("town:Nowhereatall", "check the spelling"),
        ("town:Dandong@0,0", "check the name and the point"),
        ("town:Dandong@1.2.3,4", "no point"),
        ("town:Springfield", r"say which, as in town:Springfield@"),
    ],
)
def test_a_geometry_that_is_not_understood_says_what_to_write(written, words):
    with pytest.raises(GazetteerError, match=words):
        named_geometry(written)


def test_distance_to_a_country_is_nothing_within_and_to_a_town_from_its_centre():
    korea = named_geometry("country:KP")
    assert korea.nearest(39.03, 125.75).distance_m == 0
    dandong = named_geometry("town:Dandong@40.1292,124.3947")
    across = korea.nearest(40.1292, 124.3947).distance_m
    assert across == pytest.approx(distance_to_border_m(40.1292, 124.3947, "KP", "CN"), abs=1)
    assert dandong.nearest(40.1292, 124.3947).distance_m < 0.01


def test_towns_near_a_town_are_found_by_the_reach_of_both():
    near = towns_fitting(Relating.WITHIN, 0, "town:Dandong@40.1292,124.3947")
    assert {"Dandong", "Sinŭiju"} <= {fit.town.name for fit in near.towns}


def test_the_towns_of_a_small_country_and_its_neighbours_across_the_river_fit():
    found = towns_fitting(Relating.WITHIN, 0, "country:LI")
    assert {"Vaduz", "Buchs"} <= {fit.town.name for fit in found.towns}
    assert next(fit.distance_m for fit in found.towns if fit.town.name == "Vaduz") == 0


def test_the_data_are_named_with_their_release():
    assert "GeoNames" in dataset()
    assert "timezone-boundary-builder 20" in dataset()
