"""The verbs by which people make claims. Nothing is overwritten: a correction supersedes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from archive.catalogue.models import Photo
from archive.catalogue.photos import locked
from archive.custody.chain import Kind
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.making import make, source_of
from archive.evidence.models import Claim, ClaimException, Series
from archive.evidence.settling import claims_on, resettle
from archive.evidence.targets import (
    LONGEST_TEXT,
    Target,
    collection_of,
    hold,
    note,
    settle_again,
    target_of,
    text_within,
)
from archive.evidence.values import FAR_AHEAD, FOREVER_AGO, CivilTime, Instant, Text, Value, from_json
from archive.evidence.vocabulary import Method, SourceKind
from archive.values.direction import Direction
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.moment import Moment
from archive.values.readership import Readership
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.evidence.models import Appearance, Source
    from archive.values.place import Place

PLACE_FACETS = frozenset({Facet.CAMERA_PLACE, Facet.SUBJECT_PLACE, Facet.OPERATOR_PLACE})
TEXT_FACETS = frozenset({Facet.AUTHOR, Facet.CONTENT, Facet.AUTHENTICITY})
MOST_BASES = 20

_METHODS = frozenset({Method.STATED, Method.INFERRED, Method.MEASURED, Method.DERIVED, Method.GPX})


@transaction.atomic
def make_claim(
    *,
    target: Target,
    facet: Facet,
    value: Value,
    source: Source,
    by: User,
    method: str = Method.STATED,
    words: str = "",
    language: str = "",
    said_at: str = "",
    appearance: Appearance | None = None,
    rationale: str = "",
    bases: Sequence[Claim] = (),
    exceptions: Sequence[Photo] = (),
    readership: Readership = Readership.PUBLIC,
    supersedes: Claim | None = None,
) -> Claim:
    """Record what somebody says about a photo or a series, beside what others say, and settle.

    `words` are verbatim, `said_at` is EDTF. `bases` are the claims it rests on: it is then no second voice.
    `exceptions` are photos of the series for which it does not hold. `supersedes` corrects an earlier
    claim of the same source on the same question.
    """
    target = hold(target)
    _require_fit(facet, value)
    if method not in _METHODS:
        raise EvidenceError("Say how the value was come by: stated, inferred, measured or derived.")
    if source.collection_id not in (None, collection_of(target).pk):
        raise EvidenceError("The source is recorded for another collection: record it for this one as well.")
    if readership is Readership.REVIEWERS:
        raise EvidenceError(
            "A claim moves the answer that members see, so it is for everyone or for members. Put what only "
            "reviewers may read into evidence."
        )
    _require_bases(target, bases)
    _require_members(target, exceptions)
    if supersedes is not None:
        _require_correctable(supersedes, target, facet)
    claim, _ = make(
        target=target,
        facet=facet,
        value=value,
        method=Method(method),
        source=source,
        supersedes=supersedes,
        by=by.pk,
        words=text_within(words, "Their words"),
        language=text_within(language, "Language", 20),
        said_at=_edtf(said_at),
        appearance=appearance,
        rationale=text_within(rationale, "Why"),
        bases=bases,
        exceptions=exceptions,
        readership=readership,
    )
    settle_again(target, because=claim)
    return claim


@transaction.atomic
def retract_claim(*, claim: Claim, by: User, rationale: str = "") -> Claim:
    """Take a recorded claim back, as one more claim without a value. A file's word cannot be taken back."""
    target = hold(target_of(claim))
    if claim.source.kind == SourceKind.FILE:
        raise EvidenceError("What a file says cannot be taken back; say what you know over it.")
    if claim.superseded_by.exists():
        raise StaleClaimError("This was corrected or taken back since.")
    gone, _ = make(
        target=target,
        facet=Facet(claim.facet),
        value=None,
        method=Method.WITHDRAWN,
        source=claim.source,
        supersedes=claim,
        by=by.pk,
        rationale=text_within(rationale, "Why"),
        readership=Readership(claim.readership),
    )
    settle_again(target, because=gone)
    return gone


@transaction.atomic
def except_photo(*, claim: Claim, photo: Photo, by: User, reason: str = "") -> ClaimException:
    """Say that a series' claim does not hold for one of its photos."""
    target = hold(target_of(claim))
    _require_members(target, [photo])
    exception, is_new = ClaimException.objects.get_or_create(
        claim=claim,
        photo=photo,
        defaults={"reason": text_within(reason, "Why"), "created_by": by},
    )
    if is_new:
        note(target, Kind.CLAIM_EXCEPTED, by.pk, {"claim": claim.pk, "photo": photo.public_id})
        resettle(photo, because=claim)
    return exception


@transaction.atomic
def claim_place(
    *,
    photo: Photo,
    by: User,
    place: Place,
    facet: Facet = Facet.CAMERA_PLACE,
    words: str = "",
    seen: int | None = None,
) -> Claim:
    """Record where a member says the camera, the subject or the photographer was, and settle.

    It supersedes what members said before: an edit corrects. `seen` is the newest claim on the question that
    the person saw, 0 for none; when another has come since, `StaleClaimError` is raised and nothing is
    written. None does not ask.
    """
    if facet not in PLACE_FACETS:
        raise EvidenceError(
            "Say which place it is: where the camera was, what the picture shows, or who stood where."
        )
    return _state(photo=photo, by=by, facet=facet, value=place, words=words, seen=seen)


@transaction.atomic
def claim_time(*, photo: Photo, by: User, text: str, words: str = "", seen: int | None = None) -> Claim:
    """Record when a member says the picture was taken, as EDTF or a plain date, and settle."""
    return _state(photo=photo, by=by, facet=Facet.TIME, value=civil_time(text), words=words, seen=seen)


