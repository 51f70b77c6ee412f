"""Whatever the bytes of a map file, reading it answers or raises our own error."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.mapfiles import mbtiles, pmtiles, register
from archive.mapfiles.errors import MapFileError
from archive.mapfiles.facts import plain_text
from archive.mapfiles.pmtiles_directory import read_directory
from archive.mapfiles.raster import media_type
from tests.mapmaking import a_map, a_square, write_pmtiles

CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=40)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Paths, not bytes: Hypothesis prints what a test was called with."""
    folder = tmp_path_factory.mktemp("whole")
    tiles = a_square(3, range(8), range(8))
    return {
        mbtiles: a_map(folder, zoom=3, columns=range(8), rows=range(8)),
        pmtiles: write_pmtiles(folder / "plan.pmtiles", tiles, name="Plan"),
    }


def read_all(format_, data):
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        with contextlib.suppress(MapFileError):
            register.read_facts(Path(file.name))
        for column in range(3):
            with contextlib.suppress(MapFileError):
                kept = format_.read_tile(Path(file.name), 3, column, 5)
                assert kept is None or isinstance(kept, bytes)


@pytest.mark.parametrize("format_", [mbtiles, pmtiles], ids=["mbtiles", "pmtiles"])
@settings(max_examples=60, deadline=None)
@given(changes=CHANGES, head=st.booleans(), kept=st.floats(0.01, 1))
def test_a_damaged_file_answers_or_is_refused(whole, format_, changes, head, kept):
    data = bytearray(whole[format_].read_bytes())
    reach = min(len(data), 400) if head else len(data)
    for place, value in changes:
        data[int(place * reach)] = value
    read_all(format_, bytes(data[: int(len(data) * kept)]))


@pytest.mark.parametrize("format_", [mbtiles, pmtiles], ids=["mbtiles", "pmtiles"])
@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_after_the_right_beginning_are_refused(format_, data):
    beginning = format_.MAGIC + (b"\x03" if format_ is pmtiles else b"")
    read_all(format_, beginning + data)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_directory_or_refused(data):
    with contextlib.suppress(MapFileError):
        assert len(read_directory(data)) > 0


@given(st.binary(max_size=80))
def test_only_four_kinds_of_picture_have_a_type(data):
    assert media_type(data) in {None, "image/png", "image/jpeg", "image/webp", "image/avif"}


@given(st.text(max_size=200))
def test_a_files_words_become_one_line_of_text(text):
    words = plain_text(text, 50)
    assert len(words) <= 50
    assert words.isprintable()


def test_markup_in_a_files_words_is_dropped_and_its_text_kept():
    text = '<a href="https://x.example" onclick="alert(1)">Sheet&nbsp;12</a><script>alert(1)</script>'
    assert plain_text(text, 100) == "Sheet 12"
    assert plain_text("1 &lt; 2", 100) == "1 < 2"
    assert plain_text(None, 100) == ""
