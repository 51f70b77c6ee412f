"""Recording what bears on claims, correcting it, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect

from archive import vault
from archive.catalogue.models import Role
from archive.evidence.attachments import keep_attachment
from archive.evidence.errors import EvidenceError
from archive.evidence.grounds import record_evidence, withdraw_evidence
from archive.evidence.records import sources_of
from archive.evidence.targets import collection_of, target_of
from archive.evidence.vocabulary import EvidenceKind
from archive.pages.casework.gate import series_to_work_on
from archive.pages.casework.showing import Head, head_of, url_of
from archive.pages.casework.typed import UnreadError
from archive.pages.context import render_page
from archive.pages.grounds import others
from archive.pages.grounds.gate import evidence_to_work_on
from archive.pages.grounds.sheet import Desk, Sheet, picture_of, would_fit
from archive.pages.studio.gate import curator_of, photo_to_edit
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse, QueryDict

    from archive.catalogue.models import Photo
    from archive.evidence.models import Attachment, Evidence
    from archive.evidence.targets import Target
    from archive.pages.casework.picker import Pick
    from archive.pages.grounds.bearings_form import BearingGroup, BearingsForm
    from archive.pages.grounds.evidence_form import EvidenceForm, MatchForm
    from archive.pages.grounds.shadow_form import ShadowForm
    from archive.pages.grounds.shadow_view import ShadowView
    from archive.pages.photo_page.context import Picture


@dataclass(frozen=True, slots=True)
class EvidenceContext:
    """`shadow` is the answer asked for, `picks` and `second` the other pictures of a matching detail."""

    head: Head
    corrected: bool
    wrong: tuple[str, ...]
    form: EvidenceForm
    bearings: BearingsForm
    groups: list[BearingGroup]
    measuring: ShadowForm | None
    matching: MatchForm | None
    picture: Picture | None
    kept: Attachment | None
    shadow: ShadowView | None
    picks: list[Pick]
    second: Picture | None
    second_title: str
    second_id: str
    keeps_unseen: bool


@dataclass(frozen=True, slots=True)
class WithdrawContext:
    head: Head
    kind: str
    text: str


@login_required
def of_photo(request: HttpRequest, public_id: str) -> HttpResponse:
    return _record(request, photo_to_edit(request, public_id))


@login_required
def of_series(request: HttpRequest, public_id: str) -> HttpResponse:
    return _record(request, series_to_work_on(request, public_id))


@login_required
def correct(request: HttpRequest, number: int) -> HttpResponse:
    evidence = evidence_to_work_on(request, number)
    return _record(request, target_of(evidence), evidence)


@login_required
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once, then take the entry back; it stays in the history."""
    evidence = evidence_to_work_on(request, number)
    target = target_of(evidence)
    if request.method == "POST":
        try:
            withdraw_evidence(evidence=evidence, by=curator_of(request))
        except EvidenceError as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, "The evidence is taken back. It stays in the history.")
        return redirect(url_of(target))
    page = WithdrawContext(head_of(target), str(EvidenceKind(evidence.kind).label), evidence.text)
    return render_page(request, "grounds/withdraw.html", page)


def _record(request: HttpRequest, target: Target, stands: Evidence | None = None) -> HttpResponse:
    desk = Desk.of(target, curator_of(request), stands)
    act = request.POST.get("act", "")
    if act in {"fit", "other"}:
        sheet = Sheet.typed(desk, request.POST)
    elif request.method == "POST":
        sheet = Sheet.sent(desk, request.POST, request.FILES)
        if sheet.is_valid() and _saved(sheet, desk.viewer):
            messages.success(request, "Recorded." if stands is None else "The evidence is corrected.")
            return redirect(url_of(target))
    else:
        sheet = Sheet.blank(desk, request.GET)
    fits = would_fit(desk, request.POST) if act == "fit" and desk.photo else None
    return render_page(request, "grounds/evidence.html", _page(sheet, fits, request.POST))


def _page(sheet: Sheet, fits: ShadowView | None, data: QueryDict) -> EvidenceContext:
    desk = sheet.desk
    second = _second(sheet)
    find = data.get("find", "").strip()[:100]
    picked = second.public_id if second else ""
    return EvidenceContext(
        head=head_of(desk.target),
        corrected=desk.stands is not None,
        wrong=_wrong(sheet),
        form=sheet.main,
        bearings=sheet.bearings,
        groups=sheet.bearings.groups(),
        measuring=sheet.shadow,
        matching=sheet.match,
        picture=desk.picture,
        kept=desk.stands.attachment if desk.stands else None,
        shadow=fits,
        picks=others.offered(desk.viewer, desk.photo, find=find, picked=picked) if desk.photo else [],
        second=picture_of(second, next((f for f in second.files.all() if f.role == Role.PRIMARY), None))
        if second
        else None,
        second_title=str(second) if second else "",
        second_id=picked,
        keeps_unseen=desk.is_matched_unseen,
    )


def _second(sheet: Sheet) -> Photo | None:
    form, photo = sheet.match, sheet.desk.photo
    if form is None or photo is None:
        return None
    typed, picked = (str(form[name].value() or "") for name in ("other", "pick"))
    try:
        return others.chosen(sheet.desk.viewer, photo, typed=typed, picked=picked)
    except UnreadError:
        return None


def _wrong(sheet: Sheet) -> tuple[str, ...]:
    """What is wrong with any of the forms as a whole; a form that was not sent complains of nothing."""
    forms = [form for form in (sheet.main, sheet.bearings, sheet.shadow, sheet.match) if form]
    sent = [form for form in forms if form.is_bound]
    general = [str(error) for form in sent for error in form.non_field_errors()]
    count = sum(len(form.errors) - (1 if form.non_field_errors() else 0) for form in sent)
    if count:
        general.append("1 field needs another look." if count == 1 else f"{count} fields need another look.")
    return tuple(general)


def _saved(sheet: Sheet, user: User) -> bool:
    said, desk, stands = sheet.main.cleaned_data, sheet.desk, sheet.desk.stands
    document = said["document"]
    collection = collection_of(desk.target)
    try:
        stored = vault.put(document) if document else None  # before the transaction: bytes are no rows
        with transaction.atomic():
            kept = stands.attachment if stands else None
            if stored is not None:
                kept = keep_attachment(
                    collection=collection,
                    sha256=stored.sha256,
                    byte_count=stored.byte_count,
                    name=document.name,
                    by=user,
                    readership=Readership(said["document_readership"] or Readership.MEMBERS),
                )
            record_evidence(
                target=desk.target,
                by=user,
                kind=said["kind"],
                text=said["text"],
                bearings=sheet.bearings.bearings(),
                region=sheet.region,
                region_label=said["region_label"] if sheet.region else "",
                other_photo=sheet.other,
                other_region=sheet.other_region,
                measurement=sheet.measurement.to_json() if sheet.measurement else None,
                source=sources_of(collection).filter(public_id=said["source"]).first(),
                attachment=kept,
                readership=Readership(said["readership"]),
                supersedes=stands,
            )
    except (EvidenceError, vault.VaultError) as wrong:
        sheet.main.add_error(None, str(wrong))
        if document:
            sheet.main.add_error("document", "Choose the file once more.")
        return False
    return True
