"""Places that are asked for: how they are typed, what they are called, and where the map turns for them."""

from __future__ import annotations

import pytest

from archive.gazetteer import GazetteerError
from archive.pages.exploring import place_words, typed_places
from archive.pages.exploring.place_bounds import asked_bounds
from archive.pages.exploring.place_words import filter_words, metres_text
from archive.pages.exploring.typed_places import applied, place_form, read_typed
from archive.values.selection import parse_selection

NARVA = "59.3772,28.1903"


@pytest.mark.parametrize(
    ("typed", "spot"),
    [
        ("Narva", NARVA),
        ("narva, estonia", NARVA),
        ("59.3772, 28.1903", NARVA),
        ("59,3772; 28,1903", NARVA),
        ("59°22′37.92″N 28°11′25.08″E", NARVA),
        ("E28.1903 N59.3772", NARVA),
        ("geo:59.3772,28.1903;u=35", NARVA),
        ("40.5 S, 71.25 W", "-40.5,-71.25"),
        ("0, 0", "0,0"),
    ],
)
def test_a_place_may_be_typed_as_a_town_or_in_any_common_notation(typed, spot):
    assert read_typed({"near_at": typed, "near_m": "2 km"}).changes == {"near": f"{spot},2000"}


@pytest.mark.parametrize(
    ("typed", "metres"),
    [("500", "500"), ("500 m", "500"), ("1,5 km", "1500"), ("1 mi", "1609.344"), ("", "2000")],
)
def test_a_distance_is_in_metres_unless_it_names_its_unit(typed, metres):
    assert read_typed({"near_at": NARVA, "near_m": typed}).changes == {"near": f"{NARVA},{metres}"}


def test_the_usual_reach_of_a_point_looked_at_is_left_out_of_the_address():
    assert read_typed({"sees_at": "39.0392, 125.7531", "sees_m": "2 km"}).changes == {
        "sees": "39.0392,125.7531"
    }
    assert read_typed({"sees_at": "39.0392, 125.7531", "sees_m": "5 km"}).changes == {
        "sees": "39.0392,125.7531,5000"
    }


def test_an_area_is_typed_corner_by_corner():
    typed = read_typed({"within_at": "59.3, 28\n59.4, 28\n\n59°24′N 28°15′E\n"})
    assert typed.changes == {"within": "59.3,28;59.4,28;59.4,28.25"}


def test_an_area_may_lie_across_the_antimeridian_and_is_written_back_with_plain_longitudes():
    typed = read_typed({"within_at": "-17, 179\n-17, -179\n-16, -179.5"})
    selection = parse_selection(f"within={typed.changes['within']}")
    assert selection.within is not None
    assert selection.within.east - selection.within.west == 2
    again = place_form(selection, read_typed({})).within_at.value
    assert read_typed({"within_at": again}).changes == typed.changes


