"""Byte ranges as RFC 9110 section 14 wants them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.api.ranges import CHUNK, BoundedReader, Span, UnsatisfiableError, asked_span


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-99", Span(0, 100)),
        ("bytes=90-", Span(90, 10)),
        ("bytes=-10", Span(90, 10)),
        ("bytes=-1000", Span(0, 100)),
        ("bytes=50-1000", Span(50, 50)),
        ("Bytes=1-2", Span(1, 2)),
        ("bytes= 1-2 ", Span(1, 2)),
    ],
)
def test_one_range_is_understood(header, span):
    assert asked_span(header, 100) == span


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5",
     "bytes=1 - 2", "bytes=+1-2", "bytes=１-２", f"bytes={'9' * 400}-"],
)  # fmt: skip
def test_what_is_no_single_range_is_passed_over(header):
    assert asked_span(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(header):
    with pytest.raises(UnsatisfiableError):
        asked_span(header, 100)


@given(st.text(max_size=40), st.integers(0, 10**12))
def test_no_header_makes_a_span_outside_the_file(header, size):
    try:
        span = asked_span(f"bytes={header}", size)
    except UnsatisfiableError:
        return
    if span is not None:
        assert 0 <= span.start < size
        assert 1 <= span.length <= size - span.start


def test_a_long_part_comes_in_chunks_and_closes_the_file():
    stream = io.BytesIO(b"x" * (2 * CHUNK + 10))
    chunks = list(BoundedReader(stream, Span(5, 2 * CHUNK)))
    assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK]
    assert stream.closed
