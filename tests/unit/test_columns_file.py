"""The column file is whole and of this format and machine, or it is refused with the reason."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from archive.atlas.columns import layout
from archive.atlas.columns.layout import ColumnsError, Writer, opened
from archive.atlas.columns.overlay import reach_of
from archive.atlas.columns.profiles import Numbering
from archive.atlas.columns.raw import RAW
from archive.atlas.columns.rows import Ordered


@pytest.fixture
def path(tmp_path):
    return tmp_path / "atlas" / "columns"


def write(path, length=1000) -> None:
    with Writer(path) as out:
        out.add("numbers", np.arange(length))
        out.add("words", np.array([b"abc", b"d"]))
        out.add("nothing", np.zeros(0, np.uint8))
        out.said = {"photos": length}


def test_what_was_written_is_read(path):
    write(path)
    contents = opened(path)
    assert contents.arrays["numbers"].tolist() == list(range(1000))
    assert contents.arrays["words"].tolist() == [b"abc", b"d"]
    assert len(contents.arrays["nothing"]) == 0
    assert contents.said == {"photos": 1000}
    assert contents.byte_count == path.stat().st_size


def test_arrays_begin_at_cache_lines(path):
    write(path)
    for array in opened(path).arrays.values():
        assert array.ctypes.data % 64 == 0 or not len(array)


@pytest.mark.parametrize("kept", [0, 10, 64, 5000, -1])
def test_a_torn_file_is_refused(path, kept):
    write(path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ColumnsError, match="torn"):
        opened(path)


def test_bytes_behind_the_end_are_refused(path):
    write(path)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ColumnsError, match="torn"):
        opened(path)


def test_a_damaged_table_of_contents_is_refused(path):
    write(path)
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)
    with pytest.raises(ColumnsError, match="table of contents"):
        opened(path)


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (0, b"ANYTHING", "no column file"),
        (8, struct.pack(">I", 0x01020304), "endian"),
        (12, b"\7\0\0\0", "format 7"),
    ],
)
def test_a_foreign_file_is_refused_with_the_reason(path, place, value, reason):
    write(path)
    data = bytearray(path.read_bytes())
    if place == 8 and data[8:12] == value:
        value = value[::-1]
    data[place : place + len(value)] = value
    path.write_bytes(data)
    with pytest.raises(ColumnsError, match=reason):
        opened(path)


def test_a_disk_that_fails_leaves_the_old_file_and_nothing_beside_it(path, monkeypatch):
    write(path, 10)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(layout.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(path, 20)
    assert len(opened(path).arrays["numbers"]) == 10
    assert [one.name for one in path.parent.iterdir()] == ["columns"]


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_beside_it(path):
    write(path, 10)

    def fail() -> None:
        with Writer(path) as out:
            out.add("numbers", np.arange(5))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(opened(path).arrays["numbers"]) == 10
    assert [one.name for one in path.parent.iterdir()] == ["columns"]


def test_a_reader_keeps_the_file_it_has_mapped(path):
    write(path, 10)
    old = opened(path).arrays["numbers"]
    write(path, 20)
    layout.clear_leftovers(path)
    assert old.tolist() == list(range(10))
    assert len(opened(path).arrays["numbers"]) == 20


def test_the_reach_of_a_radius_is_the_least_power_of_two_that_covers_it():
    radii = np.array(
        [np.nan, 0.0, 0.3, 1.0, 1.0000001, 2.0, 3.0, 4.0, 1024.0, np.nextafter(1024.0, 2e3), 2e7]
    )
    assert reach_of(radii).tolist() == [0, 1, 1, 1, 2, 2, 3, 3, 11, 12, 26]


def test_a_combination_keeps_its_number_however_large_the_keys():
    raw = np.zeros(5, RAW)
    raw["collection"] = [2**40, 1, 2**40, 1, 1]
    raw["licence"] = [2**41, 0, 2**41, 0, 7]
    raw["device"] = [2**42, 3, 2**42, 3, 3]
    numbering = Numbering()
    numbers = numbering.numbers(raw)
    assert numbers[0] == numbers[2] != numbers[1] == numbers[3]
    assert len(numbering) == 3
    again = Numbering.of(numbering.table()).numbers(raw)
    assert again.tolist() == numbers.tolist()
    assert numbering.table().device[numbers].tolist() == raw["device"].tolist()


def test_several_rows_of_a_photo_are_all_found():
    photo = np.array([5, 3, 5, 9, 3], np.int64)
    lookup = Ordered(photo, np.argsort(photo, kind="stable"))
    assert lookup.positions(np.array([3, 5, 5, 7])).tolist() == [0, 1, 2, 4]
    assert lookup.positions(np.array([7])).tolist() == []
