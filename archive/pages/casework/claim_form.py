"""The form in which somebody's word is recorded: who, about what, in which words, how come by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from archive.evidence.models import Series
from archive.evidence.records import current_appearances, sources_of, standing_claims
from archive.evidence.targets import LONGEST_TEXT, collection_of
from archive.evidence.values import from_json
from archive.evidence.vocabulary import CLAIM_READERSHIP_CHOICES, Display, SourceKind
from archive.pages.casework.claim_values import SHAPES, as_fields, read_value
from archive.pages.casework.long_select import LongSelect
from archive.pages.casework.picker import pick_of
from archive.pages.casework.relating import HOW, OF, PEOPLE, NamesakesError, countries, place_of
from archive.pages.casework.sources import DISPLAYS, KINDS
from archive.pages.casework.typed import UNITS, UnreadError
from archive.pages.casework.words import QUESTIONS, claim_line
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.readership import Readership
from archive.values.settled import Facet

if TYPE_CHECKING:
    from archive.catalogue.models import Photo
    from archive.evidence.models import Appearance, Claim
    from archive.evidence.targets import Target
    from archive.evidence.values import Value

OWN, NEW = "own", "new"
THIS_PHOTO = "photo"
METHODS = [
    ("stated", "They state it."),
    ("inferred", "They conclude it from something they know or see."),
    ("measured", "It was measured in the picture."),
    ("derived", "It follows from what others say (tick below from what)."),
]
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a claim form can choose from: `series` are those of the photo (or the series itself)."""

    target: Target
    series: tuple[Series, ...]
    appearances: tuple[Appearance, ...]
    standing: tuple[Claim, ...]
    members: dict[int, list[Photo]]

    @classmethod
    def of(cls, target: Target, without: Claim | None = None) -> Desk:
        every = (target,) if isinstance(target, Series) else tuple(target.series.all())
        return cls(
            target=target,
            series=every,
            appearances=tuple(current_appearances(target, Readership)),
            standing=tuple(
                claim for claim in standing_claims(target, Readership) if without is None or claim != without
            ),
            members={
                one.pk: [
                    m.photo for m in one.members.select_related("photo").prefetch_related("photo__files")
                ]
                for one in every
            },
        )


