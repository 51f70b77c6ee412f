from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.custody.links import by_salt, commitments, link_hash, said_salt, sealed

WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAID = {"kind": "received", "at": WHEN, "actor": "user:7", "detail": {"file": 1}, "salt": "ab" * 16}


def _hash(**changed):
    said = SAID | changed
    place = {"chain": "photo", "sequence": 0, "previous": ""}
    return link_hash(
        **{name: changed.get(name, value) for name, value in place.items()},
        found=commitments(**{name: said[name] for name in SAID}),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chain", "other"),
        ("sequence", 1),
        ("previous", "0"),
        ("kind", "removed"),
        ("at", datetime(2026, 3, 1, 12, 0, 0, 1, UTC)),
        ("actor", "user:8"),
        ("detail", {"file": 2}),
        ("salt", "cd" * 16),
    ],
)
def test_a_link_s_hash_covers_everything_in_it(name, value):
    assert _hash(**{name: value}) != _hash()


def test_a_closed_link_needs_its_commitments_alone():
    found = commitments(**SAID)
    assert link_hash(chain="photo", sequence=0, previous="", found=found) == _hash()


def test_opening_what_happened_does_not_open_who_did_it():
    salt = SAID["salt"]
    assert commitments(**SAID).by == sealed("user:7", by_salt(salt))
    assert commitments(**SAID).by != sealed("user:7", said_salt(salt))
