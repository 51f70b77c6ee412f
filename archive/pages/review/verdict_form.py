"""The form of a verdict."""

from __future__ import annotations

from typing import Any

from django import forms

from archive.evidence.models import Verdict
from archive.evidence.targets import LONGEST_TEXT
from archive.evidence.vocabulary import READERSHIP_CHOICES, Credibility, Judgement
from archive.values.readership import Readership

PLAIN = {
    Judgement.CONFIRMED: "What speaks for it leaves no reasonable doubt.",
    Judgement.PROBABLE: "Much more speaks for it than for any other answer.",
    Judgement.POSSIBLE: "Nothing rules it out, and little decides.",
    Judgement.DOUBTFUL: "More speaks against it than for it.",
    Judgement.REFUTED: "Something rules it out. It no longer counts, unless another reviewer objects.",
    Judgement.UNDETERMINABLE: "No look at what we have can decide it, whoever looks.",
}
"""Each judgement in plain words, in the order of the keys 1 to 6."""


class VerdictForm(forms.Form):
    """A judgement with its reasons; `earlier` is the reviewer's own that it would replace."""

    judgement = forms.ChoiceField(
        choices=[(one.value, one.label) for one in PLAIN],
        error_messages={"required": "Choose a judgement."},
    )
    reasons = forms.CharField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write your reasons: a verdict is read with them."},
        help_text="What you looked at and what decided. For example: the bridge has four piers in the "
        "picture and on the satellite view; no other town on the list has one.",
    )
    credibility = forms.TypedChoiceField(
        label="How credible is what is said, whoever says it?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "not graded"), *((one.value, f"{one.value}: {one.label}") for one in Credibility)],
    )
    readership = forms.ChoiceField(
        label="Who may read your reasons?", choices=READERSHIP_CHOICES, initial=Readership.PUBLIC.value
    )

    def __init__(self, data: Any = None, *, earlier: Verdict | None = None) -> None:
        fields = ("judgement", "reasons", "credibility", "readership")
        super().__init__(data, initial={name: getattr(earlier, name) for name in fields} if earlier else None)

    def verdict(self) -> dict[str, Any]:
        """Return the fields by the names that `give_verdict` knows."""
        return {**self.cleaned_data, "readership": Readership(self.cleaned_data["readership"])}
