"""How the columns lie in their file: a fixed preamble, the arrays one after another, and a table of contents.

The file is written beside, synced and renamed, so that there is a whole one or none; readers that have mapped
an older one keep it. The preamble is written last and names the place and checksum of the table of contents,
which names every array's type, place and length.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import numpy as np
from numpy.typing import NDArray

FORMAT: Final = 1
PART: Final = ".part"
_MAGIC: Final = b"WHENCE-C"
_ORDER: Final = 0x01020304  # reads otherwise on a machine of the other byte order
_PREAMBLE: Final = struct.Struct("=8sIIQQI")  # magic, order, format, place and length of the contents, CRC-32
_ALIGNED: Final = 64  # a cache line


class ColumnsError(Exception):
    """The column file cannot be used; the message says why. SQL answers meanwhile."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Arrays by name, mapped and not writable, and what the writer said about them."""

    arrays: dict[str, NDArray[Any]]
    said: dict[str, Any]
    byte_count: int


class Writer:
    """Writes `path` when it ends well; until then and otherwise there is only a `.part` beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = path.with_name(f"{path.name}.{os.getpid()}{PART}")
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._out: BinaryIO
        self.said: dict[str, Any] = {}
        self.byte_count = 0

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._out = self._beside.open("wb")
        self._out.write(bytes(_ALIGNED))
        return self

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Write one array of one dimension."""
        place = self._pad()
        whole = np.ascontiguousarray(array)
        self._out.write(whole.view(np.uint8).data if len(whole) else b"")
        self._arrays[name] = (whole.dtype.str, place, len(whole))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self._out):  # which fails once more on a full disk
            try:
                if kind is None:
                    self._finish()
            finally:
                self._beside.unlink(missing_ok=True)

    def _finish(self) -> None:
        place = self._pad()
        contents = json.dumps({"arrays": self._arrays, "said": self.said}).encode()
        self._out.write(contents)
        self.byte_count = self._out.tell()
        self._out.seek(0)
        self._out.write(_PREAMBLE.pack(_MAGIC, _ORDER, FORMAT, place, len(contents), zlib.crc32(contents)))
        self._out.flush()
        os.fsync(self._out.fileno())
        self._beside.replace(self._path)
        _sync(self._path.parent)

    def _pad(self) -> int:
        place = self._out.tell()
        self._out.write(bytes(-place % _ALIGNED))
        return self._out.tell()


def opened(path: Path) -> Contents:
    """Map a file. Raises `ColumnsError`, `FileNotFoundError` when there is none."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        place, length, checksum = _preamble(file.read(_PREAMBLE.size))
        if place + length != size:
            raise ColumnsError("the column file is torn: it ends too early or too late")
        mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    contents = mapped[place:]
    if zlib.crc32(contents) != checksum:
        raise ColumnsError("the column file is torn: its table of contents is damaged")
    told = json.loads(contents)
    arrays = {}
    for name, (kind, start, count) in told["arrays"].items():
        dtype = np.dtype(kind)
        if start + count * dtype.itemsize > place:
            raise ColumnsError(f"the column file is torn: {name} is cut off")
        arrays[name] = np.frombuffer(mapped, dtype, count, start)
    return Contents(arrays, told["said"], size)


def _preamble(data: bytes) -> tuple[int, int, int]:
    if len(data) < _PREAMBLE.size:
        raise ColumnsError("the column file is torn: it has no beginning")
    magic, order, version, place, length, checksum = _PREAMBLE.unpack(data)
    if magic != _MAGIC:
        raise ColumnsError("this is no column file of Whence")
    if order != _ORDER:
        raise ColumnsError(f"the column file was built on a machine that is not {sys.byteorder}-endian")
    if version != FORMAT:
        raise ColumnsError(f"the column file has format {version}, this version of Whence reads {FORMAT}")
    return place, length, checksum


def clear_leftovers(path: Path) -> None:
    """Remove what builders that were killed left beside the file; to be called by the one that builds."""
    for left in path.parent.glob(f"{path.name}.*{PART}"):
        left.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
