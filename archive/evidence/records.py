"""Which series, sources, appearances and claims there are: for the doors to list and to choose from.

Every function narrows; who may see what is asked of `access` first, and given as photos or collections.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, Q

from archive.evidence.models import Appearance, Attachment, Claim, Evidence, Falsifier, Series, Source
from archive.evidence.settling import bound_of
from archive.evidence.targets import about

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.catalogue.models import Collection, Photo
    from archive.evidence.targets import Target
    from archive.values.readership import Readership

FAR_FUTURE = datetime(9999, 12, 31, tzinfo=UTC)
Row = TypeVar("Row", Claim, Appearance, Falsifier)


def series_within(collections: QuerySet[Collection]) -> QuerySet[Series]:
    return Series.objects.filter(collection__in=collections).select_related("collection")


def series_of(collection: Collection) -> list[tuple[Series, int]]:
    """Return a collection's series, each with how many photos it holds."""
    every = list(Series.objects.filter(collection=collection))
    counts = dict(
        Series.objects.filter(collection=collection).values_list("pk").annotate(n=Count("members")).order_by()
    )
    return [(series, counts[series.pk]) for series in every]


def sources_of(collection: Collection) -> QuerySet[Source]:
    """Return the recorded sources of a collection by name."""
    return Source.objects.filter(collection=collection).order_by("name", "pk")


def claims_by_source(collection: Collection) -> dict[int, int]:
    """Return how many claims each recorded source made, by its row; those without any are absent."""
    made = Claim.objects.filter(source__collection=collection).exclude(value=None)
    return dict(made.values_list("source").annotate(n=Count("pk")).order_by())


def sources_within(collections: QuerySet[Collection]) -> QuerySet[Source]:
    return Source.objects.filter(collection__in=collections).select_related("collection")


def claims_within(photos: QuerySet[Photo], collections: QuerySet[Collection]) -> QuerySet[Claim]:
    """Return the claims on these photos, and on the series of these collections."""
    found = Claim.objects.filter(_about_any(photos, collections))
    return found.select_related("source__user", "photo__collection", "series__collection", "appearance")


def appearances_within(photos: QuerySet[Photo], collections: QuerySet[Collection]) -> QuerySet[Appearance]:
    found = Appearance.objects.filter(_about_any(photos, collections))
    return found.select_related("publisher", "archived", "photo__collection", "series__collection")


def falsifiers_within(photos: QuerySet[Photo], collections: QuerySet[Collection]) -> QuerySet[Falsifier]:
    found = Falsifier.objects.filter(_about_any(photos, collections))
    return found.select_related("photo__collection", "series__collection")


def evidence_within(photos: QuerySet[Photo], collections: QuerySet[Collection]) -> QuerySet[Evidence]:
    """Return what stands of the evidence on these photos, and on the series of these collections."""
    found = Evidence.objects.filter(_about_any(photos, collections), superseded_by=None, withdrawn=False)
    return found.select_related(
        "source", "attachment", "other_photo", "photo__collection", "series__collection"
    )


def attachments_within(collections: QuerySet[Collection]) -> QuerySet[Attachment]:
    return Attachment.objects.filter(collection__in=collections).select_related("collection")


def attachments_of(collection: Collection, public_ids: Iterable[str]) -> list[Attachment]:
    """Return these documents of a collection, in the order asked for."""
    wanted = list(dict.fromkeys(public_ids))
    rows = Attachment.objects.filter(collection=collection, public_id__in=wanted)
    found = {one.public_id: one for one in rows}
    return [found[public_id] for public_id in wanted if public_id in found]


def standing_claims(target: Target, readerships: Iterable[Readership]) -> list[Claim]:
    """Return claims that were neither corrected nor taken back: of a photo also those on its series."""
    standing = _standing(Claim.objects.filter(_direct_or_by_series(target)), readerships)
    found = standing.exclude(value=None).select_related("source__user", "series", "appearance")
    return list(found.prefetch_related("exceptions", "bases").order_by("pk"))


def current_appearances(target: Target, readerships: Iterable[Readership]) -> list[Appearance]:
    """Return appearances that stand, earliest bound first: of a photo also those of its series."""
    standing = _standing(Appearance.objects.filter(_direct_or_by_series(target)), readerships)
    found = standing.filter(withdrawn=False).select_related("publisher", "archived", "series")
    return sorted(found, key=lambda one: (bound_of(one) or FAR_FUTURE, one.pk))


def current_evidence(target: Target, readerships: Iterable[Readership]) -> list[Evidence]:
    """Return evidence that stands, as it was recorded: of a photo also that on its series."""
    rows = Evidence.objects.filter(_direct_or_by_series(target))
    standing = rows.filter(
        superseded_by=None, withdrawn=False, readership__in=[one.value for one in readerships]
    )
    return list(standing.select_related("source", "attachment").prefetch_related("bearings").order_by("pk"))


def current_falsifiers(target: Target, readerships: Iterable[Readership]) -> list[Falsifier]:
    standing = _standing(Falsifier.objects.filter(_direct_or_by_series(target)), readerships)
    return list(standing.filter(withdrawn=False).order_by("pk"))


def resting_on(claim: Claim) -> int:
    """Return how many standing claims rest on one."""
    return claim.carries.filter(claim__superseded_by=None).exclude(claim__value=None).count()


def attached(digests: Iterable[str]) -> set[str]:
    """Return those digests whose bytes are kept as a document as well."""
    return set(Attachment.objects.filter(sha256__in=list(digests)).values_list("sha256", flat=True))


def _standing(rows: QuerySet[Row], readerships: Iterable[Readership]) -> QuerySet[Row]:
    """Return what these readers may read and nothing that they may read has replaced.

    A correction that they may not read changes nothing for them: else its coming would tell of it.
    """
    may_read = [one.value for one in readerships]
    return rows.filter(readership__in=may_read).exclude(superseded_by__readership__in=may_read)


def _about_any(photos: QuerySet[Photo], collections: QuerySet[Collection]) -> Q:
    return Q(photo__in=photos) | Q(series__collection__in=collections)


def _direct_or_by_series(target: Target) -> Q:
    direct = Q(**{name: value for name, value in about(target).items() if value is not None})
    return direct if isinstance(target, Series) else direct | Q(series__in=target.series.values("pk"))
