"""The studio's own server, and what its tests ask of the archive behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from tests.browser.serving import Server
from tests.browser.studio.seeding import BOXES


@dataclass
class Workshop(Server):
    boxes: count[int] = field(default_factory=lambda: count(1))

    def box(self) -> str:
        """Return the slug of a collection that no other test uploads into."""
        number = next(self.boxes)
        assert number <= BOXES, "draw more boxes in seeding.py"
        return f"box-{number}"

    def photos(self, slug: str) -> list[tuple[object, ...]]:
        """Return name and digest of every primary file in a collection."""
        return self.rows(
            "SELECT f.name, f.sha256 FROM archive_file f JOIN archive_collection c ON c.id = f.collection_id"
            " WHERE c.slug = ? AND f.role = 'primary' ORDER BY f.name",
            slug,
        )
