from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.moment import local_seconds
from archive.values.place import Box, Place
from archive.values.ring import Ring
from archive.values.selection import (
    STATUS_WORDS,
    Selection,
    SelectionError,
    Sort,
    Sure,
    parse_selection,
    unknown_parameters,
)
from archive.values.settled import Status
from archive.values.sight import Sight

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
coordinates = st.floats(-90, 90).map(lambda number: f"{number:.7f}")
longitudes = st.floats(-540, 540).map(lambda number: f"{number:.7f}")


@st.composite
def queries(draw):
    pairs = [("q", draw(words))]
    for name in ("collection", "licence", "device"):
        pairs += [(name, value) for value in draw(st.lists(words, max_size=2))]
    pairs += [
        ("status", value) for value in draw(st.lists(st.sampled_from(sorted(STATUS_WORDS)), max_size=3))
    ]
    if draw(st.booleans()):
        south, north = sorted((draw(coordinates), draw(coordinates)), key=float)
        pairs.append(("bbox", f"{draw(longitudes)},{south},{draw(longitudes)},{north}"))
    elif draw(st.booleans()):
        metres = draw(st.floats(0.001, 20e6))
        pairs.append(("near", f"{draw(coordinates)},{draw(longitudes)},{metres!r}"))
    elif draw(st.booleans()):
        south, west, top = draw(st.floats(-90, 80)), draw(st.floats(-540, 540)), draw(st.floats(-180, 180))
        width = draw(st.floats(0.001, 170))
        corners = [(south, west), (south, west + width), (south + draw(st.floats(0.001, 10)), west + top)]
        pairs.append(("within", ";".join(f"{north:.7f},{east:.7f}" for north, east in corners)))
        pairs.append(("sees", f"{draw(st.floats(-85, 85))!r},{draw(longitudes)},{draw(st.floats(1, 5e4))!r}"))
    else:
        pairs.append(("unplaced", draw(st.sampled_from(["", "0", "1", "yes"]))))
    if draw(st.booleans()):
        pairs.append(("from", draw(st.sampled_from(["", "1923", "about 1923", "1 June 1923", "1923/1930"]))))
        pairs.append(
            ("to", draw(st.sampled_from(["", "1940", "1940s", "2019-06-12T14:30", "2020-24", "../1990"])))
        )
    else:
        pairs.append(("undated", draw(st.sampled_from(["", "1"]))))
    pairs.append(("sure", draw(st.sampled_from(["", *Sure]))))
    pairs.append(("sort", draw(st.sampled_from(["", *Sort]))))
    return urlencode(draw(st.permutations(pairs)))


@given(queries())
def test_a_selection_is_written_back_as_an_equal_one(query):
    selection = parse_selection(query)
    canonical = selection.query()
    assert parse_selection(canonical) == selection
    assert parse_selection(canonical).query() == canonical


@given(queries())
def test_a_selection_without_any_of_its_filters_is_everything(query):
    selection = parse_selection(query)
    names = {name for name, _ in selection.pairs()}
    assert selection.without(*names) == Selection()
    for name in names:
        assert name not in {left for left, _ in selection.without(name).pairs()}


def test_every_filter_is_read_from_its_name():
    selection = parse_selection(
        "q=old++bridge&bbox=170,-10,-170,10&from=1923&to=June+1930&sure=possibly&collection=b&collection=a"
        "&status=place-in-review&status=date-unknown&licence=none&device=Cam+%26+Co&sort=-added"
    )
    assert selection == Selection(
        words="old bridge",
        box=Box(170, -10, -170, 10),
        since="1923",
        until="1930-06",
        sure=Sure.POSSIBLY,
        collections=("a", "b"),
        place_statuses=(Status.IN_REVIEW,),
        date_statuses=(Status.UNKNOWN,),
        licences=("none",),
        devices=("Cam & Co",),
        sort=Sort.ADDED_LAST,
    )
    assert selection.first_second == local_seconds(datetime(1923, 1, 1))
    assert selection.last_second == local_seconds(datetime(1930, 6, 30, 23, 59, 59))


def test_an_empty_address_and_empty_fields_of_a_form_ask_for_everything():
    assert parse_selection("") == parse_selection("q=&from=&to=+&collection=&bbox=") == Selection()
    assert Selection().query() == ""


def test_within_is_corners_of_latitude_and_longitude():
    selection = parse_selection("within=40,124;40,125.5;41,125;40,124")
    assert selection.within == Ring(((40, 124), (40, 125.5), (41, 125)))
    assert selection.query() == "within=40,124;40,125.5;41,125"


@pytest.mark.parametrize(
    ("typed", "west", "east"),
    [
        ("0,170;0,190;5,190", 170, 190),
        ("0,-190;0,-170;5,-170", 170, 190),
        ("0,350;0,370;5,370", -10, 10),
        ("0,180;0,190;5,190", -180, -170),
        ("0,-180;0,180;5,180", -180, 180),
        ("0,170;0,-170;5,-170", -170, 170),
    ],
)
def test_a_ring_begins_on_the_map_and_may_run_past_its_edge(typed, west, east):
    ring = parse_selection(f"within={typed}").within
    assert ring is not None
    assert (ring.west, ring.east) == (west, east)