@transaction.atomic
def withdraw(*, photo: Photo, facet: Facet, by: User, seen: int | None = None) -> Claim | None:
    """Take back what members said on a question; None when none had said anything."""
    photo = locked(photo)
    _refuse_stale(photo, facet, seen)
    standing = _standing_of_members(photo, facet)
    if standing is None:
        return None
    claim, _ = make(
        target=photo,
        facet=facet,
        value=None,
        method=Method.WITHDRAWN,
        source=source_of(by),
        supersedes=standing,
        by=by.pk,
    )
    resettle(photo, because=claim)
    return claim


@transaction.atomic
def undo_claim(*, claim: Claim, by: User) -> Claim:
    """Restore what stood before a member's claim or withdrawal, as one more claim.

    Raises `StaleClaimError` when the question was answered again since, `EvidenceError` for others' claims.
    """
    if claim.photo is None or claim.source.kind != SourceKind.MEMBER:
        raise EvidenceError("Only a member's entry can be undone; over what others say, say what you know.")
    photo = locked(claim.photo)
    if claim.superseded_by.exists():
        raise StaleClaimError("This was changed again since; undo the newer change first.")
    before = claim.supersedes if claim.supersedes and claim.supersedes.value is not None else None
    restored, _ = make(
        target=photo,
        facet=Facet(claim.facet),
        value=from_json(before.value) if before else None,
        method=Method.STATED if before else Method.WITHDRAWN,
        source=source_of(by),
        words=before.words if before else "",
        supersedes=claim,
        by=by.pk,
    )
    resettle(photo, because=restored)
    return restored


def newest_claim(photo: Photo, facet: Facet) -> int:
    """Return the number of the latest claim on a question, 0 when nobody spoke."""
    return (
        Claim.objects.filter(photo=photo, facet=facet.value)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    ) or 0


def civil_time(text: str) -> CivilTime:
    """Read a date as a person writes it. Raises `EvidenceError` that says how to write it."""
    try:
        span = parse_edtf(text)
    except EdtfError as unread:
        raise EvidenceError(str(unread)) from unread
    moment = Moment(span.earliest or FOREVER_AGO, span.latest or FAR_AHEAD, span.offset_minutes)
    return CivilTime(moment, span.text)


def history(photo: Photo) -> list[Claim]:
    """Return every claim on the photo and its series, newest first, with who made it."""
    return list(reversed(claims_on(photo)))


def _state(*, photo: Photo, by: User, facet: Facet, value: Value, words: str, seen: int | None) -> Claim:
    clean = text_within(words, "What makes you say so", LONGEST_TEXT)
    photo = locked(photo)
    _refuse_stale(photo, facet, seen)
    claim, _ = make(
        target=photo,
        facet=facet,
        value=value,
        method=Method.STATED,
        source=source_of(by),
        words=clean,
        supersedes=_standing_of_members(photo, facet),
        by=by.pk,
    )
    resettle(photo, because=claim)
    return claim


def _require_fit(facet: Facet, value: Value) -> None:
    """Each question takes its own kind of value."""
    if facet in TEXT_FACETS:
        fits = isinstance(value, Text)
    elif facet is Facet.TIME:
        fits = isinstance(value, CivilTime | Instant)
    elif facet is Facet.DIRECTION:
        fits = isinstance(value, Direction)
    else:  # "in China" is an answer too, in words: nobody has to draw what nobody said
        fits = not isinstance(value, CivilTime | Instant | Direction)
    if not fits:
        raise EvidenceError(
            "The value does not answer this question: a place, a date or words are asked for."
        )


def _require_bases(target: Target, bases: Sequence[Claim]) -> None:
    if len(bases) > MOST_BASES:
        raise EvidenceError(f"A claim rests on at most {MOST_BASES} others: name the ones it needs.")
    home = collection_of(target).pk
    if any(collection_of(target_of(basis)).pk != home for basis in bases):
        raise EvidenceError("A claim rests on claims of the same collection.")


def _require_members(target: Target, photos: Sequence[Photo]) -> None:
    if not photos:
        return
    if not isinstance(target, Series):
        raise EvidenceError("Exceptions are made from what is said of a series.")
    members = set(target.members.values_list("photo_id", flat=True))
    if any(photo.pk not in members for photo in photos):
        raise EvidenceError("Only a photo of the series can be an exception.")


def _require_correctable(claim: Claim, target: Target, facet: Facet) -> None:
    if target_of(claim) != target or claim.facet != facet.value:
        raise EvidenceError("A correction answers the same question about the same photo or series.")
    if claim.source.kind == SourceKind.FILE:
        raise EvidenceError("What a file says is not corrected; say what you know over it.")
    if claim.superseded_by.exists():
        raise StaleClaimError("This claim was corrected or taken back since; look at the newer one first.")


def _edtf(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return parse_edtf(text).text
    except EdtfError as unread:
        raise EvidenceError(f"Said when: {unread}") from unread


def _refuse_stale(photo: Photo, facet: Facet, seen: int | None) -> None:
    if seen is not None and newest_claim(photo, facet) != seen:
        raise StaleClaimError("Somebody else changed this since you opened the page.")


def _standing_of_members(photo: Photo, facet: Facet) -> Claim | None:
    return (
        Claim.objects.filter(photo=photo, facet=facet.value, source__kind=SourceKind.MEMBER)
        .filter(superseded_by=None)
        .exclude(value=None)
        .order_by("-pk")
        .first()
    )