def _choice(label: str, choices: list[tuple[str, str]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False, **options
    )


def _text(label: str, most: int = 200, **options: Any) -> forms.CharField:
    options.setdefault("widget", forms.TextInput(attrs=_PLAIN))
    return forms.CharField(label=label, required=False, max_length=most, **options)


def _area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class ClaimForm(forms.Form):
    """`claim` is the one that is corrected: its question, and whether photo or series, stay."""

    who = forms.ChoiceField(label="Who says it?", error_messages={"required": "Choose who says it."})
    new_kind = forms.ChoiceField(label="Kind", choices=KINDS, required=False)
    new_name = _text("Name or handle")
    new_display = _choice("What is the public told?", DISPLAYS, initial=Display.WITHHELD)
    new_pseudonym = _text("Pseudonym")
    facet = forms.ChoiceField(
        label="What is it about?",
        choices=[(facet.value, words) for facet, words in QUESTIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about."},
    )
    scope = forms.ChoiceField(label="For which photos?", widget=forms.RadioSelect, required=False)
    exceptions = forms.MultipleChoiceField(
        label="It does not hold for", widget=forms.CheckboxSelectMultiple, required=False
    )
    shape = _choice("How is the place given?", SHAPES, initial="point")
    coordinates = _text(
        "Coordinates",
        help_text="For example 39.0194, 125.7381 or 39°01′10″N 125°44′17″E.",
    )
    radius = _text("Accuracy", 30, help_text="For example 30 m or 2 km. Empty: not stated.")
    area = _text(
        "Corners of the area",
        50_000,
        widget=_area(5, **_PLAIN),
        help_text="One corner a line, as 40.1290, 124.3940, in order round the area. "
        "Drawing on the map writes here, and the map follows what you write.",
    )
    line = _text(
        "Points of the line",
        50_000,
        widget=_area(4, **_PLAIN),
        help_text="One point a line, in order: a river, a road, a flight.",
    )
    width = _text("How far from the line at most", 30, help_text="To either side, for example 500 m.")
    how = forms.ChoiceField(label="How near?", choices=HOW, required=False)
    distance = _text("How far", 12, widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "decimal"}))
    unit = forms.ChoiceField(
        label="Unit",
        choices=[(unit, {"nmi": "nautical mi"}.get(unit, unit)) for unit in UNITS],
        initial="km",
        required=False,
    )
    of = forms.ChoiceField(label="Of what?", choices=OF, required=False)
    country = forms.ChoiceField(label="Country", required=False, widget=LongSelect)
    other = forms.ChoiceField(label="and country", required=False, widget=LongSelect)
    town = _text("Town", help_text="A town of 1,000 people or more.")
    town_at = _text("Which of them?", 40)
    inside = forms.ChoiceField(label="On which side?", required=False, widget=LongSelect)
    people = forms.ChoiceField(label="Towns", choices=PEOPLE, required=False)
    date = _text(
        "Date",
        help_text="For example 12 June 2019, about 1923, 1920s, between 1920 and 1930, before 2021, "
        "2019-06-12T14:30.",
    )
    degrees = _text(
        "Direction", 30, help_text="Degrees from north, clockwise (45), or a word: north-east, NNE."
    )
    north = _choice(
        "From which north?", [("", "not said"), ("T", "true north"), ("M", "magnetic north")], initial=""
    )
    view = _text("How wide is the view?", 10, help_text="In degrees, for example 65. Empty: not known.")
    answer = _text("What is said", LONGEST_TEXT, widget=_area(3))
    words = _text(
        "In which words?",
        LONGEST_TEXT,
        widget=_area(3),
        help_text="Their own words, letter by letter, in the language they used. No quotation marks.",
    )
    language = _text("Language", 20, help_text="As a code: en, ko, zh.")
    said_at = _text("When was it said?", 100, help_text="For example 3 May 2024. Empty: not known.")
    appearance = forms.ChoiceField(label="Where was it said?", required=False)
    method = _choice("How was it come by?", METHODS, initial="stated")
    bases = forms.MultipleChoiceField(
        label="Based on what others say?", widget=forms.CheckboxSelectMultiple, required=False
    )
    rationale = _text(
        "Why?", LONGEST_TEXT, widget=_area(2), help_text="The way from what is known to what is said."
    )
    readership = _choice(
        "Who may read this?", list(CLAIM_READERSHIP_CHOICES), initial=Readership.PUBLIC.value
    )

    def __init__(
        self, data: Any = None, *, desk: Desk, own: str, claim: Claim | None = None, facet: str = ""
    ) -> None:
        super().__init__(data, initial=_initial(claim) if claim else {"facet": facet}, prefix="")
        self.desk = desk
        self.claim = claim
        self.namesakes: list[tuple[str, str]] = []
        self._offer_people(own)
        self._offer_photos()
        nations = [("", "choose"), *countries()]
        self._offer("country", nations)
        self._offer("other", nations)
        self._offer("inside", [("", "either side"), *[(code, f"in {name}") for code, name in countries()]])
        self._offer("appearance", [("", "not known, or not published"), *map(_appearance, desk.appearances)])
        self._offer("bases", [(str(one.pk), _basis(one)) for one in desk.standing])
        if claim is not None:
            for name in ("facet", "scope"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("who") == NEW:
            self._clean_newcomer(cleaned)
        if cleaned.get("said_at"):
            try:
                parse_edtf(cleaned["said_at"])
            except EdtfError as wrong:
                self.add_error("said_at", f"{wrong}.")
        if cleaned.get("method") == "derived" and not cleaned.get("bases"):
            self.add_error("bases", "Tick from what it is derived, or say that it is concluded.")
        if "facet" in cleaned:
            cleaned["value"] = self._value(Facet(cleaned["facet"]), cleaned)
        return cleaned

    def spoken_of(self) -> Target:
        """Return the photo or the series that was chosen."""
        scope = self.cleaned_data.get("scope", "")
        return next((one for one in self.desk.series if one.public_id == scope), self.desk.target)

    def excepted(self) -> list[Photo]:
        target = self.spoken_of()
        ticked = set(self.cleaned_data["exceptions"])
        members = self.desk.members.get(target.pk, []) if isinstance(target, Series) else []
        return [photo for photo in members if photo.public_id in ticked]

    def based_on(self) -> list[Claim]:
        ticked = set(self.cleaned_data["bases"])
        return [claim for claim in self.desk.standing if str(claim.pk) in ticked]

    def said_in(self) -> Appearance | None:
        chosen = self.cleaned_data["appearance"]
        return next((one for one in self.desk.appearances if str(one.pk) == chosen), None)

    def _value(self, facet: Facet, cleaned: dict[str, Any]) -> Value | None:
        try:
            return read_value(facet, {name: cleaned.get(name, "") for name in self.fields})
        except NamesakesError as many:
            self.namesakes = [(place_of(town), f"{town.name}, {town.country}") for town in many.towns]
            self.add_error(many.field, str(many))
        except UnreadError as wrong:
            self.add_error(wrong.field, str(wrong))
        except ValueError as wrong:
            self.add_error(None, str(wrong))
        return None

    def _clean_newcomer(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("new_name", "").strip():
            self.add_error("new_name", "Write the name or handle of who says it.")
        if cleaned.get("new_display") == Display.PSEUDONYM and not cleaned.get("new_pseudonym", "").strip():
            self.add_error("new_pseudonym", "Give the pseudonym by which the public is to know this source.")

    def _offer_people(self, own: str) -> None:
        known = [
            (source.public_id, f"{source.name} ({SourceKind(source.kind).label})")
            for source in sources_of(collection_of(self.desk.target))
        ]
        chosen: list[Any] = [
            ("", "choose"),
            (OWN, f"{own}: I say so, for the archive"),
            (NEW, "Somebody new …"),
        ]
        if known:
            chosen.append(("Sources of this collection", known))
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = chosen

    def _offer_photos(self) -> None:
        series = [
            (one.public_id, f"The whole series “{one.title}” ({len(self.desk.members[one.pk])} photos)")
            for one in self.desk.series
        ]
        if isinstance(self.desk.target, Series):
            self._offer("scope", series)
            self.fields["scope"].initial = self.desk.target.public_id
        else:
            self._offer("scope", [(THIS_PHOTO, "This photo"), *series])
            self.fields["scope"].initial = THIS_PHOTO
        every = {
            photo.public_id: pick_of(photo, inside=True).title
            for photos in self.desk.members.values()
            for photo in photos
        }
        self._offer("exceptions", list(every.items()))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _initial(claim: Claim) -> dict[str, Any]:
    """Fill the form with a claim that is corrected."""
    value = from_json(claim.value)
    return {
        "who": claim.source.public_id if claim.source.collection_id else OWN,
        "facet": claim.facet,
        "words": claim.words,
        "language": claim.language,
        "said_at": claim.said_at,
        "appearance": str(claim.appearance_id or ""),
        "method": claim.method if claim.method in dict(METHODS) else "stated",
        "bases": [str(basis.pk) for basis in claim.bases.all()],
        "rationale": claim.rationale,
        "readership": claim.readership,
        "exceptions": [one.photo.public_id for one in claim.exceptions.select_related("photo")],
        **(as_fields(value) if value is not None else {}),
    }


def _appearance(appearance: Appearance) -> tuple[str, str]:
    return str(appearance.pk), appearance.title or appearance.platform or appearance.url


def _basis(claim: Claim) -> str:
    line = claim_line(claim)
    words = f": “{line.words}”" if line.words else ""
    return f"{line.question}: {line.value}, says {line.speaker}{words}"
