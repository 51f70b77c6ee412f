"""What has really been committed, not only within the transaction of a test."""

from __future__ import annotations

import pytest
from django.db import transaction

from archive.atlas.columns import following, log, rebuilding
from archive.catalogue import changes
from archive.catalogue.models import Change
from tests.db.atlas.columns.seeing import Filling, held, shown

pytestmark = pytest.mark.django_db(transaction=True)


def changed(filling, photo) -> None:
    filling.fill(photo)
    changes.note(photo)


@pytest.fixture
def filling(db):
    return Filling(1)


def test_workers_that_followed_differently_agree_on_the_revision(built, filling):
    photos = filling.photos(4)
    changed(filling, photos[0])
    built()
    eager, lazy = following.Follower(), following.Follower()
    for photo in photos:
        changed(filling, photo)
        eager.view()
    assert eager.view().revision == lazy.view().revision
    built()
    assert eager.view().public_revision == following.Follower().view().public_revision


def test_what_a_writer_has_not_committed_is_seen_by_itself_alone(built, filling):
    photo = filling.photos(1)[0]
    changed(filling, photo)
    built()
    before = following.view()
    with transaction.atomic():
        changed(filling, photo)
        own = following.view()
        assert shown(own) == held()
        assert own.revision != before.revision
        transaction.set_rollback(True)
    assert following.view() is before
    assert shown(before) == held()


def test_more_changes_than_are_followed_are_noticed_on_every_database(built, filling, monkeypatch):
    photo = filling.photos(1)[0]
    changed(filling, photo)
    built()
    monkeypatch.setattr(log, "MOST", 2)
    for _ in range(4):
        changes.note(photo)
    assert following.view() is None
    assert following.view() is None


def test_a_database_that_lost_its_last_commits_is_answered_by_sql_until_the_next_build(
    built, filling, caplog
):
    photo = filling.photos(1)[0]
    changed(filling, photo)
    changes.note(photo)
    built()
    assert following.view() is not None
    Change.objects.order_by("-pk")[0].delete()
    changes.note(photo)
    assert following.view() is None
    assert "another state" in caplog.text
    assert "another state" in rebuilding.reason_to_rebuild()
    built()
    assert shown(following.view()) == held()
