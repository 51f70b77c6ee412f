from __future__ import annotations

from datetime import datetime

import edtf
import pytest
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given
from hypothesis import strategies as st

from archive.values.edtf import OPEN_END, OPEN_START, EdtfError, parse_edtf

years = st.integers(1, 9999).map("{:04}".format)
doubts = st.sampled_from(["", "?", "~", "%"])
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.dates().map(lambda day: day.isoformat())
seasons = st.builds("{}-{}".format, years, st.integers(21, 24))
offsets = st.one_of(
    st.just(""),
    st.just("Z"),
    st.builds(
        "{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(0, 11), st.sampled_from([0, 30, 45])
    ),
)
clocks = st.builds(
    lambda clock, zone: clock.isoformat() + zone,
    st.datetimes().map(lambda t: t.replace(microsecond=0)),
    offsets,
)
unspecified = st.one_of(
    st.integers(0, 999).map("{:03}X".format),
    st.integers(0, 99).map("{:02}XX".format),
    years.map("{}-XX".format),
    years.map("{}-XX-XX".format),
    months.map("{}-XX".format),
)
dates = st.one_of(years, months, days)
qualified = st.builds(str.__add__, dates, doubts)
open_ends = st.sampled_from(["..", ""])
intervals = st.one_of(
    st.builds("{}/{}".format, qualified, qualified),
    st.builds("{}/{}".format, open_ends, qualified),
    st.builds("{}/{}".format, qualified, open_ends),
    st.builds("{}/{}".format, seasons, seasons),
)
level_0_and_1 = st.one_of(dates, clocks, qualified, seasons, unspecified, intervals)
scraps = st.text(st.sampled_from("0123456789-X?~%/.:TZ+"), max_size=22)

BEYOND_LEVEL_1_AND_MEANT = ("T", "-21", "-22", "-23", "-24")
"""Clocks to the minute, clocks in intervals and qualified seasons: read by us, not by the peer."""


def peer_reads(text: str) -> bool:
    try:
        edtf.parse_edtf(text)
    except EDTFParseException:
        return False
    return True


@given(level_0_and_1)
def test_what_the_reference_grammar_accepts_is_read_or_refused_for_its_order_alone(text):
    assert peer_reads(text)
    try:
        complaint = ""
        parse_edtf(text)
    except EdtfError as error:
        complaint = str(error)
    assert not complaint or "ends before it begins" in complaint


@given(
    st.one_of(
        scraps,
        level_0_and_1.flatmap(
            lambda text: st.integers(0, max(0, len(text) - 1)).map(lambda at: text[:at] + text[at + 1 :])
        ),
    )
)
def test_what_is_kept_as_edtf_the_reference_grammar_accepts_too(text):
    try:
        span = parse_edtf(text)
    except EdtfError:
        return
    assert peer_reads(span.text) or any(mark in span.text for mark in BEYOND_LEVEL_1_AND_MEANT)


