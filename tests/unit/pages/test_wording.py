"""Plain words: places, spans, rights, problems, headlines, the drawn time axis, safe Markdown."""

from __future__ import annotations

import ast
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.pages.markdown import to_html
from archive.pages.time_axis import Spoken, draw
from archive.pages.wording import files, places, rights, times
from archive.pages.wording.answers import Voice, headline
from archive.pages.wording.problems import explain
from archive.values.direction import Direction
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Status

METADATA = Path(__file__).resolve().parents[3] / "archive" / "metadata"
HOME = Place(0, 0)


def codes_of_problems():
    """Every code the readers of metadata can write down."""
    found = set()
    for source in METADATA.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            named = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"doubt", "fault"}
            if named and node.args and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
            is_code = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code"
            if is_code:
                found |= {
                    part.value
                    for part in ast.walk(node.value)
                    if isinstance(part, ast.Constant) and re.fullmatch(r"[a-z]+(_[a-z]+)+", str(part.value))
                }
    return sorted(found)


def test_no_problem_is_without_an_explanation():
    codes = codes_of_problems()
    assert len(codes) > 20
    assert [code for code in codes if explain(code) is None] == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(39.0194, 125.7381), "39°01′09.8″ N 125°44′17.2″ E"),
        (Place(-33.5, -70.25), "33°30′00.0″ S 70°15′00.0″ W"),
        (Place(0, 0), "0°00′00.0″ N 0°00′00.0″ E"),
        (Place(0.99999999, 0), "1°00′00.0″ N 0°00′00.0″ E"),
        (Place(-90, 180), "90°00′00.0″ S 180°00′00.0″ E"),
    ],
)
def test_degrees_carry_over_into_minutes_and_hemispheres(place, words):
    assert places.sexagesimal(place) == words


@pytest.mark.parametrize(
    ("end", "wind"),
    [
        (Place(1, 0), "north"),
        (Place(1, 1), "north-east"),
        (Place(0, -1), "west"),
        (Place(-1, 1), "south-east"),
    ],
)
def test_a_course_is_one_of_eight_winds(end, wind):
    assert places.compass(places.bearing(HOME, end)) == wind


def test_near_tells_from_where_and_never_claims_to_be_inside():
    assert places.near(HOME, "Town", "Land", Place(0, 0.001)) == "near Town, Land"
    assert places.near(HOME, "Town", "", Place(0, 1)) == "about 111 km west of Town"


def test_near_works_across_the_antimeridian():
    assert places.near(Place(0, 179.9), "Town", "", Place(0, -179.9)) == "about 22 km west of Town"


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        (Direction(0.0, "T"), "looking north (0°, from true north)"),
        (Direction(359.9, "M"), "looking north (360°, from magnetic north)"),
        (Direction(200.0), "looking south (200°, the file does not say from which north)"),
    ],
)
def test_a_direction_names_its_north(direction, words):
    assert places.looking(direction) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=26), "26 hours"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=365), "12 months"),
        (timedelta(days=800), "2 years"),
    ],
)
def test_a_doubt_is_said_in_a_unit_that_reads_well(span, words):
    assert times.duration(span) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "UTC+00:00"), (510, "UTC+08:30"), (-210, "UTC−03:30"), (845, "UTC+14:05")]
)
def test_offsets_keep_their_minutes(minutes, words):
    assert times.offset(minutes) == words


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0: no rights reserved"),
        ("https://rightsstatements.org/page/InC/1.0/?language=en", "In copyright"),
        ("https://museum.example/terms/", "museum.example/terms"),
    ],
)
def test_licences_are_called_by_their_names(uri, name):
    assert rights.name(uri) == name


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (12_345_678, "12 MB")]
)
def test_sizes_are_powers_of_a_thousand(count, words):
    assert files.size(count) == words


@pytest.mark.parametrize("seconds", [0.0, 0.000125, 0.004, 0.3, 2.5, 30])
def test_exposures_are_said_as_photographers_say_them(seconds):
    assert files.exposure(seconds) == {
        0.0: "0 s", 0.000125: "1/8,000 s", 0.004: "1/250 s", 0.3: "0.3 s", 2.5: "2.5 s", 30: "30 s",
    }[seconds]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "date", "words"),
    [
        (Voice.GPS, Voice.CLOCK, "Place by the camera’s GPS, date by its clock; nobody has reviewed either."),
        (Voice.PERSON, Voice.CLOCK,
         "Place by a person’s word, date by the camera’s clock; nobody has reviewed either."),
        (Voice.PERSON, Voice.PERSON, "Place and date by a person’s word; nobody has reviewed either."),
        (Voice.NOBODY, Voice.NOBODY, "Nobody has said where or when."),
        (Voice.GPS, Voice.NOBODY, "Place by the camera’s GPS, not reviewed. Nobody has said when."),
    ],
)  # fmt: skip
def test_the_headline_says_who_speaks_and_that_nobody_has_looked(place, date, words):
    assert headline(Status.UNREVIEWED, place, Status.UNREVIEWED, date) == words


def test_the_headline_never_speaks_of_the_photo_as_a_whole():
    assert (
        headline(Status.CONFIRMED, Voice.GPS, Status.DISPUTED, Voice.CLOCK)
        == "Place: confirmed. Date: disputed."
    )


CLOCKS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))


@given(st.lists(st.tuples(CLOCKS, CLOCKS), min_size=1, max_size=4), st.datetimes(datetime(1990, 1, 1)))
def test_every_bar_and_tick_stays_on_the_axis(spans, received):
    spoken = [Spoken("x", Moment(min(span), max(span)), "") for span in spans]
    axis = draw(spoken, received)
    assert axis
    for bar in axis.bars:
        left, width = float(bar.x.rstrip("%")), float(bar.width.rstrip("%"))
        assert 0 <= left <= left + width <= 100.001
        assert width >= 0.9
    assert 0 <= float(axis.limit.rstrip("%")) <= 100
    assert len(axis.ticks) <= 7
    assert all(0 <= float(tick.x.rstrip("%")) <= 100 for tick in axis.ticks)


def test_a_second_is_solid_and_a_year_is_hatched():
    second = Moment.at(datetime(2020, 5, 1, 12, 0, 0))
    year = Moment(datetime(2020, 1, 1), datetime(2020, 12, 31, 23, 59, 59))
    axis = draw([Spoken("clock", second, ""), Spoken("poster", year, "")], datetime(2022, 1, 1))
    assert axis
    assert [bar.certain for bar in axis.bars] == [True, False]
    assert all(re.fullmatch(r"([A-Z][a-z]{2} )?\d{4}", tick.label) for tick in axis.ticks)


def test_with_nobody_speaking_there_is_no_axis():
    assert draw([], datetime(2022, 1, 1)) is None


@given(st.text(max_size=300))
def test_no_markdown_leaves_a_tag_beyond_the_list(text):
    allowed = {
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "del",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h4",
        "h5",
        "h6",
    }
    allowed |= {"table", "thead", "tbody", "tr", "th", "td", "a"}
    found = {name.lower() for name in re.findall(r"</?\s*([A-Za-z][A-Za-z0-9]*)", to_html(text))}
    assert found <= allowed


def test_an_endless_note_is_cut():
    assert len(to_html("word " * 100_000)) < 200_000
