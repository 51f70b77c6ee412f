from __future__ import annotations

import pytest

from archive.evidence.claims import except_photo
from archive.evidence.errors import EvidenceError
from archive.evidence.series import (
    add_to_series,
    edit_series,
    open_series,
    order_series,
    take_from_series,
)
from archive.values.settled import Status
from tests.db.evidence.people import BUSAN, LIMA, SEOUL, a_claim, a_source, a_verdict, place_of
from tests.db.making import a_collection, a_photo, a_user

pytestmark = pytest.mark.django_db


def a_series(count=2, **fields):
    collection = a_collection()
    photos = [a_photo(collection) for _ in range(count)]
    return open_series(collection=collection, title="One post", photos=photos, by=a_user(), **fields), photos


def places(photo):
    return [part.place for part in place_of(photo).parts]


def test_what_is_said_of_a_series_holds_for_each_of_its_photos():
    series, photos = a_series()
    a_claim(series)
    assert [places(photo) for photo in photos] == [[SEOUL], [SEOUL]]


def test_a_verdict_on_a_series_claim_moves_every_photo():
    series, photos = a_series()
    a_verdict(a_claim(series))
    assert {place_of(photo).status for photo in photos} == {Status.CONFIRMED}


def test_an_exception_keeps_a_claim_from_one_photo():
    series, (first, second) = a_series()
    claim = a_claim(series, exceptions=[first])
    assert (places(first), places(second)) == ([], [SEOUL])
    except_photo(claim=claim, photo=second, by=a_user(), reason="another city")
    assert places(second) == []
    assert second.status_changes.last().claim == claim


def test_a_correction_that_excepts_a_photo_does_not_bring_the_old_claim_back_for_it():
    series, (first, second) = a_series()
    source = a_source(series.collection)
    wrong = a_claim(series, source=source)
    a_claim(series, BUSAN, source=source, supersedes=wrong, exceptions=[first])
    assert (places(first), places(second)) == ([], [BUSAN])


def test_what_rests_on_a_claim_that_excepts_the_photo_has_no_ground_there():
    series, (first, second) = a_series()
    root = a_claim(series, exceptions=[first])
    a_claim(series, LIMA, bases=[root], name="another")
    assert LIMA not in places(first)
    assert LIMA in places(second)


def test_a_photo_that_joins_hears_what_is_said_and_one_that_leaves_does_not():
    series, (first, _) = a_series()
    a_claim(series)
    third = a_photo(series.collection)
    assert add_to_series(series=series, photos=[third, first], by=a_user()) == 1
    assert places(third) == [SEOUL]
    take_from_series(series=series, photo=third, by=a_user())
    assert places(third) == []


def test_a_photo_of_another_collection_cannot_join():
    series, _ = a_series()
    with pytest.raises(EvidenceError, match="one collection"):
        add_to_series(series=series, photos=[a_photo()], by=a_user())


def test_only_a_photo_of_the_series_can_be_an_exception():
    series, _ = a_series()
    with pytest.raises(EvidenceError, match="of the series"):
        a_claim(series, exceptions=[a_photo(series.collection)])


def test_photos_stand_in_the_order_given_and_the_rest_follow():
    series, (first, second) = a_series()
    third = a_photo(series.collection)
    add_to_series(series=series, photos=[third], by=a_user())
    order_series(series=series, photos=[third, first], by=a_user())
    assert [member.photo for member in series.members.all()] == [third, first, second]


def test_a_series_keeps_a_title():
    series, _ = a_series()
    assert (
        edit_series(series=series, by=a_user(), title="Seven pictures", note="as posted").note == "as posted"
    )
    with pytest.raises(EvidenceError):
        edit_series(series=series, by=a_user(), title=" ")


def test_settling_a_series_costs_the_same_for_each_photo(django_assert_max_num_queries):
    series, _ = a_series(4)
    claim = a_claim(series)
    with django_assert_max_num_queries(40 + 4 * 22):
        a_verdict(claim)
