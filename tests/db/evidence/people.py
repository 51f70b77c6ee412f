"""Claims by people and verdicts in short, for tests of evidence."""

from __future__ import annotations

from archive.evidence.claims import make_claim
from archive.evidence.sources import record_source
from archive.evidence.values import Text
from archive.evidence.verdicts import give_verdict
from archive.values.place import Place
from archive.values.settled import Facet, SettledPlace, SettledTime
from tests.db.making import a_user

SEOUL = Place(37.5665, 126.978, 12)
BUSAN = Place(35.1796, 129.0756, 12)
LIMA = Place(-12.05, -77.05, 12)


def a_source(collection, name="XiaoHao", kind="account", **fields):
    return record_source(collection=collection, kind=kind, name=name, by=a_user(), **fields)


def a_claim(target, value=SEOUL, facet=Facet.CAMERA_PLACE, source=None, **fields):
    source = source or a_source(target.collection, fields.pop("name", "XiaoHao"))
    return make_claim(target=target, facet=facet, value=value, source=source, by=a_user(), **fields)


def a_verdict(claim, judgement="confirmed", reviewer=None, reasons="the roofs match", **fields):
    return give_verdict(
        claim=claim, reviewer=reviewer or a_user(), judgement=judgement, reasons=reasons, **fields
    )


def words(text):
    return Text(text)


def place_of(photo) -> SettledPlace:
    photo.refresh_from_db()
    return SettledPlace.from_json(photo.settled_place)


def time_of(photo) -> SettledTime:
    photo.refresh_from_db()
    return SettledTime.from_json(photo.settled_time)