def test_sees_is_a_point_and_how_far_away_the_camera_may_be():
    assert parse_selection("sees=40.1,124.4").sees == Sight(40.1, 124.4, 2000)
    assert parse_selection("sees=40.1,484.4,2000").query() == "sees=40.1,124.4"
    assert parse_selection("sees=40.1,124.4,500").query() == "sees=40.1,124.4,500"


def test_near_is_latitude_longitude_metres():
    assert parse_selection("near=40.1,124.4,2000").near == Place(40.1, 124.4, 2000)


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        ("-190,0,-170,10", Box(170, 0, -170, 10)),
        ("350,0,370,10", Box(-10, 0, 10, 10)),
        ("-400,0,400,10", Box(-180, 0, 180, 10)),
        ("-180,-90,180,90", None),
        ("-200,-85.06,200,85.06", None),
        ("-0.0,0,0,0", Box(0, 0, 0, 0)),
    ],
)
def test_longitudes_wrap_and_the_whole_map_is_no_filter(typed, box):
    assert parse_selection(f"bbox={typed}").box == box


def test_one_value_of_a_repeatable_filter_can_go_alone():
    selection = parse_selection("collection=a&collection=b&status=place-unknown&status=date-unknown")
    assert selection.without("collection", value="a").collections == ("b",)
    assert (
        selection.without("status", value="place-unknown").query()
        == "collection=a&collection=b&status=date-unknown"
    )


def test_time_and_area_go_as_groups():
    selection = parse_selection("q=x&from=1923&to=1930&bbox=0,0,1,1")
    assert selection.without("time").query() == "q=x&bbox=0,0,1,1"
    assert selection.without("area").query() == "q=x&from=1923&to=1930"
    everywhere = parse_selection("q=x&bbox=0,0,1,1&near=1,1,500&within=0,0;0,1;1,1&sees=0,0")
    assert everywhere.has_area
    assert everywhere.without("area").query() == "q=x"


def test_plus_sets_a_filter_anew():
    selection = parse_selection("q=x&from=1923")
    assert selection.plus(from_="1930", sort="-date").query() == "q=x&from=1930&sort=-date"


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("bbox=1,2,3", "write bbox=west,south,east,north"),
        ("bbox=1,nan,3,4", "write bbox=west,south,east,north"),
        ("bbox=0,10,5,-10", "south first"),
        ("bbox=0,0,5,91", "from -90 to 90"),
        ("near=124,40,100", "latitude comes first"),
        ("near=40,124", "write near=latitude,longitude,metres"),
        ("near=40,124,0", "more than 0"),
        ("from=03/04/2019", "write 2019-04-03"),
        ("from=../1950", "has no beginning"),
        ("to=1950/..", "has no end"),
        ("from=2000&to=1990", "earlier one first"),
        ("sure=maybe", "write one of certainly, possibly"),
        ("sort=title", "write one of date, -date"),
        ("status=unknown", "place-unknown"),
        ("undated=2", "write undated=1"),
        ("undated=1&from=1950", "remove undated"),
        ("unplaced=1&bbox=0,0,1,1", "remove unplaced"),
        ("q=a&q=b", "give it once"),
        ("sees=124,40", "latitude comes first"),
        ("sees=40", "write sees=latitude,longitude"),
        ("sees=40,124,60000", "at most 50000"),
        ("sees=40,124,2000,3", "write sees=latitude,longitude,metres"),
        ("within=1,1;2,2", "3 to 64 corners, not 2"),
        ("within=1,1;2,2;1,1", "3 to 64 corners, not 2"),
        ("within=1,1;2,2;3", "write within=latitude,longitude;latitude,longitude;..."),
        ("within=" + ";".join(f"{n / 10},{n % 2}" for n in range(65)), "not 65"),
        ("within=91,0;0,0;0,1", "from -90 to 90"),
        ("within=0,0;0,400;1,0", "once round the earth"),
        ("within=0,0;1,1;0,1;1,0", "crosses itself"),
        ("within=0,0;1,1;2,2", "crosses itself"),
        ("within=0,0;0,4;2,4;0,2", "crosses itself"),
        ("unplaced=1&within=0,0;0,1;1,1", "remove unplaced"),
        ("unplaced=1&sees=0,0", "remove unplaced"),
        ("q=" + "x" * 201, "fewer words"),
        ("q=a%00b", "control character"),
        ("q=" + "x" * 9000, "fewer filters"),
        ("&".join(["collection=a"] * 201), "fewer filters"),
    ],
)
def test_a_filter_that_cannot_be_applied_says_what_to_write(query, advice):
    with pytest.raises(SelectionError) as caught:
        parse_selection(query)
    assert advice in str(caught.value)


def test_a_filter_that_does_not_exist_cannot_be_removed():
    with pytest.raises(SelectionError, match="no filter colour"):
        Selection().without("colour")


def test_parameters_that_are_no_filter_are_reported():
    assert unknown_parameters("q=a&zoom=3&colour=red&from=1923", frozenset({"zoom"})) == ("colour",)


@given(st.text(max_size=60))
def test_any_query_string_is_a_selection_or_a_complaint(query):
    try:
        selection = parse_selection(query)
    except SelectionError:
        return
    assert parse_selection(selection.query()) == selection
