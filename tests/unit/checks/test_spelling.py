from __future__ import annotations

import pytest

from archive.checks import spelling


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (12.4, "12 s"),
        (83, "1 min 23 s"),
        (-3600, "1 h"),
        (30_600, "8 h 30 min"),
        (90_000, "1 day 1 h"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds, words):
    assert spelling.span(seconds) == words


def test_offsets_are_told_east_and_west_and_none_as_utc():
    assert [spelling.offset(minutes) for minutes in (510, -210, 0)] == ["UTC+08:30", "UTC-03:30", "UTC"]


def test_lists_are_joined_as_people_do():
    assert [spelling.listed(names) for names in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]
