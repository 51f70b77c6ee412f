"""What a claim, an appearance or a piece of evidence is about: one photo, or a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from archive.catalogue.models import Collection, Photo
from archive.catalogue.photos import locked
from archive.custody.chain import Kind, actor_of, record
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Claim, ClaimBasis, Series
from archive.evidence.settling import resettle

if TYPE_CHECKING:
    from archive.evidence.models import Verdict

Target = Photo | Series

LONGEST_TEXT = 5000


class About(TypedDict):
    photo: Photo | None
    series: Series | None


def about(target: Target) -> About:
    """Return the two columns that say what a row is about."""
    if isinstance(target, Series):
        return {"photo": None, "series": target}
    return {"photo": target, "series": None}


def target_of(row: Any) -> Target:
    """Return what a claim, appearance, piece of evidence or falsifier is about."""
    found: Target = row.series if row.photo_id is None else row.photo
    return found


def collection_of(target: Target) -> Collection:
    return target.collection


def hold(target: Target) -> Target:
    """Lock what is spoken of, so that writers go one after another; the caller has a transaction open."""
    if isinstance(target, Series):
        return Series.objects.select_for_update().select_related("collection").get(pk=target.pk)
    return locked(target)


def note(target: Target, kind: Kind, by: int | None, detail: dict[str, Any]) -> None:
    """Add a link to the chain of the photo or the series."""
    record(chain=target.public_id, kind=kind, actor=actor_of(by), detail=detail)


def settle_again(target: Target, *, because: Claim | Verdict | None = None) -> None:
    """Settle every photo that is spoken of, and those of claims that rest on the one that changed."""
    photos = [target] if isinstance(target, Photo) else list(target.photos.order_by("pk"))
    for photo in photos:
        resettle(photo, because=because)
    for photo in _resting(because).exclude(pk__in=[photo.pk for photo in photos]):
        resettle(photo, because=because)


def _resting(because: Claim | Verdict | None) -> QuerySet[Photo]:
    """Return the photos of claims that rest, by however many steps, on the claim that was made or judged."""
    if because is None:
        return Photo.objects.none()
    claim = because if isinstance(because, Claim) else because.claim
    changed = {pk for pk in (claim.pk, claim.supersedes_id) if pk is not None}
    known = ahead = changed
    while ahead:
        ahead = set(ClaimBasis.objects.filter(basis__in=ahead).values_list("claim_id", flat=True)) - known
        known = known | ahead
    if known == changed:
        return Photo.objects.none()
    rests = Claim.objects.filter(pk__in=known - changed)
    spoken = Q(pk__in=rests.values("photo")) | Q(series__in=rests.values("series"))
    return Photo.objects.filter(spoken).distinct().order_by("pk")


def text_within(text: str, what: str, most: int = LONGEST_TEXT) -> str:
    """Return the text without spaces at its ends. Raises `EvidenceError` when it is too long to keep."""
    clean = text.replace("\x00", "").strip()
    if len(clean) > most:
        raise EvidenceError(f"{what}: shorten it to {most:,} characters or fewer.")
    return clean


def web_address(text: str, what: str) -> str:
    """Return an address of the web, or "". Raises `EvidenceError` for every other kind of address."""
    clean = text_within(text, what, 2000)
    if clean and urlsplit(clean).scheme not in ("http", "https"):
        raise EvidenceError(f"{what}: it begins with http:// or https://.")
    return clean


def required(text: str, what: str, most: int = LONGEST_TEXT) -> str:
    clean = text_within(text, what, most)
    if not clean:
        raise EvidenceError(f"{what}: write at least a few words.")
    return clean
