"""Where and when a picture was seen published: recording, correcting, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat

from archive import vault
from archive.evidence.appearances import record_appearance, withdraw_appearance
from archive.evidence.attachments import MEDIA_TYPES, keep_attachment
from archive.evidence.errors import EvidenceError
from archive.evidence.records import sources_of
from archive.evidence.targets import LONGEST_TEXT, collection_of, target_of
from archive.evidence.vocabulary import READERSHIP_CHOICES, SourceKind
from archive.pages.casework.attachments import fitting_document
from archive.pages.casework.gate import appearance_to_work_on, series_to_work_on
from archive.pages.casework.showing import Head, head_of, url_of
from archive.pages.context import render_page
from archive.pages.studio.gate import curator_of, photo_to_edit
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Collection
    from archive.evidence.models import Appearance, Attachment
    from archive.evidence.targets import Target

_DATE = "For example 3 May 2024, or 2024-05-03T14:05+09:00 where the page shows a clock."
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class AppearanceForm(forms.Form):
    title = forms.CharField(
        required=False, max_length=300, help_text="The headline or the name of the post, as printed."
    )
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={**_PLAIN, "placeholder": "https://", "inputmode": "url"}),
    )
    platform = forms.CharField(
        required=False, max_length=100, help_text="The site, newspaper, channel or broadcast."
    )
    publisher = forms.ChoiceField(label="Published by", required=False)
    posted = forms.CharField(
        label="Posted",
        required=False,
        max_length=100,
        help_text=f"When it was published, as the page says. {_DATE}",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    seen = forms.CharField(
        label="Seen",
        required=False,
        max_length=100,
        help_text="When one of us, or a web archive, saw it there. The picture is not younger than that.",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    credit_line = forms.CharField(
        label="Credit line as printed",
        required=False,
        max_length=500,
        help_text="Letter by letter, with its mistakes.",
    )
    document = forms.FileField(label="The page as kept", required=False)
    document_readership = forms.ChoiceField(
        label="Who may download it?", choices=READERSHIP_CHOICES, initial=Readership.MEMBERS.value
    )
    archive_url = forms.CharField(
        label="Address of an archived copy",
        required=False,
        max_length=2000,
        help_text="At a web archive.",
        widget=forms.TextInput(attrs={**_PLAIN, "placeholder": "https://", "inputmode": "url"}),
    )
    remark = forms.CharField(
        required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )
    readership = forms.ChoiceField(
        label="Who may read this?",
        choices=READERSHIP_CHOICES,
        initial=Readership.PUBLIC.value,
        widget=forms.RadioSelect,
        help_text="A date that only members may read bounds the picture's date for members only.",
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, collection: Collection, initial: Any = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        known = [
            (one.public_id, f"{one.name} ({SourceKind(one.kind).label})") for one in sources_of(collection)
        ]
        publisher, document = self.fields["publisher"], self.fields["document"]
        assert isinstance(publisher, forms.ChoiceField)
        publisher.choices = [("", "not known, or not in the list"), *known]
        largest = filesizeformat(settings.MAX_DOCUMENT_BYTES).replace("\xa0", " ")
        document.help_text = (
            f"WARC, WACZ, HTML, PDF or a picture of the page, up to {largest}. "
            "It is kept unchanged under its hash and only ever downloaded, never shown here."
        )
        document.widget.attrs["accept"] = ",".join(MEDIA_TYPES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("posted", "seen"):
            if cleaned.get(name):
                self._read_date(name, cleaned[name])
        for name in ("url", "archive_url"):
            if cleaned.get(name) and not cleaned[name].startswith(("http://", "https://")):
                self.add_error(name, "An address begins with http:// or https://.")
        if self.errors and self.files:
            self.add_error("document", "Choose the file once more: it was not kept.")
        return cleaned

    def clean_document(self) -> UploadedFile | None:
        return fitting_document(self.cleaned_data["document"])

    def _read_date(self, name: str, text: str) -> None:
        try:
            parse_edtf(text)
        except EdtfError as wrong:
            self.add_error(name, f"{wrong}.")


@dataclass(frozen=True, slots=True)
class AppearanceContext:
    """`kept` is the document that stays when no other is chosen."""

    head: Head
    form: AppearanceForm
    corrected: Appearance | None
    kept: Attachment | None


@dataclass(frozen=True, slots=True)
class WithdrawContext:
    head: Head
    appearance: Appearance


@login_required
def of_photo(request: HttpRequest, public_id: str) -> HttpResponse:
    return _record(request, photo_to_edit(request, public_id))


@login_required
def of_series(request: HttpRequest, public_id: str) -> HttpResponse:
    return _record(request, series_to_work_on(request, public_id))


@login_required
def correct(request: HttpRequest, number: int) -> HttpResponse:
    appearance = appearance_to_work_on(request, number)
    return _record(request, target_of(appearance), appearance)


@login_required
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once, then take the entry off; it stays in the history."""
    appearance = appearance_to_work_on(request, number)
    target = target_of(appearance)
    if request.method == "POST":
        try:
            withdraw_appearance(appearance=appearance, by=curator_of(request))
        except EvidenceError as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, "The entry is taken back. It stays in the history.")
        return redirect(url_of(target))
    page = WithdrawContext(head_of(target), appearance)
    return render_page(request, "casework/appearance_withdraw.html", page)


def _record(request: HttpRequest, target: Target, stands: Appearance | None = None) -> HttpResponse:
    collection = collection_of(target)
    form = AppearanceForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        collection=collection,
        initial=_initial(stands) if stands else None,
    )
    if form.is_valid() and _saved(form, target, curator_of(request), stands):
        messages.success(
            request, "Recorded where it appeared." if stands is None else "The entry is corrected."
        )
        return redirect(url_of(target))
    page = AppearanceContext(head_of(target), form, stands, stands.archived if stands else None)
    return render_page(request, "casework/appearance.html", page)


def _saved(form: AppearanceForm, target: Target, user: User, stands: Appearance | None) -> bool:
    said, collection = dict(form.cleaned_data), collection_of(target)
    document = said.pop("document")
    readers = Readership(said.pop("document_readership"))
    try:
        stored = vault.put(document) if document else None  # before the transaction: bytes are no rows
        with transaction.atomic():
            kept = stands.archived if stands else None
            if stored is not None:
                kept = keep_attachment(
                    collection=collection,
                    sha256=stored.sha256,
                    byte_count=stored.byte_count,
                    name=document.name,
                    by=user,
                    readership=readers,
                )
            said["publisher"] = sources_of(collection).filter(public_id=said["publisher"]).first()
            said["readership"] = Readership(said["readership"])
            record_appearance(target=target, by=user, archived=kept, supersedes=stands, **said)
    except (EvidenceError, vault.VaultError) as wrong:
        form.add_error(None, str(wrong))
        if document:
            form.add_error("document", "Choose the file once more.")
        return False
    return True


def _initial(stands: Appearance) -> dict[str, Any]:
    return {
        "title": stands.title,
        "url": stands.url,
        "platform": stands.platform,
        "publisher": stands.publisher.public_id if stands.publisher else "",
        "posted": stands.posted_text,
        "seen": stands.seen_text,
        "credit_line": stands.credit_line,
        "archive_url": stands.archive_url,
        "remark": stands.note,
        "readership": stands.readership,
    }
