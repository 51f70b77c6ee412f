"""How names are made comparable. The data file is sorted by this: a change here asks for a new table."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼ`´ʹʽ"))


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and punctuation, single spaces between words.

    Only marks of U+0300-U+036F go: the vowel signs of Thai or Devanagari and the dakuten
    of kana belong to their letters.
    """
    loose = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    bare = "".join(letter for letter in loose if not "\u0300" <= letter <= "\u036f")
    plain = unicodedata.normalize("NFC", bare.translate(_APOSTROPHES)).translate(_LETTERS)
    return " ".join(
        "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in plain).split()
    )
