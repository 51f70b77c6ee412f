"""The fields in which a shadow is measured, and the measurement they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from archive.checks import optics
from archive.checks.shadow import Measurement, MeasurementError, View
from archive.evidence.values import from_json
from archive.pages.casework.typed import UnreadError
from archive.pages.casework.typed import point as coordinates
from archive.pages.casework.words import QUESTIONS, short, value_words
from archive.pages.grounds.typed import point, point_text
from archive.values.coordinates import decimal_text
from archive.values.place import Place
from archive.values.settled import Facet
from archive.values.shapes import Relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.evidence.models import Claim
    from archive.metadata import Reading

POINTS = {
    "foot": ("base", "Foot of the object"),
    "peak": ("top", "Top of the object"),
    "start": ("shadow_base", "Where its shadow begins"),
    "tip": ("shadow_tip", "Tip of the shadow of that top"),
}
TYPED = "typed"
STRAIGHT_DOWN_DEG = 80.0
MOST_PLACES = 40
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def _angle(label: str, help_text: str) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "decimal", "placeholder": "not stated"}),
        error_messages={"invalid": "Write degrees as a plain number, or nothing."},
    )


class ShadowForm(forms.Form):
    """Points in percent of the picture; an angle left empty is not stated."""

    foot, peak, start, tip = (
        forms.CharField(
            label=label,
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={**_PLAIN, "placeholder": "41.5, 60.2"}),
        )
        for _key, label in POINTS.values()
    )
    view = forms.ChoiceField(
        label="How does the picture look at the ground?",
        choices=[(View.OBLIQUE.value, "obliquely"), (View.STRAIGHT_DOWN.value, "straight down")],
        initial=View.OBLIQUE.value,
        widget=forms.RadioSelect,
        required=False,
    )
    level_ground = forms.ChoiceField(
        label="The ground under the shadow",
        choices=[("yes", "is level"), ("no", "slopes, or nobody can say")],
        initial="no",
        widget=forms.RadioSelect,
        required=False,
    )
    at = forms.ChoiceField(label="Where is that?", required=False)
    at_typed = forms.CharField(
        label="Coordinates",
        required=False,
        max_length=200,
        help_text="For example 39.0194, 125.7381.",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    at_radius = forms.CharField(
        label="Accuracy", required=False, max_length=30, help_text="For example 500 m or 2 km."
    )
    north_deg = _angle(
        "North in the picture",
        "Degrees clockwise from the picture's top: 0 when north is up, 90 when it is to the right. "
        "It halves the windows.",
    )
    pitch_deg = _angle("Camera tilted down by", "Degrees below the horizon: 0 level, 90 straight down.")
    fov_deg = _angle(
        "Angle of view, top to bottom", "Degrees; a phone's main camera held upright has about 65."
    )

    def __init__(self, data: Any = None, *, claims: list[Claim], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self._places = places_of(claims)
        at = self.fields["at"]
        assert isinstance(at, forms.ChoiceField)
        known = [(key, label) for key, (label, _place) in self._places.items()]
        at.choices = [("", "not stated"), *known, (TYPED, "somewhere else: typed below")]

    def measurement(self, said: Mapping[str, Any], aspect: float | None) -> Measurement:
        """Make it of what was said. Raises `UnreadError` naming a field, or `MeasurementError`."""
        points = {}
        for field, (key, label) in POINTS.items():
            if not str(said.get(field) or "").strip():
                raise UnreadError(field, f"{label}: set this point on the picture, or type it.")
            points[key] = list(point(said[field], field))
        return Measurement.from_json(
            {
                "tool": "shadow",
                **points,
                "view": said.get("view") or View.OBLIQUE.value,
                "level_ground": said.get("level_ground") == "yes",
                "place": self._place(said),
                **{name: said.get(name) for name in ("north_deg", "pitch_deg", "fov_deg")},
            },
            aspect=aspect,
        )

    def is_begun(self) -> bool:
        return any(str(self.cleaned_data.get(field) or "").strip() for field in POINTS)

    def _place(self, said: Mapping[str, Any]) -> dict[str, Any] | None:
        at = said.get("at") or ""
        if not at:
            return None
        if at == TYPED:
            try:
                found = coordinates(said.get("at_typed") or "", said.get("at_radius") or "")
            except UnreadError as wrong:
                field = "at_radius" if wrong.field == "radius" else "at_typed"
                raise UnreadError(field, str(wrong)) from wrong
        else:
            found = self._places[at][1]
        return {"latitude": found.latitude, "longitude": found.longitude, "radius_m": found.radius_m}


def places_of(claims: list[Claim]) -> dict[str, tuple[str, Place]]:
    """Return the places somebody names, points and towns, by a key that holds while the claim stands."""
    found: dict[str, tuple[str, Place]] = {}
    for claim in claims:
        value = from_json(claim.value)
        question = QUESTIONS[Facet(claim.facet)]
        if isinstance(value, Place):
            found[f"claim-{claim.pk}"] = f"{question}: {value_words(value)}", value
        elif isinstance(value, Relation):
            for number, town in enumerate(value.candidates):
                label = f"{question}: {town.name} ({short(value.label)})"
                found[f"claim-{claim.pk}-{number}"] = label, town.place
    return dict(list(found.items())[:MOST_PLACES])


def measured_as_fields(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Write a kept measurement; one that cannot be read gives nothing."""
    try:
        kept = Measurement.from_json(dict(stored))
    except MeasurementError:
        return {}
    place = kept.place
    return {
        **{field: point_text(stored[key]) for field, (key, _label) in POINTS.items()},
        "view": kept.view.value,
        "level_ground": "yes" if kept.level_ground else "no",
        "at": TYPED if place else "",
        "at_typed": decimal_text(place) if place else "",
        "at_radius": f"{place.radius_m:g} m" if place and place.radius_m is not None else "",
        **{name: stored.get(name) for name in ("north_deg", "pitch_deg", "fov_deg")},
    }


def read_from_file(reading: Reading) -> dict[str, Any]:
    """Return what the file says of the camera: its tilt and its angle of view, where it says them."""
    found: dict[str, Any] = {}
    pitch = reading.drone.gimbal_pitch_deg if reading.drone else None
    if pitch is not None and -90 <= pitch <= 30:
        found["pitch_deg"] = round(-pitch, 1)
        if -pitch >= STRAIGHT_DOWN_DEG:
            found["view"] = View.STRAIGHT_DOWN.value
    seen = optics.view_of(reading.focal_length_35mm, reading.width, reading.height)
    if seen is not None and 5 <= seen.down <= 150:
        found["fov_deg"] = round(seen.down, 1)
    return found
