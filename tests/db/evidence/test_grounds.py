from __future__ import annotations

import pytest

from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.grounds import (
    BearingOn,
    Region,
    record_evidence,
    record_falsifier,
    update_falsifier,
    withdraw_evidence,
)
from archive.evidence.hearing import case_of
from archive.evidence.series import open_series
from archive.values.readership import Readership
from archive.values.settled import Facet
from tests.db.evidence.people import BUSAN, a_claim
from tests.db.making import a_photo, a_user

pytestmark = pytest.mark.django_db

EVERYTHING = frozenset(Readership)


def seen(target, *bearings, **fields):
    fields.setdefault("kind", "context")
    fields.setdefault("text", "the streets are empty")
    return record_evidence(target=target, by=a_user(), bearings=bearings, **fields)


def grounds_of(photo):
    return case_of(photo, readerships=EVERYTHING).questions[Facet.CAMERA_PLACE].grounds


def test_evidence_bears_on_rivals_each_in_its_own_way():
    photo = a_photo()
    one, other = a_claim(photo), a_claim(photo, BUSAN, name="another")
    seen(photo, BearingOn(one, "for", 3, "the tower"), BearingOn(other, "against", 2, "no tower there"))
    (ground,) = grounds_of(photo)
    assert [(bears.claim, bears.stance, bears.diagnosticity) for bears in ground.bears] == [
        (one.pk, "for", 3),
        (other.pk, "against", 2),
    ]


def test_evidence_moves_no_answer():
    photo = a_photo()
    claim = a_claim(photo)
    photo.refresh_from_db()
    before = photo.settled_place
    seen(photo, BearingOn(claim, "against", 3))
    photo.refresh_from_db()
    assert photo.settled_place == before


def test_a_corrected_entry_replaces_and_a_withdrawn_one_goes():
    photo = a_photo()
    claim = a_claim(photo)
    first = seen(photo, BearingOn(claim, "for", 1))
    second = seen(photo, BearingOn(claim, "neither", 0), supersedes=first)
    assert [ground.evidence for ground in grounds_of(photo)] == [second.pk]
    with pytest.raises(StaleClaimError):
        withdraw_evidence(evidence=first, by=a_user())
    withdraw_evidence(evidence=second, by=a_user())
    assert grounds_of(photo) == ()


@pytest.mark.parametrize(
    "box", [(-0.1, 0, 0.5, 0.5), (0.6, 0, 0.5, 0.5), (0, 0, 0.0001, 0.5), (0, 0, float("nan"), 0.5)]
)
def test_a_region_lies_in_the_picture_and_can_be_seen(box):
    with pytest.raises(EvidenceError):
        Region(*box)


def test_a_region_comes_back_as_it_was_drawn():
    region = Region(0.1, 0.2, 0.3, 0.4)
    assert Region.from_json(region.to_json()) == region
    with pytest.raises(EvidenceError):
        Region.from_json({"x": 0.1})


def test_a_region_is_drawn_on_one_photo_and_not_on_a_series():
    photo = a_photo()
    series = open_series(collection=photo.collection, title="One post", photos=[photo], by=a_user())
    with pytest.raises(EvidenceError, match="one photo"):
        seen(series, region=Region(0, 0, 0.5, 0.5))


@pytest.mark.parametrize("wrong", [{"stance": "perhaps"}, {"diagnosticity": 4}])
def test_a_bearing_says_how_and_how_much(wrong):
    photo = a_photo()
    bearing = {"stance": "for", "diagnosticity": 1, **wrong}
    with pytest.raises(EvidenceError):
        seen(photo, BearingOn(a_claim(photo), **bearing))


def test_evidence_stays_within_its_collection_and_bears_once_on_a_claim():
    photo = a_photo()
    with pytest.raises(EvidenceError, match="same collection"):
        seen(photo, BearingOn(a_claim(a_photo()), "for", 1))
    claim = a_claim(photo)
    with pytest.raises(EvidenceError, match="once"):
        seen(photo, BearingOn(claim, "for", 1), BearingOn(claim, "against", 1))


def test_what_would_change_the_answer_is_looked_for_and_found_in_steps_that_stay():
    photo = a_photo()
    asked = record_falsifier(target=photo, facet=Facet.TIME, text="a copy dated before 2020", by=a_user())
    newer = update_falsifier(falsifier=asked, by=a_user(), state="looked_for", remark="three archives")
    with pytest.raises(StaleClaimError):
        update_falsifier(falsifier=asked, by=a_user(), state="found")
    (told,) = case_of(photo, readerships=EVERYTHING).questions[Facet.TIME].falsifiers
    assert (told.falsifier, told.state, told.remark) == (newer.pk, "looked_for", "three archives")
    update_falsifier(falsifier=newer, by=a_user(), state="found", withdrawn=True)
    assert Facet.TIME not in case_of(photo, readerships=EVERYTHING).questions
