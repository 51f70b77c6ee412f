"""The form of a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify

from archive.access.rights import managed_collections
from archive.catalogue.models import Visibility
from archive.pages.studio.rights_field import chosen_rights, initial_rights, own_rights, rights_choice

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Collection

WHOLE = 100_000  # pixels: no picture that is taken has a longer edge
SIZES = [
    (1024, "1024 pixels: enough for a web page"),
    (2048, "2048 pixels: fills a screen"),
    (4096, "4096 pixels: shows detail"),
    (8192, "8192 pixels: shows fine detail"),
    (WHOLE, "whatever size the original has"),
]
TEXTS = (
    "title",
    "description",
    "provenance",
    "rights_note",
    "visibility",
    "parent",
    "largest_public_px",
    "two_reviewers",
    "blind_first_verdict",
)


class CollectionForm(forms.Form):
    """Creates a collection, or edits `collection`; whoever edits chooses among parents they own."""

    title = forms.CharField(max_length=200)
    slug = forms.SlugField(
        label="Address",
        max_length=80,
        required=False,
        help_text="Its place in web addresses: small letters, digits and hyphens. It cannot be changed later "
        "because people cite it. Left empty, it is made from the title.",
    )
    description = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="What it holds, in a few sentences.",
    )
    provenance = forms.CharField(
        label="Statement of provenance",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Where the photos came from and by which way they reached you. Markdown.",
    )
    rights = rights_choice("Not stated")
    rights_own = own_rights()
    rights_note = forms.CharField(
        label="Note on rights",
        max_length=300,
        required=False,
        help_text="For example whom to ask. Each photo may state its own rights.",
    )
    visibility = forms.ChoiceField(
        label="Who may see it",
        choices=[
            (Visibility.PRIVATE, "Private: its members only. For everybody else it does not exist."),
            (Visibility.PUBLIC, "Public: everybody, without an account. Original files stay with members."),
        ],
        widget=forms.RadioSelect,
        initial=Visibility.PRIVATE,
    )
    parent: forms.ModelChoiceField[Collection] = forms.ModelChoiceField(
        label="Part of",
        queryset=None,
        required=False,
        empty_label="No other collection",
        help_text="A collection inside a private one is private.",
    )
    largest_public_px = forms.TypedChoiceField(
        label="Largest size the public may see", choices=SIZES, coerce=int, initial=4096
    )
    two_reviewers = forms.BooleanField(
        label="Ask for two reviewers",
        required=False,
        help_text="One verdict alone then puts a question under review and moves nothing; the second "
        "decides. Changing this settles every judged photo of the collection anew.",
    )
    blind_first_verdict = forms.BooleanField(
        label="Ask for a blind first verdict",
        required=False,
        help_text="Reviewers see what others concluded on a claim only after they have given their own.",
    )

    def __init__(self, data: Any = None, *, viewer: User, collection: Collection | None = None) -> None:
        initial: dict[str, Any] = {}
        if collection is not None:
            initial = {name: getattr(collection, name) for name in TEXTS}
            initial |= initial_rights(collection.rights_uri)
        super().__init__(data, initial=initial)
        parents = managed_collections(viewer)
        if collection is not None:
            del self.fields["slug"]
            parents = parents.exclude(pk=collection.pk)
            self._keep_size(collection.largest_public_px)
            if collection.parent_id and not parents.filter(pk=collection.parent_id).exists():
                del self.fields["parent"]  # it stays where somebody else put it
                return
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = parents

    def _keep_size(self, pixels: int) -> None:
        """A size that was set elsewhere stays to be chosen."""
        size = self.fields["largest_public_px"]
        assert isinstance(size, forms.TypedChoiceField)
        if pixels not in dict(SIZES):
            size.choices = sorted([*SIZES, (pixels, f"{pixels} pixels")])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["rights_uri"] = chosen_rights(self)
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = slugify(cleaned.get("title", ""))[:80].strip("-")
            if not cleaned["slug"]:
                self.add_error("slug", "Write an address: the title has no letters it could be made from.")
        return cleaned

    def texts(self) -> dict[str, Any]:
        """Return the fields by the names that the catalogue knows."""
        return {name: self.cleaned_data[name] for name in (*TEXTS, "rights_uri") if name in self.cleaned_data}
