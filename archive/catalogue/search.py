"""Full text over folded words, the same on SQLite (FTS5) and PostgreSQL (tsvector).

Folding and splitting happen here, in Python, so that both databases index exactly the same tokens: accents
fall away, case falls away, and runs of Chinese, Japanese and Korean characters become single characters and
overlapping pairs, because these scripts do not put spaces between words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models.expressions import RawSQL

LONGEST_TOKEN = 60
MOST_TOKENS = 8000
MOST_QUERY_TOKENS = 16

# Unified ideographs with extension A, kana, Hangul syllables, compatibility ideographs, extensions B-H.
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_IS_CJK = re.compile(rf"[{_CJK}]")


def tokens(text: str) -> Iterator[str]:
    """Split into the tokens that are indexed and asked for."""
    for word in _TOKEN.findall(fold(text)):
        if _IS_CJK.match(word):
            yield from word
            yield from (word[i : i + 2] for i in range(len(word) - 1))
        else:
            yield word[:LONGEST_TOKEN]


def fold(text: str) -> str:
    """Lower case without accents: "Éire" and "eire" are one word, "ß" is "ss"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)


def words_of(texts: Iterable[str]) -> str:
    """Return the distinct tokens of all texts, space-joined, in order of first appearance, bounded."""
    seen: dict[str, None] = {}
    for text in texts:
        for token in tokens(text):
            seen[token] = None
            if len(seen) >= MOST_TOKENS:
                return " ".join(seen)
    return " ".join(seen)


def matching(words: str) -> RawSQL:
    """Return a subquery of photo ids that contain every word, whole or as a beginning.

    Use it as `filter(photo_id__in=matching(words))`. Words without a single letter or digit match nothing.
    """
    wanted = _asked_for(words)
    if not wanted:
        return RawSQL("SELECT photo_id FROM archive_searchwords WHERE 1 = 0", ())
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{token}':*" for token in wanted)
        return RawSQL("SELECT photo_id FROM archive_searchwords WHERE vector @@ %s::tsquery", (query,))
    query = " AND ".join(f'"{token}" *' for token in wanted)
    return RawSQL(
        "SELECT rowid FROM archive_words_fts WHERE archive_words_fts MATCH %s",
        (query,),
    )


def _asked_for(words: str) -> list[str]:
    """Pairs say more than single characters, so a run of two or more asks for its pairs only."""
    wanted: dict[str, None] = {}
    for word in _TOKEN.findall(fold(words)):
        if not _IS_CJK.match(word):
            wanted[word[:LONGEST_TOKEN]] = None
        elif len(word) == 1:
            wanted[word] = None
        else:
            wanted.update((word[i : i + 2], None) for i in range(len(word) - 1))
    return list(wanted)[:MOST_QUERY_TOKENS]
