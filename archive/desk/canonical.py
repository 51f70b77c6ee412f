"""The text whose hash is cited: public ids in the order of the list, joined by line feeds.

UTF-8 (the ids are ASCII), no line feed at the end, nothing else: `sha256sum` of the downloaded text prints
the hash that stands in the citation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def text_of(ids: Iterable[str]) -> str:
    return "\n".join(ids)


def ids_in(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
