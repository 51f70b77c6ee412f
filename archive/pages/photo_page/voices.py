"""Every claim on a photo with its value read, for those who edit it: who spoke last, and before whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.evidence.models import Claim
from archive.evidence.sources import spoken_name
from archive.evidence.values import Value, from_json
from archive.evidence.vocabulary import SourceKind
from archive.values.settled import Basis, Facet


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim with its value read; `replaced` when a later one took its place."""

    claim: Claim
    value: Value | None
    facet: Facet
    replaced: bool

    @property
    def basis(self) -> Basis:
        return Basis.FILE if self.claim.source.kind == SourceKind.FILE else Basis.PERSON

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

    def speaker(self, one: Spoken) -> str:
        return spoken_name(one.claim.source, inside=self.names)