@given(st.one_of(level_0_and_1, scraps, st.text(max_size=30)))
def test_any_text_is_a_date_or_a_complaint_and_canonical_text_reads_as_itself(text):
    try:
        span = parse_edtf(text)
    except EdtfError as error:
        span, complaint = None, str(error)
    if span is None:
        assert len(complaint) > 15
        return
    assert parse_edtf(span.text) == span
    assert span.moment().earliest <= span.moment().latest


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1923", datetime(1923, 1, 1), datetime(1923, 12, 31, 23, 59, 59)),
        ("2020-02", datetime(2020, 2, 1), datetime(2020, 2, 29, 23, 59, 59)),
        ("2019-06-12", datetime(2019, 6, 12), datetime(2019, 6, 12, 23, 59, 59)),
        ("2019-06-12T14:30", datetime(2019, 6, 12, 14, 30), datetime(2019, 6, 12, 14, 30, 59)),
        ("2019-06-12T14:30:05", datetime(2019, 6, 12, 14, 30, 5), datetime(2019, 6, 12, 14, 30, 5)),
        ("192X", datetime(1920, 1, 1), datetime(1929, 12, 31, 23, 59, 59)),
        ("19XX", datetime(1900, 1, 1), datetime(1999, 12, 31, 23, 59, 59)),
        ("000X", datetime(1, 1, 1), datetime(9, 12, 31, 23, 59, 59)),
        ("2004-XX", datetime(2004, 1, 1), datetime(2004, 12, 31, 23, 59, 59)),
        ("2004-XX-XX", datetime(2004, 1, 1), datetime(2004, 12, 31, 23, 59, 59)),
        ("2004-06-XX", datetime(2004, 6, 1), datetime(2004, 6, 30, 23, 59, 59)),
        ("2019-21", datetime(2019, 3, 1), datetime(2019, 5, 31, 23, 59, 59)),
        ("2019-22", datetime(2019, 6, 1), datetime(2019, 8, 31, 23, 59, 59)),
        ("2019-23", datetime(2019, 9, 1), datetime(2019, 11, 30, 23, 59, 59)),
        ("2019-24", datetime(2019, 12, 1), datetime(2020, 2, 29, 23, 59, 59)),
        ("9999-24", datetime(9999, 12, 1), OPEN_END),
        ("1923?", datetime(1923, 1, 1), datetime(1923, 12, 31, 23, 59, 59)),
        ("1923~", datetime(1918, 1, 1), datetime(1928, 12, 31, 23, 59, 59)),
        ("1923%", datetime(1918, 1, 1), datetime(1928, 12, 31, 23, 59, 59)),
        ("192X~", datetime(1915, 1, 1), datetime(1934, 12, 31, 23, 59, 59)),
        ("19XX~", datetime(1875, 1, 1), datetime(2024, 12, 31, 23, 59, 59)),
        ("2019-01~", datetime(2018, 12, 1), datetime(2019, 2, 28, 23, 59, 59)),
        ("2019-22~", datetime(2019, 3, 1), datetime(2019, 11, 30, 23, 59, 59)),
        ("2019-06-12~", datetime(2019, 6, 9), datetime(2019, 6, 15, 23, 59, 59)),
        ("0002~", OPEN_START, datetime(7, 12, 31, 23, 59, 59)),
        ("0001-01-02~", OPEN_START, datetime(1, 1, 5, 23, 59, 59)),
        ("9999-12-31~", datetime(9999, 12, 28), OPEN_END),
        ("1920/1930", datetime(1920, 1, 1), datetime(1930, 12, 31, 23, 59, 59)),
        ("1920~/1930", datetime(1915, 1, 1), datetime(1930, 12, 31, 23, 59, 59)),
        ("2004-06/2004", datetime(2004, 6, 1), datetime(2004, 12, 31, 23, 59, 59)),
    ],
)
def test_bounds_are_the_published_ones(text, first, last):
    span = parse_edtf(text)
    assert (span.earliest, span.latest) == (first, last)


def test_an_open_or_unknown_end_is_no_bound_and_keeps_its_spelling():
    for text in ("../1923", "/1923"):
        assert (parse_edtf(text).earliest, parse_edtf(text).text) == (None, text)
    for text in ("1923/..", "1923/"):
        assert (parse_edtf(text).latest, parse_edtf(text).text) == (None, text)
    assert parse_edtf("../1923").moment().earliest == OPEN_START
    assert parse_edtf("1923/..").moment().latest == OPEN_END


def test_doubt_is_flagged_wherever_it_stands():
    flags = {
        text: (parse_edtf(text).approximate, parse_edtf(text).uncertain)
        for text in ("1923", "1923?", "1923~", "1923%")
    }
    assert flags == {
        "1923": (False, False),
        "1923?": (False, True),
        "1923~": (True, False),
        "1923%": (True, True),
    }
    assert parse_edtf("1920/1930?").uncertain
    assert parse_edtf("1920~/1930").approximate


def test_an_offset_stays_beside_the_clock_that_states_it():
    assert parse_edtf("2019-06-12T14:30:05Z").offset_minutes == 0
    assert parse_edtf("2019-06-12T14:30:05-03:30").offset_minutes == -210
    assert parse_edtf("2019-06-12T14:30:05+0545").text == "2019-06-12T14:30:05+05:45"
    assert parse_edtf("2019-06-12T14:30:05").offset_minutes is None


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "write for example"),
        ("-0044", "0001 to 9999"),
        ("Y17000", "0001 to 9999"),
        ("0000", "0001 to 9999"),
        ("2019-02-30", "February 2019 has 28 days"),
        ("2019-13", "there is no month 13; write 2019/2013"),
        ("2019-XX-12", "write 2019-XX"),
        ("192X-05", "in full"),
        ("1930/1920", "earlier date first"),
        ("../..", "leave the date empty"),
        ("/", "leave the date empty"),
        ("2019-06-12T24:00:00", "00:00:00 to 23:59:59"),
        ("2019-06-12T14:30:60", "00:00:00 to 23:59:59"),
        ("2019-06-12T14:30:05+15:00", "-12:00 to +14:00"),
        ("2019-06-12T14:00Z/2019-06-12T15:00+02:00", "same offset"),
        ("2019-21T14:00", "write for example"),
        ("x" * 101, "at most 100 characters"),
    ],
)
def test_a_date_that_cannot_be_read_says_what_to_write(text, advice):
    with pytest.raises(EdtfError, match=r".") as caught:
        parse_edtf(text)
    assert advice in str(caught.value)
