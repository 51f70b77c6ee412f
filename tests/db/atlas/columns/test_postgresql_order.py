"""PostgreSQL, where several write at a time: a change may be committed after others with higher numbers."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from archive.atlas.columns import building, following
from archive.atlas.snapshot import snapshot
from archive.catalogue import changes
from archive.catalogue.models import Change
from tests.db.atlas.columns.seeing import Filling, held, shown

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def elsewhere(work):
    """Do something in a transaction of another connection, which is committed when the block ends."""
    done, go_on = threading.Event(), threading.Event()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with transaction.atomic():
                work()
                done.set()
                go_on.wait(20)
        except BaseException as error:  # noqa: BLE001 - told to the test
            failed.append(error)
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    done.wait(20)
    try:
        yield
    finally:
        go_on.set()
        thread.join(20)
    assert not failed


def changed(filling, photo) -> None:
    filling.fill(photo)
    changes.note(photo)


@pytest.fixture
def filling():
    return Filling(1)


def test_a_lower_number_that_is_committed_later_is_seen(built, filling):
    early, late = filling.photos(2)
    changed(filling, early)
    built()
    with elsewhere(lambda: changed(filling, early)):
        changed(filling, late)
        first = following.view()
        assert shown(first) == held()
    view = following.view()
    assert shown(view) == held()
    assert view.revision == building.in_memory().revision != first.revision
    numbers = list(Change.objects.order_by("pk").values_list("photo_id", flat=True))
    assert numbers[-2:] == [early.pk, late.pk], "the one committed later has the lower number"


def test_a_change_that_was_open_during_the_build_is_seen(built, filling):
    early, late = filling.photos(2)
    changed(filling, early)
    with elsewhere(lambda: changed(filling, early)):
        changed(filling, late)
        built()
        assert shown(following.view()) == held()
    assert shown(following.view()) == held()
    assert following.view().revision == building.in_memory().revision


def test_changes_are_counted_once_while_an_old_transaction_stays_open(built, filling):
    one, other, third = filling.photos(3)
    changed(filling, one)
    built()
    with elsewhere(lambda: changes.note(third)):
        for photo in (one, other, one):
            changed(filling, photo)
            assert following.view().revision == building.in_memory().revision
        assert shown(following.view()) == held()
        again = following.view()
        assert following.view() is again, "what has been seen is not read again"
    assert following.view().revision == building.in_memory().revision


def test_an_old_snapshot_does_not_throw_away_what_others_have_seen(built, filling):
    photo = filling.photos(1)[0]
    changed(filling, photo)
    built()
    with snapshot():
        following.view()
        with elsewhere(lambda: changed(filling, photo)):
            pass
        with elsewhere(following.view):
            pass
        newest = following.view()
    assert following.view() is newest
    assert shown(newest) == held()


def test_numbers_of_transactions_from_a_restored_dump_do_no_harm(built, filling):
    photos = filling.photos(3)
    for photo in photos:
        changed(filling, photo)
    Change.objects.update(transaction=10**15)
    built()
    first = following.view()
    assert following.view() is first
    changed(filling, photos[1])
    assert shown(following.view()) == held()
    assert following.view().revision == building.in_memory().revision


def test_threads_see_the_same_view(built, filling):
    photos = filling.photos(5)
    changed(filling, photos[0])
    built()
    seen: list[str] = []

    def look() -> None:
        try:
            seen.extend(following.view().revision for _ in range(5))
        finally:
            connection.close()

    for photo in photos:
        changed(filling, photo)
    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(seen) == {building.in_memory().revision}
    assert len(seen) == 20


def test_within_a_transaction_the_changes_of_others_are_seen_as_well_as_its_own(built, filling):
    own, other = filling.photos(2)
    changed(filling, own)
    built()
    with transaction.atomic():
        changed(filling, own)
        following.view()
        with elsewhere(lambda: changed(filling, other)):
            pass
        with elsewhere(following.view):
            pass
        assert shown(following.view()) == held()
    assert shown(following.view()) == held()
