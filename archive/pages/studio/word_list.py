"""Keywords and people: a list in the archive, one line of text in a form."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from django import forms

_SEPARATORS = re.compile(r"[\r\n;]+")


def words_text(words: list[str]) -> str:
    """Join by commas; a word that holds a comma or a semicolon stands in double quotes."""
    return ", ".join(
        '"{}"'.format(word.replace('"', '""')) if re.search(r'[,;"]', word) else word for word in words
    )


def words_in(text: str) -> list[str]:
    """Split at commas, semicolons and line ends outside double quotes; empty words fall away."""
    quoted = [part if at % 2 else _SEPARATORS.sub(",", part) for at, part in enumerate(text.split('"'))]
    rows = csv.reader(io.StringIO('"'.join(quoted)), skipinitialspace=True)
    return [word.strip() for row in rows for word in row if word.strip()]


class WordsField(forms.CharField):
    """Text in the form, a list of words when cleaned."""

    def to_python(self, value: Any) -> Any:
        try:
            return words_in(super().to_python(value) or "")
        except csv.Error as unread:
            raise forms.ValidationError("A double quote is not closed.") from unread

    def prepare_value(self, value: Any) -> Any:
        return words_text(value) if isinstance(value, list) else value

    def run_validators(self, value: Any) -> None:
        """Length and number are the catalogue's to judge."""
