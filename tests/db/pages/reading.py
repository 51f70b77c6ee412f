"""A photo page as a reader gets it."""

from __future__ import annotations

import html
import re
from datetime import datetime

from archive.values.place import Place

AREZZO = Place(43.467448, 11.885127, 12.0)
TAKEN = datetime(2008, 10, 22, 16, 28, 39)


def page_of(client, photo, query="", status=200):
    answer = client.get(f"/photos/{photo.public_id}/{query}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def words_of(page):
    """The page as read: tags gone, blanks folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
