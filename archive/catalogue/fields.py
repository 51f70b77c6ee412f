"""The fields of a photo that people edit, and what the file says for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive.catalogue.errors import FieldError

LONGEST_NOTE = 100_000
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Field:
    """`reading` names what the file says for it, empty when files say nothing of the kind."""

    name: str
    label: str
    help: str
    longest: int
    reading: str = ""
    many: bool = False
    is_uri: bool = False

    def clean(self, value: object) -> Any:
        """Return the value as it is stored, or raise `FieldError`."""
        if self.many:
            return self._clean_words(value)
        if not isinstance(value, str):
            raise FieldError(self.name, f"{self.label}: text is wanted")
        text = value.replace("\x00", "").replace("\r\n", "\n").strip()
        if len(text) > self.longest:
            raise FieldError(
                self.name, f"{self.label}: {len(text)} characters; shorten it to {self.longest} or fewer"
            )
        if self.is_uri and text and not _is_web_address(text):
            raise FieldError(self.name, f"{self.label}: write an address that begins with https://")
        return text

    def _clean_words(self, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise FieldError(self.name, f"{self.label}: a list of words is wanted")
        words = list(dict.fromkeys(word.replace("\x00", "").strip() for word in value if word.strip()))
        if len(words) > MOST_WORDS or any(len(word) > self.longest for word in words):
            raise FieldError(
                self.name, f"{self.label}: at most {MOST_WORDS}, each of {self.longest} characters or fewer"
            )
        return words


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("title", "Title", "A few words to know the photo by.", 300, "title"),
        Field("caption", "Caption", "What the picture shows, in whose words.", 20_000, "caption"),
        Field("alt_text", "Alt text", "What a person who cannot see it should know.", 500),
        Field("creator", "Creator", "Who took the picture, if known.", 300, "creator"),
        Field("credit", "Credit line", "As it should be printed.", 300, "credit"),
        Field(
            "rights_uri",
            "Rights",
            "Address of a rights statement or licence; empty follows the collection.",
            300,
            is_uri=True,
        ),
        Field("identifier", "Identifier", "Accession or inventory number.", 120, "identifier"),
        Field("language", "Language", "Of the caption, as a tag such as en or ko.", 20),
        Field("keywords", "Keywords", "Subjects, each a word or a few.", 100, "keywords", many=True),
        Field("people", "People", "Who is shown, if they may be named.", 100, "people", many=True),
        Field(
            "provenance_notes",
            "Provenance notes",
            "How the picture came here, step by step. Markdown.",
            LONGEST_NOTE,
        ),
    )
}


def said_by_file(field: Field, reading: Mapping[str, Any]) -> Any:
    """Return what the stored reading says for a field, cut to what the field holds."""
    value = reading.get(field.reading) if field.reading else None
    if field.many:
        words = value if isinstance(value, list) else []
        return [str(word)[: field.longest] for word in words][:MOST_WORDS]
    return str(value)[: field.longest].strip() if value else ""


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
