"""The form of a photo: its texts, one place, the date, each place and date with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from archive.catalogue.errors import FieldError
from archive.catalogue.fields import FIELDS
from archive.evidence.claims import civil_time
from archive.evidence.errors import EvidenceError
from archive.evidence.targets import LONGEST_TEXT
from archive.pages.studio.rights_field import chosen_rights, initial_rights, own_rights, rights_choice
from archive.pages.studio.shown import (
    MULTILINE,
    PLACES,
    answer_fingerprint,
    as_shown,
    seen_before,
    shown_key,
)
from archive.pages.studio.word_list import WordsField
from archive.values.coordinates import CoordinatesError, parse_coordinates
from archive.values.place import Place
from archive.values.settled import Facet

if TYPE_CHECKING:
    from archive.catalogue.models import Photo
    from archive.pages.studio.shown import Answer

_ROWS = {"caption": 4, "alt_text": 2, "provenance_notes": 6}
_RADIUS = re.compile(r"(?:±\s*)?(\d{1,7}(?:[.,]\d{1,3})?)\s*(m|km)?", re.IGNORECASE)
FARTHEST_M = 20_000_000  # half way round the earth
ACCURACY_HELP = "How far it may be off, for example 30 m or 2 km. Empty: not stated."


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person wants: `place` and `date` are None where they said nothing new."""

    texts: dict[str, Any]
    facet: Facet
    place: Place | None
    place_cleared: bool
    place_reason: str
    date: str | None
    date_cleared: bool
    date_reason: str
    seen: dict[str, Any]


class PhotoForm(forms.Form):
    """`standing` are the answers now; a place or date that still reads like them is no new claim."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    facet = forms.ChoiceField(
        label="Which place is it?",
        choices=[(facet.value, label) for facet, label in PLACES.items()],
        widget=forms.RadioSelect,
    )
    coordinates = forms.CharField(
        required=False,
        max_length=200,
        help_text="For example 39.0194, 125.7381 or 39°01′10″N 125°44′17″E, or drag the marker.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    radius = forms.CharField(label="Accuracy", required=False, max_length=20, help_text=ACCURACY_HELP)
    place_reason = forms.CharField(label="What makes you say so?", required=False, max_length=LONGEST_TEXT)
    date = forms.CharField(
        label="Date",
        required=False,
        max_length=200,
        help_text="For example 12 June 2019, about 1923, 1920s, between 1920 and 1930, 2019-06-12T14:30.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    date_reason = forms.CharField(label="What makes you say so?", required=False, max_length=LONGEST_TEXT)
    rights = rights_choice("As the collection")
    rights_own = own_rights()

    def __init__(self, data: Any = None, *, photo: Photo, standing: dict[Facet, Answer]) -> None:
        texts = {name: as_shown(name, getattr(photo, name)) for name in FIELDS if name != "rights_uri"}
        super().__init__(
            data, initial=texts | initial_rights(photo.rights_uri) | initial_answers(standing), prefix=""
        )
        self.standing = standing
        for name, field in FIELDS.items():
            if name != "rights_uri":
                self.fields[name] = _text_field(
                    name, label=field.label, help_text=field.help, many=field.many
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["rights_uri"] = chosen_rights(self)
        for name, field in FIELDS.items():
            try:
                cleaned[name] = field.clean(cleaned.get(name, [] if field.many else ""))
            except FieldError as wrong:
                self.add_error("rights_own" if name == "rights_uri" else name, str(wrong))
        if "facet" in cleaned:
            self._clean_place(self.standing[Facet(cleaned["facet"])], cleaned)
        self._clean_date(cleaned)
        return cleaned

    def _clean_place(self, answer: Answer, cleaned: dict[str, Any]) -> None:
        text, radius = cleaned.get("coordinates", "").strip(), cleaned.get("radius", "").strip()
        cleaned["place"], cleaned["place_cleared"] = None, False
        same = self._is_as_shown(answer, text, radius)
        if same and not cleaned.get("place_reason"):
            return
        if not text:
            cleaned["place_cleared"] = bool(answer.text)
            if answer.text and not answer.by_person:
                self.add_error(
                    "coordinates", "What the file says stays in the file; write a better place over it."
                )
            elif radius and not answer.text:
                self.add_error("coordinates", "Write the coordinates, too.")
            return
        try:
            place = parse_coordinates(text)
            stated = _metres(radius) if radius else place.radius_m
            cleaned["place"] = Place(place.latitude, place.longitude, stated)
        except CoordinatesError as wrong:
            self.add_error("coordinates", str(wrong))
        except ValueError:
            self.add_error("radius", "Write a number of metres, for example 30, 30 m or 2 km.")

    def _clean_date(self, cleaned: dict[str, Any]) -> None:
        text, answer = cleaned.get("date", "").strip(), self.standing[Facet.TIME]
        same = self._is_as_shown(answer, text)
        cleaned["date_cleared"] = not text and bool(answer.text) and not same
        cleaned["new_date"] = text if text and (not same or cleaned.get("date_reason")) else None
        if cleaned["date_cleared"] and not answer.by_person:
            self.add_error("date", "What the file says stays in the file; write a better date over it.")
        if cleaned["new_date"]:
            try:
                civil_time(text)
            except EvidenceError as wrong:
                self.add_error("date", str(wrong))

    def _is_as_shown(self, answer: Answer, text: str, radius: str = "") -> bool:
        """Whether an answer reads as it stands, or as it stood when the person opened the page."""
        seen = seen_before(self.cleaned_data.get("seen", "")).get(shown_key(answer.facet))
        typed = answer_fingerprint(text, radius)
        return typed in {seen, answer_fingerprint(answer.text, answer.radius)}

    def typed(self) -> Typed:
        cleaned = self.cleaned_data
        return Typed(
            texts={name: cleaned[name] for name in FIELDS},
            facet=Facet(cleaned["facet"]),
            place=cleaned["place"],
            place_cleared=cleaned["place_cleared"],
            place_reason=cleaned["place_reason"],
            date=cleaned["new_date"],
            date_cleared=cleaned["date_cleared"],
            date_reason=cleaned["date_reason"],
            seen=seen_before(cleaned["seen"]),
        )


def initial_answers(standing: dict[Facet, Answer]) -> dict[str, str]:
    """Show the first place that has an answer, the camera's if none has."""
    shown = next((facet for facet in PLACES if standing[facet].text), Facet.CAMERA_PLACE)
    answer = standing[shown]
    return {
        "facet": shown.value,
        "coordinates": answer.text,
        "radius": answer.radius,
        "date": standing[Facet.TIME].text,
    }


def _text_field(name: str, *, label: str, help_text: str, many: bool) -> forms.CharField:
    kind = WordsField if many else forms.CharField
    widget: forms.Widget = forms.TextInput()
    if name in MULTILINE:
        widget = forms.Textarea(attrs={"rows": _ROWS[name]})
    return kind(label=label, help_text=help_text, required=False, widget=widget, strip=True)


def _metres(text: str) -> float:
    match = _RADIUS.fullmatch(text)
    if match is None:
        raise ValueError(text)
    metres = float(match[1].replace(",", ".")) * (1000 if (match[2] or "").lower() == "km" else 1)
    if metres > FARTHEST_M:
        raise ValueError(text)
    return metres
