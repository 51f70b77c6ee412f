from __future__ import annotations

import pytest

from archive.values.edtf import EdtfError, parse_edtf


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("about 1923", "1923~"),
        ("c. 1923", "1923~"),
        ("circa June 1923", "1923-06~"),
        ("possibly 1923", "1923?"),
        ("1923 (?)", "1923?"),
        ("perhaps about 1923", "1923%"),
        ("12 June 2019", "2019-06-12"),
        ("12th of June, 2019", "2019-06-12"),
        ("12-Jun-2019", "2019-06-12"),
        ("June 12, 2019", "2019-06-12"),
        ("Sept. 2019", "2019-09"),
        ("may 2019", "2019-05"),
        ("2019-6-2", "2019-06-02"),
        ("2019/06/12", "2019-06-12"),
        ("2019:06:12 14:30:05", "2019-06-12T14:30:05"),
        ("2019-06-12 14:30", "2019-06-12T14:30"),
        ("2019-06-12t14:30:05.123+08:00", "2019-06-12T14:30:05+08:00"),
        ("12 June 2019 at 2:30 pm", "2019-06-12T14:30"),
        ("12 June 2019 12.05 a.m.", "2019-06-12T00:05"),
        ("2019-06-12 14:30 UTC", "2019-06-12T14:30Z"),
        ("1920s", "192X"),
        ("the 1920’s", "192X"),
        ("about 1920s", "192X~"),
        ("19th century", "18XX"),
        ("summer of 2019", "2019-22"),
        ("fall 2019", "2019-23"),
        ("between 1920 and 1930", "1920/1930"),
        ("from about 1920 to June 1930", "1920~/1930-06"),
        ("1920 – 1930", "1920/1930"),
        ("1920-1930", "1920/1930"),
        ("12 June 2019 to 14 June 2019", "2019-06-12/2019-06-14"),
        ("before 1950", "../1949"),
        ("before 1950s", "../1949"),
        ("before June 2019", "../2019-05"),
        ("before January 2019", "../2018-12"),
        ("before 1 March 2020", "../2020-02-29"),
        ("after 1950", "1951/.."),
        ("after 1950s", "1960/.."),
        ("after 20th century", "2000/.."),
        ("after 31 December 2019", "2020-01-01/.."),
        ("since 1950", "1950/.."),
        ("until 12 June 2019", "../2019-06-12"),
        ("no later than about 1950", "../1950~"),
    ],
)
def test_a_date_as_people_type_it_is_kept_as_edtf(typed, kept):
    assert parse_edtf(typed).text == kept


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("03/04/2019", "write 2019-04-03 for 3 April or 2019-03-04 for 4 March"),
        ("25.12.2019", "write 2019-12-25 for 25 December"),
        ("12.06.2019 14:30", "does not say which is the month"),
        ("99/99/2019", "the year first"),
        ("3/4/19", "four digits"),
        ("1900s", "write 190X or 19XX"),
        ("about 12 June 2019 14:30", "write the day alone or a span"),
        ("about 1923~", "says twice"),
        ("12 June 2019 14 pm:30", "write for example"),
        ("12 June 2019 14:30 pm", "1 to 12"),
        ("31 June 2019", "June 2019 has 30 days"),
        ("before summer 2019", "a span such as ../2019-22"),
        ("before about 1950", "one plain date"),
        ("before 0001", "0001 to 9999"),
        ("after 9999", "0001 to 9999"),
        ("between 1920 and then", "write for example"),
        ("about", "write for example"),
        ("yesterday", "write for example"),
        ("44 BC", "write for example"),
    ],
)
def test_a_date_that_would_have_to_be_guessed_is_refused_with_what_to_write(typed, advice):
    with pytest.raises(EdtfError) as caught:
        parse_edtf(typed)
    assert advice in str(caught.value)
