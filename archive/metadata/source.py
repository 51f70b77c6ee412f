"""Bytes to look into, small files from memory and large ones from disk."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IN_MEMORY_BYTES = 8 * 1024 * 1024
CHUNK = 1024 * 1024


class Source(Protocol):
    size: int

    def read(self, offset: int, length: int) -> bytes:
        """Return up to `length` bytes; fewer at the end, none outside. Never raises on a range."""


class Memory:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)

    def read(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length] if offset >= 0 and length > 0 else b""


class Disk:
    def __init__(self, fd: int, size: int) -> None:
        self.fd = fd
        self.size = size

    def read(self, offset: int, length: int) -> bytes:
        if not (0 <= offset < self.size) or length <= 0:
            return b""
        return os.pread(self.fd, min(length, self.size - offset), offset)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Source, str]]:
    """Yield the file's bytes and their SHA-256 in hexadecimal; reads the file once from end to end."""
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        if size <= IN_MEMORY_BYTES:
            data = file.readall()
            yield Memory(data), hashlib.sha256(data).hexdigest()
            return
        digest = hashlib.sha256()
        chunk = bytearray(CHUNK)
        view = memoryview(chunk)
        while count := file.readinto(chunk):
            digest.update(view[:count])
        yield Disk(file.fileno(), size), digest.hexdigest()