@pytest.mark.parametrize(
    ("fields", "field", "part"),
    [
        ({"near_at": "Xyzzyville"}, "near_at", "No town of this name"),
        ({"near_at": "91, 10"}, "near_at", "beyond 90"),
        ({"near_at": NARVA, "near_m": "two"}, "near_m", "Write a length"),
        ({"near_at": NARVA, "near_m": "0 m"}, "near_m", "more than 0"),
        ({"sees_at": NARVA, "sees_m": "51 km"}, "sees_m", "at most 50000"),
        ({"within_at": "1, 2\n3, 4"}, "within_at", "at least 3"),
        ({"within_at": "1, 2\nhello\n3, 4"}, "within_at", "Line 2"),
        ({"within_at": "0, 0\n1, 1\n1, 0\n0, 1"}, "within_at", "crosses itself"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_it_stands_in(fields, field, part):
    typed = read_typed(fields)
    assert typed.changes == {}
    assert list(typed.errors) == [field]
    assert part in typed.errors[field]


def test_one_unreadable_field_leaves_the_others_read():
    typed = read_typed({"near_at": NARVA, "near_m": "1 km", "sees_at": "91, 0", "sees_m": ""})
    assert typed.changes == {"near": f"{NARVA},1000"}
    assert list(typed.errors) == ["sees_at"]


def test_of_several_towns_of_one_name_the_reader_chooses_and_what_was_typed_stays():
    fields = {"near_at": "Springfield", "near_m": "5 km"}
    typed = read_typed(fields)
    assert "choose one" in typed.errors["near_at"]
    form = place_form(parse_selection("collection=quay"), typed)
    assert form.near_at.value == "Springfield"
    assert form.near_m.value == "5 km"
    assert form.is_open
    assert len(form.choices) > 1
    assert all("near=" in link.address and ",5000" in link.address for link in form.choices)
    assert all("collection=quay" in link.address for link in form.choices)


def test_an_empty_field_removes_its_filter_and_a_field_that_is_not_there_changes_nothing():
    before = parse_selection(f"near={NARVA},2000&sees=39,125&collection=quay")
    assert applied(before, read_typed({"near_at": " "})).query() == "sees=39,125&collection=quay"
    assert not read_typed({})


def test_a_place_newly_asked_for_takes_the_place_of_the_maps_view_but_one_that_stood_does_not():
    seen = parse_selection("bbox=1,2,3,4&unplaced=")
    assert applied(seen, read_typed({"near_at": NARVA})).query() == f"near={NARVA},2000"
    both = parse_selection(f"bbox=1,2,3,4&near={NARVA},2000")
    assert applied(both, read_typed({"near_at": NARVA, "near_m": "2 km"})) == both


@pytest.mark.parametrize("metres", [0.5, 30, 999, 1000, 1370, 2000, 12_345, 100_000, 1609.344])
def test_a_distance_in_a_field_is_read_again_as_the_same(metres):
    text = metres_text(float(metres))
    assert read_typed({"near_at": NARVA, "near_m": text}).changes == {"near": f"{NARVA},{metres:g}"}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("within", "1,2;3,4;5,1", "in the drawn area"),
        ("near", f"{NARVA},2000", "within 2 km of Narva, Estonia"),
        ("near", f"{NARVA},24500", "within 24.5 km of Narva, Estonia"),
        ("near", f"{NARVA},150", "within 150 m of Narva, Estonia"),
        ("near", "59.3872,28.1903,50000", "within 50 km of Narva, Estonia"),
        ("near", "59.3872,28.1903,2000", "within 2 km of a point near Narva, Estonia"),
        ("near", "59.5,28.4,2000", "within 2 km of a point about 18 km north-east of Ivangorod, Russia"),
        ("near", "-50,-120,2000", "within 2 km of -50, -120"),
        ("sees", "39.03,125.75", "looking at 39.03, 125.75"),
        ("sees", "39.0391999,125.75,5000", "looking at 39.0392, 125.75, from within 5 km"),
    ],
)
def test_a_place_is_called_by_its_town_only_where_it_is_as_good_as_there(name, value, words):
    assert filter_words(name, value) == words


def test_without_the_file_of_towns_a_place_is_called_by_its_coordinates(monkeypatch):
    def missing(*_):
        raise GazetteerError("gone")

    monkeypatch.setattr(place_words, "nearest", missing)
    monkeypatch.setattr(typed_places, "find", missing)
    assert filter_words("near", "59.3772001,28.1903,77") == "within 77 m of 59.3772, 28.1903"
    assert read_typed({"near_at": "Narva"}).errors == {"near_at": "gone"}


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        (f"near={NARVA},2000", (59.39, 28.2), (59.43, 28.2)),
        ("within=10,179;10,181;12,180", (11.9, 179.2), (12.5, 179.2)),
        ("sees=39,125,500", (39.004, 125.0), (39.02, 125.0)),
        (f"near={NARVA},20000&sees={NARVA},500", (59.38, 28.19), (59.45, 28.19)),
    ],
)
def test_the_map_opens_with_the_place_that_is_asked_for_in_view(query, inside, outside):
    west, south, east, north = map(float, asked_bounds(parse_selection(query)).split(","))
    east += 360 if east < west else 0
    assert south < inside[0] < north
    assert west < inside[1] < east
    assert not (south < outside[0] < north)


def test_without_a_place_or_with_half_the_world_the_map_is_left_alone():
    assert asked_bounds(parse_selection("collection=quay")) == ""
    assert asked_bounds(parse_selection("near=0,0,20000000")) == ""
    assert asked_bounds(parse_selection("bbox=1,2,3,4&sees=2,1")) == "1,2,3,4"
