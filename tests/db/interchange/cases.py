"""A small archive with a case in it: rivals, a verdict, a region, a falsifier, and words for few eyes."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache

from django.contrib.auth.models import User

from archive import vault
from archive.access.models import MemberRole
from archive.catalogue.models import Collection, Photo, Visibility
from archive.catalogue.photos import edit_photo
from archive.evidence import appearances, attachments, claims, grounds, series, sources, verdicts
from archive.evidence.values import Text
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet
from tests.db.making import a_collection, a_member, a_photo, a_reading, a_user
from tests.pictures import a_jpeg

HIDDEN = "only-reviewers-read-this"
MEMBERS = "only-members-read-this"
SECRET_NAME = "Withheld Witness"


@dataclass
class Case:
    owner: User
    reader: User
    collection: Collection
    photo: Photo


@cache
def _picture(number: int) -> bytes:
    """The same few pictures for every test, so that their copies are made once."""
    return a_jpeg(size=(120, 60 + number))


def a_kept_photo(collection: Collection, **facts) -> Photo:
    """Return a photo whose bytes lie in the vault, 120 pixels wide and 60 high or a little more."""
    number = collection.photos.count()
    stored = vault.put(io.BytesIO(_picture(number)))
    reading = replace(a_reading(**facts), sha256=stored.sha256, byte_count=stored.byte_count)
    return a_photo(collection, replace(reading, width=120, height=60 + number))


def a_case(visibility=Visibility.PUBLIC) -> Case:
    owner = a_user()
    collection = a_collection(owner, visibility)
    photo = a_kept_photo(collection, place=Place(40.1, 124.4, 20.0))
    edit_photo(photo=photo, by=owner.pk, title="Two kilometres <from> the border", caption="국경에서 2 km")
    witness = sources.record_source(
        collection=collection, kind="person", name=SECRET_NAME, display="withheld", by=owner
    )
    rival = claims.make_claim(
        target=photo,
        facet=Facet.CAMERA_PLACE,
        value=Place(40.0, 124.3, 500.0),
        source=witness,
        by=owner,
        words=f"from the roof, says {SECRET_NAME}",
    )
    claims.make_claim(
        target=photo,
        facet=Facet.AUTHOR,
        value=Text(MEMBERS),
        source=witness,
        by=owner,
        readership=Readership.MEMBERS,
    )
    grounds.record_evidence(
        target=photo,
        by=owner,
        kind="visual_match",
        text="The chimney stands where the map has it.",
        region=grounds.Region(0.1, 0.2, 0.3, 0.4),
        region_label="chimney",
        bearings=[grounds.BearingOn(rival, "for", 2, "only there")],
    )
    grounds.record_evidence(
        target=photo, by=owner, kind="testimony", text=HIDDEN, readership=Readership.REVIEWERS
    )
    grounds.record_falsifier(target=photo, facet=Facet.TIME, text="A dated newspaper in it", by=owner)
    verdicts.give_verdict(claim=rival, reviewer=owner, judgement="probable", reasons="Two things fit.")
    page = vault.put(io.BytesIO(b"<p>A post, as it was kept</p>"))
    kept = attachments.keep_attachment(
        collection=collection, sha256=page.sha256, byte_count=page.byte_count, name="post.html", by=owner
    )
    appearances.record_appearance(
        target=photo,
        by=owner,
        url="https://news.example/1",
        title="A post",
        posted="2020-05-01",
        archived=kept,
    )
    roll = series.open_series(collection=collection, title="The roll", photos=[photo], by=owner)
    claims.make_claim(
        target=roll, facet=Facet.CONTENT, value=Text("A river in ice"), source=witness, by=owner
    )
    photo.refresh_from_db()
    return Case(owner, a_member(collection, MemberRole.READER), collection, photo)
