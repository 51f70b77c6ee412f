"""How a piece of evidence bears on each claim that stands, grouped by question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField

from archive.catalogue.models import Photo
from archive.evidence.grounds import BearingOn
from archive.evidence.records import standing_claims
from archive.evidence.targets import LONGEST_TEXT
from archive.evidence.vocabulary import Diagnosticity, Stance
from archive.pages.casework.words import QUESTIONS, ClaimLine, claim_line
from archive.values.settled import Facet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.evidence.models import Claim, Evidence
    from archive.evidence.targets import Target
    from archive.values.readership import Readership

STANCES = [("", "does not bear on it"), *Stance.choices]
HELPS = [
    ("", "choose"),
    (str(Diagnosticity.NO.value), "no: it fits every rival equally"),
    (str(Diagnosticity.LITTLE.value), "a little"),
    (str(Diagnosticity.SOME.value), "helps"),
    (str(Diagnosticity.STRONGLY.value), "strongly"),
]


@dataclass(frozen=True, slots=True)
class BearingRow:
    line: ClaimLine
    stance: BoundField
    helps: BoundField
    why: BoundField


@dataclass(frozen=True, slots=True)
class BearingGroup:
    question: str
    rows: list[BearingRow]


def claims_to_bear_on(target: Target, readerships: Iterable[Readership]) -> list[Claim]:
    """Return what is said and stands, but not where a photo is excepted; by question, then as recorded."""
    order = list(QUESTIONS)
    found = [claim for claim in standing_claims(target, readerships) if not _excepted(claim, target)]
    return sorted(found, key=lambda claim: (order.index(Facet(claim.facet)), claim.pk))


def _excepted(claim: Claim, target: Target) -> bool:
    return isinstance(target, Photo) and any(one.photo_id == target.pk for one in claim.exceptions.all())


class BearingsForm(forms.Form):
    """Three fields for each claim: `stance_7`, `helps_7`, `why_7`."""

    def __init__(self, data: Any = None, *, claims: list[Claim], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self._claims = claims
        self._lines = {claim.pk: claim_line(claim) for claim in claims}
        for claim in claims:
            self.fields[f"stance_{claim.pk}"] = forms.ChoiceField(
                label="How does it bear on this?",
                choices=STANCES,
                required=False,
                widget=forms.Select(attrs={"data-part": "stance"}),
            )
            self.fields[f"helps_{claim.pk}"] = forms.ChoiceField(
                label="Does it help to decide?", choices=HELPS, required=False
            )
            self.fields[f"why_{claim.pk}"] = forms.CharField(
                label="Why?",
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def groups(self) -> list[BearingGroup]:
        groups: dict[str, list[BearingRow]] = {}
        for claim in self._claims:
            row = BearingRow(
                self._lines[claim.pk],
                self[f"stance_{claim.pk}"],
                self[f"helps_{claim.pk}"],
                self[f"why_{claim.pk}"],
            )
            groups.setdefault(QUESTIONS[Facet(claim.facet)], []).append(row)
        return [BearingGroup(question, rows) for question, rows in groups.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for claim in self._claims:
            stance, helps = (cleaned.get(f"{name}_{claim.pk}", "") for name in ("stance", "helps"))
            if stance in {Stance.FOR, Stance.AGAINST} and not helps:
                self.add_error(f"helps_{claim.pk}", "Say how much it helps to decide.")
        return cleaned

    def bearings(self) -> list[BearingOn]:
        """Return what was said, of a valid form. What fits its rivals as well helps nobody to decide."""
        said = self.cleaned_data
        return [
            BearingOn(
                claim,
                said[f"stance_{claim.pk}"],
                0 if said[f"stance_{claim.pk}"] == Stance.NEITHER else int(said[f"helps_{claim.pk}"]),
                said[f"why_{claim.pk}"],
            )
            for claim in self._claims
            if said[f"stance_{claim.pk}"]
        ]


def bearings_as_fields(evidence: Evidence, claims: list[Claim]) -> dict[str, Any]:
    """Write what stands; a claim that was corrected since takes over what was said of its forerunner."""
    stated = {one.claim_id: one for one in evidence.bearings.all()}
    fields: dict[str, Any] = {}
    for claim in claims:
        one = stated.get(claim.pk) or stated.get(claim.supersedes_id or 0)
        if one is not None:
            fields |= {
                f"stance_{claim.pk}": one.stance,
                f"helps_{claim.pk}": str(one.diagnosticity),
                f"why_{claim.pk}": one.reason,
            }
    return fields
