"""How far the change log has been read, so that every committed change is met once and none is missed.

SQLite has one writer: numbers are given in the order of commits. On PostgreSQL a change with a lower number
may be committed later. So a mark also holds the oldest transaction that was still running at the reading
(`pg_snapshot_xmin`): all older ones were seen or will never be, and the changes of the others are read again.
Numbers of transactions that this database has not given out yet come from a restored dump and mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.db import connection
from django.utils.crypto import salted_hmac

from archive.catalogue.models import Change

MOST: Final = 50_000
"""So many changes are followed at most; beyond them the columns are built anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `at` is text that only equals itself; `transaction` is 0 where there is no number."""

    id: int
    photo: int | None
    is_open: bool
    at: str
    transaction: int

    @property
    def is_public(self) -> bool:
        return self.is_open or self.photo is None

    @property
    def identity(self) -> tuple[int, int | None, str]:
        return self.id, self.photo, self.at


_NONE: Final = Entry(0, None, is_open=False, at="", transaction=0)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many changes there are and the sum of their numbers: tells sets of a growing log apart."""

    count: int
    total: int

    def with_all(self, changes: Sequence[Entry]) -> Tally:
        return Tally(self.count + len(changes), self.total + sum(change.id for change in changes))


@dataclass(frozen=True, slots=True)
class Mark:
    """Which changes have been seen: up to `last`, and of transactions from `running` on only `seen`.

    `origin` is what the first change ever says and tells databases apart.
    """

    last: Entry
    running: int
    seen: frozenset[int]
    origin: str
    all: Tally
    public: Tally

    @property
    def revision(self) -> str:
        return self._hashed("all", self.all)

    @property
    def public_revision(self) -> str:
        return self._hashed("public", self.public)

    def after(self, reading: Reading) -> Mark:
        """Return the mark that has seen a reading made from this one."""
        fresh = reading.fresh
        last = max((self.last, *fresh), key=lambda change: change.id)
        running = max(self.running, reading.running)
        late = {change.id for change in reading.changes if change.transaction >= running > 0}
        return replace(
            self,
            last=last,
            running=running,
            seen=frozenset(late),
            all=self.all.with_all(fresh),
            public=self.public.with_all([change for change in fresh if change.is_public]),
            origin=self.origin or (_said(fresh[0]) if fresh else ""),
        )

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "seen": sorted(self.seen)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Mark:
        return cls(
            last=Entry(**stored["last"]),
            running=stored["running"],
            seen=frozenset(stored["seen"]),
            origin=stored["origin"],
            all=Tally(**stored["all"]),
            public=Tally(**stored["public"]),
        )

    def _hashed(self, of: str, tally: Tally) -> str:
        text = f"{of} {self.origin} {tally.count} {tally.total}"
        return salted_hmac("archive.atlas.columns", text, algorithm="sha256").hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Reading:
    """Changes from a mark on, by number; those the mark has seen are among them.

    `follows` says that the mark's last change is still what it was: else this is another database, or that
    change was rolled back or is not visible yet to an old snapshot; unknown and assumed where there are
    `too_many` changes to tell. `writes` says that the transaction that
    is open has written: what it sees is not for others.
    """

    changes: tuple[Entry, ...]
    fresh: tuple[Entry, ...]
    running: int
    follows: bool
    writes: bool
    too_many: bool


def read(mark: Mark) -> Reading:
    """Return what has been committed since a mark; one query."""
    limit = MOST + len(mark.seen) + 2
    rows = _rows_postgresql(mark, limit) if connection.vendor == "postgresql" else _rows_sqlite(mark, limit)
    changes, running, writes = rows
    too_many = len(changes) >= limit
    known = [change for change in changes if change.id == mark.last.id]
    fresh = [change for change in changes if change.id != mark.last.id and change.id not in mark.seen]
    return Reading(
        changes=tuple(changes),
        fresh=tuple(fresh),
        running=running,
        follows=too_many or mark.last.id == 0 or (bool(known) and known[0].identity == mark.last.identity),
        writes=writes,
        too_many=too_many,
    )


def whole() -> Mark:
    """Return the mark that has seen everything. To be called within the snapshot that is read."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*), COALESCE(SUM(id), 0) FROM {_table()}"  # noqa: S608 - names from models
            " UNION ALL "
            f"SELECT COUNT(*), COALESCE(SUM(id), 0) FROM {_table()} WHERE is_open OR photo_id IS NULL"
        )
        every, public = (Tally(int(count), int(total)) for count, total in cursor.fetchall())
    first, last = _end("id"), _end("id DESC")
    running, seen = _in_doubt() if connection.vendor == "postgresql" else (0, frozenset[int]())
    return Mark(last or _NONE, running, seen, _said(first) if first else "", every, public)


def _said(change: Entry) -> str:
    return f"{change.id} {change.photo} {change.at}"


def _end(order: str) -> Entry | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns()} FROM {_table()} c ORDER BY {order} LIMIT 1")  # noqa: S608 - names from models
        row = cursor.fetchone()
    return _entry(row) if row else None


def _rows_sqlite(mark: Mark, limit: int) -> tuple[list[Entry], int, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_columns()} FROM {_table()} c WHERE id >= %s ORDER BY id LIMIT %s",  # noqa: S608 - names from models
            [mark.last.id, limit],
        )
        return [_entry(row) for row in cursor.fetchall()], 0, connection.in_atomic_block


def _rows_postgresql(mark: Mark, limit: int) -> tuple[list[Entry], int, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_columns()}, s.running, s.own FROM ({_SNAPSHOT}) s LEFT JOIN {_table()} c"  # noqa: S608 - names from models
            ' ON c.id >= %s OR (c."transaction" >= %s AND c."transaction" < s.unborn)'
            " ORDER BY c.id LIMIT %s",
            [mark.last.id, max(1, mark.running), limit],
        )
        rows = cursor.fetchall()
    *_nothing, running, own = rows[0]
    return [_entry(row) for row in rows if row[0] is not None], int(running), own is not None


_SNAPSHOT: Final = """
    SELECT pg_snapshot_xmin(snapshot)::text::bigint AS running,
           own::text::bigint AS own,
           GREATEST(pg_snapshot_xmax(snapshot)::text::bigint, own::text::bigint + 1) AS unborn
    FROM (SELECT pg_current_snapshot() AS snapshot, pg_current_xact_id_if_assigned() AS own) AS now
"""


def _in_doubt() -> tuple[int, frozenset[int]]:
    """Return the oldest transaction that still runs and the changes of it and of later ones seen already."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.running, c.id FROM ({_SNAPSHOT}) s LEFT JOIN {_table()} c"  # noqa: S608 - names from models
            ' ON c."transaction" >= s.running AND c."transaction" < s.unborn'
        )
        rows = cursor.fetchall()
    return int(rows[0][0]), frozenset(number for _running, number in rows if number is not None)


def _columns() -> str:
    at = "(EXTRACT(EPOCH FROM c.at) * 1000000)::bigint" if connection.vendor == "postgresql" else "c.at"
    return f'c.id, c.photo_id, c.is_open, CAST({at} AS text), c."transaction"'


def _entry(row: Sequence[Any]) -> Entry:
    number, photo, is_open, at, transaction = row[:5]
    return Entry(number, photo, bool(is_open), str(at), transaction or 0)


def _table() -> str:
    return connection.ops.quote_name(Change._meta.db_table)  # noqa: SLF001 - the name Django documents
