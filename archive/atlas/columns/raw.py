"""Index rows as the database has them, read past the ORM into arrays of one record a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, cast

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from archive.atlas.columns.rows import NONE_ID, NOWHERE
from archive.catalogue.models import PUBLIC_ID_LENGTH, IndexRow

Raw = NDArray[np.void]

UNDATED: Final = -(1 << 62)
CHUNK: Final = 200_000
BATCH: Final = 500
_COPY_HEADER: Final = 19  # bytes before the first row: "COPY", "File Formats" in PostgreSQL's manual
REF: Final = f"S{PUBLIC_ID_LENGTH}"
_REF: Final = f"S{(PUBLIC_ID_LENGTH + 7) // 8 * 8}"  # whole words, so that rows can be compared word by word

# name, type in the record, type in PostgreSQL, what stands for null
_FIELDS: Final = (
    ("photo", "<i8", "bigint", None),
    ("collection", "<i8", "bigint", None),
    ("key", "<i8", "bigint", NOWHERE),
    ("latitude", "<f8", "double precision", "NaN"),
    ("longitude", "<f8", "double precision", "NaN"),
    ("radius_m", "<f8", "double precision", "NaN"),
    ("west", "<f8", "double precision", "NaN"),
    ("south", "<f8", "double precision", "NaN"),
    ("east", "<f8", "double precision", "NaN"),
    ("north", "<f8", "double precision", "NaN"),
    ("direction", "<f8", "double precision", "NaN"),
    ("width_deg", "<f8", "double precision", "NaN"),
    ("earliest", "<i8", "bigint", UNDATED),
    ("latest", "<i8", "bigint", UNDATED),
    ("licence", "<i8", "bigint", NONE_ID),
    ("device", "<i8", "bigint", NONE_ID),
    ("added", "<i8", "bigint", None),
    ("ref", _REF, "text", None),
    ("part", "<u2", "smallint", None),
    ("parts", "<u2", "smallint", None),
    ("place_status", "u1", "smallint", None),
    ("time_status", "u1", "smallint", None),
    ("audience", "u1", "smallint", None),
)
RAW: Final = np.dtype([*((name, kind) for name, kind, _sql, _null in _FIELDS), ("rest", "u1")])
"""One row of the index; NaN, UNDATED, NOWHERE and NONE_ID stand for null. `rest` fills up the last word."""
WORDS: Final = RAW.itemsize // 8

_WIDTHS: Final = {"bigint": 8, "double precision": 8, "smallint": 2}
_BINARY: Final = {"bigint": ">i8", "double precision": ">f8", "smallint": ">i2"}


class RowError(Exception):
    """A row of the index cannot be taken over."""


def no_rows() -> Raw:
    return np.zeros(0, RAW)


def all_rows() -> Iterator[Raw]:
    """Yield every row of the index in chunks, in the order of the table."""
    if connection.vendor == "postgresql":
        yield from _copied()
    else:
        yield from _fetched(_select(_plain()), ())


def rows_of(photos: Sequence[int]) -> Raw:
    """Return the rows of some photos; those that are gone have none."""
    columns = [*_typed(), "0"] if connection.vendor == "postgresql" else _plain()
    found: list[Raw] = []
    for start in range(0, len(photos), BATCH):
        batch = photos[start : start + BATCH]
        marks = ", ".join(["%s"] * len(batch))
        found.extend(_fetched(f"{_select(columns)} WHERE photo_id IN ({marks})", batch))
    return np.concatenate(found) if found else no_rows()


def _fetched(query: str, parameters: Sequence[int]) -> Iterator[Raw]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows = iter(cast("Any", cursor).cursor)  # the driver's own: a wrapper costs more than the rows
        while len(chunk := np.fromiter(islice(rows, CHUNK), RAW)):
            yield chunk


def _copied() -> Iterator[Raw]:
    """Read by COPY in binary: each row is a count of fields, then for each its length and bytes."""
    sent = _sent()
    size = sent.itemsize
    waiting = bytearray()
    skip = _COPY_HEADER
    for message in _messages(f"COPY ({_select(_typed())}) TO STDOUT (FORMAT BINARY)"):
        waiting += message
        if len(waiting) >= skip + CHUNK * size:
            yield _received(waiting, skip, sent)
            del waiting[: skip + (len(waiting) - skip) // size * size]
            skip = 0
    if len(waiting) - skip >= size:
        yield _received(waiting, skip, sent)


def _messages(statement: str) -> Iterator[bytes]:
    """Yield what the server sends. By libpq's own calls: psycopg's do more for each of millions of rows.

    They are the public `psycopg.pq`; see "Functions Associated with the COPY Command" in PostgreSQL's manual.
    """
    from psycopg.pq import ExecStatus  # noqa: PLC0415 - the driver is wanted with PostgreSQL alone

    with connection.cursor() as cursor:
        line = cast("Any", cursor).connection.pgconn
        begun = line.exec_(statement.encode())
        if begun.status != ExecStatus.COPY_OUT:
            raise RowError(f"the index cannot be read: {begun.error_message.decode()}")
        try:
            while (sent := line.get_copy_data(0))[0] > 0:
                yield sent[1]
        finally:
            # whoever stops early leaves the rest to be taken in, or the connection could not be used again
            while sent[0] > 0:
                sent = line.get_copy_data(0)
            while (ended := line.get_result()) is not None:
                status, reason = ended.status, ended.error_message
        if status != ExecStatus.COMMAND_OK:
            raise RowError(f"the index was not read to its end: {reason.decode()}")


def _sent() -> np.dtype[np.void]:
    """One row of the binary copy, as long as no field is null or of another length."""
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name, _kind, sql, _null in _FIELDS:
        fields.append((f"length of {name}", ">i4"))
        fields.append((name, _BINARY.get(sql, f"S{PUBLIC_ID_LENGTH}")))
    return np.dtype(fields)


def _received(waiting: bytearray, skip: int, sent: np.dtype[np.void]) -> Raw:
    rows = np.frombuffer(bytes(memoryview(waiting)[skip:]), sent, (len(waiting) - skip) // sent.itemsize)
    raw = np.zeros(len(rows), RAW)
    for name, _kind, sql, _null in _FIELDS:
        length = _WIDTHS.get(sql, PUBLIC_ID_LENGTH)
        if (rows[f"length of {name}"] != length).any():
            raise RowError(f"a row's {name} is not {length} bytes long: run rebuild_atlas without --columns")
        raw[name] = rows[name]
    return raw


def _select(columns: Sequence[str]) -> str:
    table = connection.ops.quote_name(IndexRow._meta.db_table)  # noqa: SLF001 - the name Django documents
    return f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - names from models


def _plain() -> list[str]:
    """For SQLite: whole numbers in place of null; numpy itself reads None as NaN."""
    columns = [
        _column(name) if null in {None, "NaN"} else f"COALESCE({_column(name)}, {null})"
        for name, _kind, _sql, null in _FIELDS
    ]
    return [*columns, "0"]


def _typed() -> list[str]:
    """For PostgreSQL: every field of one length and never null."""
    columns = []
    for name, _kind, sql, null in _FIELDS:
        column = _column(name)
        stated = column if null is None else f"COALESCE({column}, '{null}')"
        columns.append(f"({stated})::{sql}")
    return columns


def _column(name: str) -> str:
    attribute = f"{name}_id" if name in {"photo", "collection", "licence", "device"} else name
    return connection.ops.quote_name(attribute)
