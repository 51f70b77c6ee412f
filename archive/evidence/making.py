"""How a claim is written: one row, one link of custody. The verbs stand in `claims` and `proposing`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.custody.chain import Kind, actor_of, record, sealed
from archive.evidence.models import Claim, ClaimBasis, ClaimException, Series, Source
from archive.evidence.values import Value, to_json
from archive.evidence.vocabulary import SourceKind
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Photo
    from archive.custody.models import CustodyEvent
    from archive.evidence.models import Appearance
    from archive.evidence.targets import Target
    from archive.evidence.vocabulary import Method
    from archive.values.settled import Facet


def make(
    *,
    target: Target,
    facet: Facet,
    value: Value | None,
    method: Method,
    source: Source,
    supersedes: Claim | None,
    by: int | None,
    words: str = "",
    language: str = "",
    said_at: str = "",
    appearance: Appearance | None = None,
    rationale: str = "",
    tag: str = "",
    raw: str = "",
    bases: Sequence[Claim] = (),
    exceptions: Sequence[Photo] = (),
    readership: Readership = Readership.PUBLIC,
    after: CustodyEvent | None = None,
) -> tuple[Claim, CustodyEvent]:
    """Write a claim with its link of custody; the caller holds the target's lock and settles.

    `after` is the last link of the target's chain where the caller has just written it.
    """
    series = target if isinstance(target, Series) else None
    claim = Claim.objects.create(
        photo=None if isinstance(target, Series) else target,
        series=series,
        facet=facet.value,
        value=to_json(value),
        method=method,
        source=source,
        words=words,
        language=language,
        said_at=said_at,
        appearance=appearance,
        rationale=rationale,
        tag=tag,
        raw=raw.replace("\x00", ""),
        readership=readership.value,
        supersedes=supersedes,
        created_by_id=by,
        salt=secrets.token_hex(16),
    )
    if bases:
        ClaimBasis.objects.bulk_create(ClaimBasis(claim=claim, basis=basis) for basis in bases)
    if exceptions:
        ClaimException.objects.bulk_create(
            ClaimException(claim=claim, photo=photo, created_by_id=by) for photo in exceptions
        )
    link = record(
        chain=target.public_id,
        kind=Kind.CLAIM_MADE,
        actor=actor_of(by),
        detail={
            "claim": claim.pk,
            "facet": facet.value,
            "method": method.value,
            "supersedes": supersedes.pk if supersedes else None,
            "bases": [basis.pk for basis in bases],
            "exceptions": [photo.public_id for photo in exceptions],
            "value": sealed(content_of(claim), claim.salt),
        },
        after=after,
    )
    return claim, link


def content_of(claim: Claim) -> list[object]:
    """Return what the sealed hash of a claim covers, in this order."""
    return [
        claim.value,
        claim.words,
        claim.language,
        claim.said_at,
        claim.rationale,
        claim.tag,
        claim.raw,
    ]


def source_of(user: User) -> Source:
    """Return the member as a source: the archive's own voice."""
    return Source.objects.get_or_create(
        kind=SourceKind.MEMBER, user=user, defaults={"name": user.get_username()}
    )[0]
