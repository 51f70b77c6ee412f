"""Claims as lines to read: what is said, by whom, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.evidence.models import Claim
from archive.evidence.values import CivilTime, Instant, Text, Value, from_json
from archive.evidence.vocabulary import Method, SourceKind
from archive.pages.photo_page.context import ClaimLine
from archive.pages.wording import places, times
from archive.pages.wording.answers import Voice
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.settled import Basis, Facet
from archive.values.shapes import Corridor, Polygon, Relation
from archive.values.wording import describe, distance


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim with its value read; `replaced` when a later one took its place."""

    claim: Claim
    value: Value | None
    facet: Facet
    replaced: bool

    @property
    def basis(self) -> Basis:
        return Basis.PERSON if self.claim.source.kind == SourceKind.MEMBER else Basis.FILE

    @property
    def stands(self) -> bool:
        return self.value is not None and not self.replaced


@dataclass(frozen=True, slots=True)
class Hearing:
    """Every claim on a photo; `names` says whether the viewer may know who a person is."""

    spoken: tuple[Spoken, ...]
    names: bool

    @classmethod
    def of(cls, claims: Iterable[Claim], *, names: bool) -> Hearing:
        every = list(claims)
        replaced = {claim.supersedes_id for claim in every}
        return cls(
            tuple(
                Spoken(claim, from_json(claim.value), Facet(claim.facet), claim.pk in replaced)
                for claim in every
            ),
            names,
        )

    def on(self, *facets: Facet) -> tuple[Spoken, ...]:
        return tuple(one for one in self.spoken if one.facet in facets)

    def standing(self, facet: Facet) -> tuple[Spoken, ...]:
        """Those that answer a question now: of people if any spoke, else of the file."""
        standing = [one for one in self.on(facet) if one.stands]
        people = [one for one in standing if one.basis is Basis.PERSON]
        return tuple(people or standing)

    def lines(self, *facets: Facet) -> tuple[ClaimLine, ...]:
        """Newest first, what stands before what does not."""
        current = {one.claim.pk for facet in facets for one in self.standing(facet)}
        ordered = sorted(self.on(*facets), key=lambda one: (one.claim.pk not in current, -one.claim.pk))
        return tuple(self._line(one, is_current=one.claim.pk in current) for one in ordered)

    def speaker(self, one: Spoken) -> str:
        if one.basis is Basis.FILE:
            return "the file"
        user = one.claim.source.user
        return user.get_username() if self.names and user else "a member of the archive"

    def _line(self, one: Spoken, *, is_current: bool) -> ClaimLine:
        claim = one.claim
        standing = (
            "current answer" if is_current else "replaced" if one.replaced else "behind a person's word"
        )
        return ClaimLine(
            value=f"{_PREFIX.get(one.facet, '')}{said(one.value)}",
            speaker=self.speaker(one),
            method=Method(claim.method).label if claim.method in _TOLD else "",
            tag=claim.tag,
            raw=claim.raw,
            words=claim.words if self.names or one.basis is Basis.FILE else "",
            made=times.day(claim.created_at),
            standing="taken back" if one.value is None else standing,
            is_current=is_current,
        )


_TOLD = frozenset({Method.STATED, Method.WITHDRAWN})  # of a file's claims the tag tells more
_PREFIX = {
    Facet.SUBJECT_PLACE: "picture shows: ",
    Facet.OPERATOR_PLACE: "photographer stood: ",
}


def said(value: Value | None) -> str:  # noqa: PLR0911 - one for each kind of value
    match value:
        case None:
            return "takes back what was said before"
        case Place():
            return f"{places.decimal(value)} · {places.accuracy(value.radius_m)}"
        case Direction():
            return places.looking(value)
        case CivilTime():
            minutes = value.moment.offset_minutes
            zone = f" {times.offset(minutes)}" if minutes is not None else ""
            return f"{describe(value.moment, value.text)}{zone}"
        case Instant():
            return f"{times.instant(value.at)}, by satellites"
        case Text():
            return value.text
        case Relation():
            return f"{value.how.value} {distance(value.distance_m)} of {value.label}"
        case Polygon():
            return "an area drawn on the map"
        case Corridor():
            return f"within {distance(value.buffer_m)} of a line drawn on the map"


def voice(standing: Sequence[Spoken]) -> Voice:
    """Name who an answer rests on."""
    if not standing:
        return Voice.NOBODY
    first = standing[0]
    if first.basis is Basis.PERSON:
        return Voice.PERSON
    if isinstance(first.value, Instant):
        return Voice.SATELLITES
    tags = first.claim.tag.split(", ")  # a sidecar may repeat what the camera wrote
    if first.facet is not Facet.TIME and any(tag.startswith("GPS ") for tag in tags):
        return Voice.GPS
    if first.facet is Facet.TIME and any(tag.startswith(("EXIF ", "Image ")) for tag in tags):
        return Voice.CLOCK
    return Voice.XMP if first.claim.method == Method.XMP else Voice.FILE
