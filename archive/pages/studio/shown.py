"""What an edit form shows of a photo, and how it knows later what the person saw.

The form keeps a short fingerprint of each text and answer, and the number of the newest claim on each
question. On saving there are three cases for a text: the typing equals what the archive holds (do nothing),
the archive still holds what the person saw (a change), the typing equals what the person saw (somebody else
changed it, and nothing is to do). All else is a conflict.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.catalogue.errors import FieldError
from archive.catalogue.fields import FIELDS
from archive.evidence.claims import history
from archive.evidence.values import CivilTime
from archive.evidence.vocabulary import SourceKind
from archive.pages.photo_page.values import said
from archive.pages.photo_page.voices import Hearing, Spoken
from archive.pages.studio.word_list import words_text
from archive.values.coordinates import decimal_text
from archive.values.place import Place
from archive.values.settled import Basis, Facet

if TYPE_CHECKING:
    from archive.catalogue.models import Photo

PLACES = {
    Facet.CAMERA_PLACE: "The camera was",
    Facet.SUBJECT_PLACE: "The picture shows",
    Facet.OPERATOR_PLACE: "The photographer stood",
}
QUESTIONS = (*PLACES, Facet.TIME)
MULTILINE = frozenset({"caption", "alt_text", "provenance_notes"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that stands to one question, as the form writes it; empty texts where there is none.

    `newest` numbers the latest claim on the question, 0 for none. `by_person`: a member's entry stands.
    """

    facet: Facet
    text: str = ""
    radius: str = ""
    words: str = ""
    speaker: str = ""
    reason: str = ""
    newest: int = 0
    by_person: bool = False
    in_file: str = ""


def answers(photo: Photo) -> dict[Facet, Answer]:
    """Return the four questions' answers, in one query."""
    hearing = Hearing.of(history(photo), names=True)
    return {facet: _answer(facet, hearing) for facet in QUESTIONS}


def _answer(facet: Facet, hearing: Hearing) -> Answer:
    spoken = hearing.on(facet)
    standing = hearing.standing(facet)
    newest = max((one.claim.pk for one in spoken), default=0)
    of_file = next((one for one in spoken if one.basis is Basis.FILE and one.stands), None)
    in_file = said(of_file.value) if of_file else ""
    if not standing:
        return Answer(facet, newest=newest)
    first = standing[0]
    text, radius = _typed(first)
    return Answer(
        facet=facet,
        text=text,
        radius=radius,
        words=said(first.value),
        speaker=hearing.speaker(first),
        reason=first.claim.words,
        newest=newest,
        by_person=first.claim.source.kind == SourceKind.MEMBER,
        in_file=in_file,
    )


def _typed(one: Spoken) -> tuple[str, str]:
    match one.value:
        case Place() as place:
            return decimal_text(place), "" if place.radius_m is None else f"{place.radius_m:.10g}"
        case CivilTime() as time:
            return time.text, ""
        case _:
            return "", ""


def as_shown(name: str, value: Any) -> str:
    """Return a text as the form shows it: what a browser would change by itself is changed already."""
    if isinstance(value, list):
        return words_text(value)
    text = str(value or "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if name in MULTILINE else " ".join(text.split())


def clean(name: str, value: Any) -> Any:
    """Return what the catalogue would store; the value itself when it would refuse it."""
    try:
        return FIELDS[name].clean(value)
    except FieldError:
        return value


def fingerprint(name: str, value: Any) -> str:
    return hashlib.sha256(as_shown(name, value).encode()).hexdigest()[:16]


def seen_now(photo: Photo, standing: dict[Facet, Answer]) -> str:
    """Return what the form remembers of the photo as it is."""
    seen: dict[str, str | int] = {name: fingerprint(name, getattr(photo, name)) for name in FIELDS}
    for facet, answer in standing.items():
        seen[facet.value] = answer.newest
        seen[shown_key(facet)] = answer_fingerprint(answer.text, answer.radius)
    return json.dumps(seen)


def shown_key(facet: Facet) -> str:
    return f"{facet.value}:shown"


def answer_fingerprint(text: str, radius: str = "") -> str:
    return fingerprint("", f"{text}|{radius}")


def seen_before(text: str) -> dict[str, Any]:
    """Read it back; what cannot be read was never seen."""
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}
