from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.edtf import OPEN_END, OPEN_START, parse_edtf
from archive.values.moment import Moment
from archive.values.wording import NO_DATE, describe, heading


@pytest.mark.parametrize(
    ("text", "card", "group"),
    [
        ("2019-06-12T14:30:05+08:00", "12 June 2019, 14:30:05", "12 June 2019"),
        ("2019-06-12T14:30", "12 June 2019, 14:30", "12 June 2019"),
        ("2019-06-12", "12 June 2019", "12 June 2019"),
        ("2019-06-12~", "about 12 June 2019", "about 12 June 2019"),
        ("2019-06", "June 2019", "June 2019"),
        ("2019-06-XX", "June 2019", "June 2019"),
        ("2020", "2020, some time in the year", "2020, some time in the year"),
        ("2020-XX-XX", "2020, some time in the year", "2020, some time in the year"),
        ("1923~", "about 1923", "about 1923"),
        ("1923?", "possibly 1923", "possibly 1923"),
        ("1923%", "possibly about 1923", "possibly about 1923"),
        ("192X", "1920s", "1920s"),
        ("190X", "1900 to 1909", "1900 to 1909"),
        ("19XX", "1900 to 1999", "1900 to 1999"),
        ("2019-22", "summer 2019 (June to August)", "summer 2019 (June to August)"),
        ("2019-24", "winter 2019 (December to February 2020)", "winter 2019 (December to February 2020)"),
        ("1920/1930~", "between 1920 and about 1930", "between 1920 and about 1930"),
        ("../1949", "1949 or earlier", "1949 or earlier"),
        ("1951/", "1951 or later", "1951 or later"),
        (
            "2019-06-12T14:30/2019-06-12T15:00",
            "between 12 June 2019, 14:30 and 12 June 2019, 15:00",
            "12 June 2019",
        ),
    ],
)
def test_a_date_is_printed_as_fine_as_it_is_known_and_grouped_no_finer_than_the_day(text, card, group):
    assert describe(parse_edtf(text)) == card
    assert heading(parse_edtf(text)) == group


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (datetime(2019, 6, 12, 14, 30, 5), datetime(2019, 6, 12, 14, 30, 5), "12 June 2019, 14:30:05"),
        (datetime(2019, 6, 12, 14, 30), datetime(2019, 6, 12, 14, 30, 59), "12 June 2019, 14:30"),
        (datetime(2019, 6, 12), datetime(2019, 6, 12, 23, 59, 59), "12 June 2019"),
        (datetime(2019, 6, 1), datetime(2019, 6, 30, 23, 59, 59), "June 2019"),
        (datetime(2020, 1, 1), datetime(2020, 12, 31, 23, 59, 59), "2020, some time in the year"),
        (datetime(1920, 1, 1), datetime(1929, 12, 31, 23, 59, 59), "1920s"),
        (datetime(1900, 1, 1), datetime(1999, 12, 31, 23, 59, 59), "1900 to 1999"),
        (datetime(1918, 1, 1), datetime(1928, 12, 31, 23, 59, 59), "between 1918 and 1928"),
        (datetime(2019, 6, 9), datetime(2019, 6, 15, 23, 59, 59), "between 9 June 2019 and 15 June 2019"),
        (OPEN_START, datetime(1949, 12, 31, 23, 59, 59), "1949 or earlier"),
        (datetime(1951, 1, 1), OPEN_END, "1951 or later"),
    ],
)
def test_bounds_without_a_text_find_their_plainest_words(first, last, words):
    assert describe(Moment(first, last)) == words


def test_no_date_says_so():
    assert describe(None) == heading(None) == NO_DATE


def test_a_text_that_no_longer_reads_falls_back_on_the_bounds():
    assert (
        describe(Moment(datetime(2019, 6, 12), datetime(2019, 6, 12, 23, 59, 59)), "mid June")
        == "12 June 2019"
    )


@given(st.datetimes(OPEN_START, OPEN_END), st.datetimes(OPEN_START, OPEN_END))
def test_every_span_has_words(one, other):
    first, last = sorted((one.replace(microsecond=0), other.replace(microsecond=0)))
    assert describe(Moment(first, last))
    assert heading(Moment(first, last))
