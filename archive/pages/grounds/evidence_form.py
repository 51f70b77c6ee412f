"""The form of one piece of evidence: what it is, where on the picture, from whom, and who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from archive.evidence.attachments import MEDIA_TYPES
from archive.evidence.errors import EvidenceError
from archive.evidence.records import sources_of
from archive.evidence.targets import LONGEST_TEXT
from archive.evidence.vocabulary import READERSHIP_CHOICES, EvidenceKind, SourceKind
from archive.pages.casework.attachments import fitting_document
from archive.pages.casework.typed import UnreadError
from archive.pages.grounds.typed import SIDES, region
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from archive.catalogue.models import Collection
    from archive.evidence.grounds import Region
    from archive.evidence.models import Evidence

KINDS = [(kind.value, kind.label) for kind in EvidenceKind]
_LABELS = dict(zip(SIDES, ("Left edge", "Top edge", "Width", "Height"), strict=True))


def side_field(side: str) -> forms.CharField:
    attrs = {"autocomplete": "off", "spellcheck": "false", "inputmode": "decimal", "data-side": side}
    return forms.CharField(
        label=f"{_LABELS[side]} (%)", required=False, max_length=12, widget=forms.TextInput(attrs=attrs)
    )


class RegionForm(forms.Form):
    """Four sides in percent of a picture; `region` is what they make, None when all are empty."""

    sides_prefix = ""
    region: Region | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            self.region = region(cleaned, self.sides_prefix)
        except UnreadError as wrong:
            self.add_error(wrong.field, str(wrong))
        except EvidenceError as wrong:
            self.add_error(self.sides_prefix + SIDES[0], str(wrong))
        return cleaned


class EvidenceForm(RegionForm):
    left, top, wide, high = (side_field(side) for side in SIDES)
    kind = forms.ChoiceField(label="What kind of evidence is it?", choices=KINDS)
    text = forms.CharField(
        label="What does it show?",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What anybody can check, not what follows from it. For example: the streets are empty at "
        "three crossings.",
    )
    region_label = forms.CharField(
        label="Name of the region",
        required=False,
        max_length=200,
        help_text="Stands beside its outline, for example: the tower.",
    )
    source = forms.ChoiceField(label="Who says or shows it?", required=False)
    document = forms.FileField(label="Document", required=False)
    document_readership = forms.ChoiceField(
        label="Who may download it?",
        choices=READERSHIP_CHOICES,
        initial=Readership.MEMBERS.value,
        required=False,
    )
    readership = forms.ChoiceField(
        label="Who may read this?",
        choices=READERSHIP_CHOICES,
        initial=Readership.PUBLIC.value,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, collection: Collection, initial: Any = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        known = [
            (one.public_id, f"{one.name} ({SourceKind(one.kind).label})") for one in sources_of(collection)
        ]
        source, document = self.fields["source"], self.fields["document"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [("", "anybody can see it"), *known]
        largest = filesizeformat(settings.MAX_DOCUMENT_BYTES).replace("\xa0", " ")
        document.help_text = (
            f"A page, a PDF or a picture, up to {largest}. It is kept unchanged and only ever downloaded."
        )
        document.widget.attrs["accept"] = ",".join(MEDIA_TYPES)

    def clean_document(self) -> UploadedFile | None:
        return fitting_document(self.cleaned_data["document"])


class MatchForm(RegionForm):
    """The second picture of a matching detail: typed as address or number, or picked."""

    sides_prefix = "other_"
    other_left, other_top, other_wide, other_high = (side_field(side) for side in SIDES)
    other = forms.CharField(
        label="Address of the other photo",
        required=False,
        max_length=300,
        help_text="Copied from its page, for example /photos/abcdefgh23456/.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    pick = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    find = forms.CharField(
        label="Find in this collection",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


def kept_as_fields(evidence: Evidence) -> dict[str, Any]:
    return {
        "kind": evidence.kind,
        "text": evidence.text,
        "region_label": evidence.region_label,
        "source": evidence.source.public_id if evidence.source else "",
        "readership": evidence.readership,
    }


def as_typed(form: forms.Form, data: Any) -> dict[str, Any]:
    """Return everything as it was typed, for showing it again without complaints."""
    return {name: data.get(name, "") for name in form.fields if name != "document"}
