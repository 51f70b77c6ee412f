"""What a measured shadow says, as it is drawn: days across, hours down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.pages.grounds.shadow_view import HOUR, LEFT, TOP, shadow_view
from archive.values.moment import Interval

MEASURED = {
    "tool": "shadow",
    "base": [0.5, 0.8],
    "top": [0.5, 0.4],
    "shadow_base": [0.5, 0.8],
    "shadow_tip": [0.7, 0.78],
    "view": "oblique",
    "level_ground": True,
    "place": {"latitude": 37.5665, "longitude": 126.978, "radius_m": 500},
    "north_deg": 0,
    "pitch_deg": 20,
    "fov_deg": 50,
    "aspect": 4 / 3,
}


def interval(first: tuple[int, int, int], last: tuple[int, int, int]) -> Interval:
    """From and to these days in Seoul, nine hours ahead of UTC."""
    return Interval(datetime(*first, tzinfo=UTC), datetime(*last, 14, 59, tzinfo=UTC))


def corners(band) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in band.points.split())]


def test_every_year_of_a_short_interval_is_drawn_and_told_in_the_table():
    view = shadow_view(MEASURED, interval=interval((2019, 1, 1), (2020, 12, 31)))
    assert [drawing.year for drawing in view.drawings] == [2019, 2020]
    assert len(view.rows) == sum(len(drawing.bands) for drawing in view.drawings)
    assert {row.year for row in view.rows} == {2019, 2020}
    assert view.undrawn == ""
    assert "never tells one year" in view.note


def test_many_years_are_drawn_once_and_all_told():
    view = shadow_view(MEASURED, interval=interval((2005, 1, 1), (2020, 12, 31)))
    assert len(view.drawings) == 1
    assert "The other 15 years from 2005 to 2020" in view.undrawn
    assert {row.year for row in view.rows} == set(range(2005, 2021))
    assert view.more == 0


def test_a_band_lies_within_the_drawing_and_has_both_its_edges():
    view = shadow_view(MEASURED, interval=interval((2019, 1, 1), (2019, 12, 31)))
    for band in view.drawings[0].bands:
        drawn = corners(band)
        assert all(LEFT <= x <= LEFT + 366 and TOP <= y <= TOP + 24 * HOUR for x, y in drawn)
        assert drawn[0][0] == drawn[-1][0]
        assert drawn[0][1] <= drawn[-1][1]


def test_windows_outside_the_date_are_outlined_not_filled():
    whole = shadow_view(MEASURED, interval=interval((2019, 1, 1), (2019, 12, 31)))
    part = shadow_view(MEASURED, interval=interval((2019, 12, 20), (2019, 12, 24)))
    assert all(band.is_within for band in whole.drawings[0].bands)
    assert whole.key == ""
    assert len(part.drawings[0].bands) == len(whole.drawings[0].bands)
    assert not all(band.is_within for band in part.drawings[0].bands)
    assert part.key.startswith("Filled windows overlap the date")
    assert part.drawings[0].due == (LEFT + 353, 5.0)


def test_without_a_date_a_typical_year_is_drawn_and_nothing_compared():
    view = shadow_view(MEASURED, interval=None)
    assert len(view.drawings) == 1
    assert view.outcome == "can't tell"
    assert {row.within for row in view.rows} == {""}
    assert view.key == ""


@pytest.mark.parametrize("missing", ["place", "level_ground", "aspect"])
def test_what_is_missing_leaves_a_reason_and_no_drawing(missing):
    stored = MEASURED | {missing: False if missing == "level_ground" else None}
    view = shadow_view(stored, interval=None)
    assert view.outcome == "can't tell"
    assert view.sentence
    assert (view.drawings, view.rows, view.note) == ((), (), "")


def test_a_sun_that_never_stands_so_is_told_without_a_drawing():
    view = shadow_view(MEASURED | {"place": {"latitude": 80.0, "longitude": 20.0}}, interval=None)
    assert view.sentence.endswith("It never stands so at this place.")
    assert (view.drawings, view.rows, view.undrawn, view.note) == ((), (), "", "")
    assert view.assumptions


def test_a_measurement_that_cannot_be_read_could_not_be_checked():
    view = shadow_view({"tool": "ruler"}, interval=None)
    assert view.outcome == "couldn't check"
    assert view.sentence == "This is no measurement of a shadow."
