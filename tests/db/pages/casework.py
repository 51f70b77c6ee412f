"""A collection with a series, its curator, a reader and a stranger, for the tests of casework."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.test import Client

from archive.access.models import MemberRole
from archive.catalogue.models import Collection, Photo, Visibility
from archive.evidence.models import Claim, Series, Source
from archive.evidence.series import open_series
from archive.evidence.sources import record_source
from tests.db.making import a_collection, a_member, a_photo


@dataclass
class Case:
    visibility: str = Visibility.PUBLIC
    collection: Collection = field(init=False)
    curator: User = field(init=False)
    reader: User = field(init=False)
    photos: list[Photo] = field(init=False)
    series: Series = field(init=False)

    def __post_init__(self) -> None:
        self.collection = a_collection(visibility=self.visibility)
        self.curator = a_member(self.collection, MemberRole.CURATOR)
        self.reader = a_member(self.collection, MemberRole.READER)
        self.photos = [a_photo(self.collection), a_photo(self.collection)]
        self.series = open_series(
            collection=self.collection, title="Seven aerial pictures", photos=self.photos, by=self.curator
        )

    @property
    def photo(self) -> Photo:
        return self.photos[0]

    def source(self, name: str = "XiaoHao", **fields: str) -> Source:
        return record_source(collection=self.collection, kind="account", name=name, by=self.curator, **fields)


def as_user(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def said(**changes: object) -> dict[str, object]:
    """What a person types to say that it was taken in 2020."""
    return {
        "who": "own",
        "facet": "time",
        "scope": "photo",
        "date": "2020",
        "method": "stated",
        "readership": "public",
    } | changes


def text_of(answer) -> str:
    return html.unescape(answer.content.decode())


def last_claim() -> Claim:
    return Claim.objects.latest("pk")
