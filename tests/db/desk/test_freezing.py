"""Lists for citation: what they hold, for whom, how they end, and that nobody fills the archive with them."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from archive.access import rights
from archive.access.members import grant
from archive.access.models import MemberRole
from archive.atlas.chosen import ids_of
from archive.catalogue.collections import edit_collection
from archive.catalogue.models import Visibility
from archive.catalogue.photos import remove_photo
from archive.custody.chain import verify_chains
from archive.custody.models import CustodyEvent
from archive.desk import freezing, pace, reading
from archive.desk.canonical import hash_of, ids_in, text_of
from archive.desk.errors import DeskError, TooManyError
from archive.desk.models import FreezeTally, FrozenIds, FrozenSelection
from archive.desk.reading import frozen_for, still_open, still_shown
from archive.values.selection import Selection
from tests.db.making import STRANGER, a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_user("owner")


@pytest.fixture
def walk(owner):
    return a_collection(owner, slug="walk")


@pytest.fixture
def box(owner):
    return a_collection(owner, slug="box", visibility=Visibility.PRIVATE)


@pytest.fixture
def photos(walk):
    return [a_photo(walk) for _ in range(3)]


def ids(photos):
    return [photo.public_id for photo in photos]


def frozen(photos, by=STRANGER, **options):
    return freezing.freeze(ids=ids(photos), query=options.pop("query", ""), by=by, **options)


def test_the_hash_is_that_of_the_ids_joined_by_line_feeds(photos):
    made = frozen(photos)
    text = "\n".join(ids(photos))
    assert made.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert still_open(STRANGER, made) == tuple(ids(photos))


def test_the_text_can_be_read_back():
    assert ids_in(text_of(["a", "b"])) == ("a", "b")
    assert ids_in(text_of([])) == ()
    assert hash_of("a\nb") != hash_of("a\nb\n")


def test_the_order_belongs_to_the_list(photos):
    assert frozen(photos).sha256 != frozen(photos[::-1]).sha256


def test_the_same_view_on_the_same_day_is_the_same_list(photos):
    first, again = frozen(photos, query="collection=walk"), frozen(photos, query="collection=walk")
    assert first == again
    assert FrozenSelection.objects.count() == 1
    assert frozen(photos, query="sort=added") != first


def test_accounts_have_lists_of_their_own_so_that_one_cannot_withdraw_anothers(photos):
    mine, yours, everybodys = frozen(photos, by=a_user()), frozen(photos, by=a_user()), frozen(photos)
    assert len({mine.pk, yours.pk, everybodys.pk}) == 3
    assert FrozenIds.objects.count() == 1


def test_custody_seals_that_the_list_was_there(photos, owner):
    made = frozen(photos, by=owner)
    event = CustodyEvent.objects.get(chain=made.public_id)
    assert event.detail == {"sha256": made.sha256, "photos": 3, "for": "everybody"}
    freezing.withdraw(frozen=made, by=owner)
    assert list(verify_chains(made.public_id)) == []
    assert CustodyEvent.objects.filter(chain=made.public_id).count() == 2


def test_an_empty_view_and_too_large_a_view_are_refused(photos, monkeypatch):
    with pytest.raises(DeskError, match="no photo"):
        frozen([])
    monkeypatch.setattr(freezing, "MOST_FROZEN", 2)
    with pytest.raises(DeskError, match="more than 2 photos"):
        frozen(photos)


def test_a_list_for_everybody_takes_no_closed_photo_even_from_who_may_see_it(photos, box, owner):
    with pytest.raises(DeskError, match="open to everybody"):
        frozen([*photos, a_photo(box)], by=owner)


def test_nobody_freezes_what_they_may_not_see(photos, box):
    with pytest.raises(DeskError):
        frozen([*photos, a_photo(box)], by=a_user(), for_members=True)


def test_a_list_for_members_opens_for_who_belongs_to_every_collection(photos, walk, box, owner):
    made = frozen([*photos, a_photo(box)], by=owner, for_members=True)
    assert sorted(made.members_of) == sorted([walk.pk, box.pk])
    half = a_member(box, MemberRole.READER)
    assert frozen_for(half, made.public_id) is None
    grant(user=half, collection=walk, role=MemberRole.READER)
    assert frozen_for(half, made.public_id) == made
    assert frozen_for(STRANGER, made.public_id) is None
    assert frozen_for(a_user(), made.public_id) is None
    assert frozen_for(a_user(is_superuser=True), made.public_id) == made


def test_a_list_for_members_without_anything_of_theirs_is_for_everybody(photos):
    made = frozen(photos, by=a_user(), for_members=True)
    assert made.members_of == []
    assert frozen_for(STRANGER, made.public_id) == made


def test_a_closed_photo_stays_on_the_list_and_is_shown_to_nobody_outside(photos, walk, owner):
    made = frozen(photos)
    edit_collection(collection=walk, visibility=Visibility.PRIVATE)
    assert still_open(STRANGER, made) == ()
    assert still_open(owner, made) == tuple(ids(photos))
    made.refresh_from_db()
    assert made.photos == 3


def test_a_long_list_is_gone_through_once_until_the_archive_changes(
    photos, walk, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(reading, "_LOT", 2)
    made = frozen(photos)
    assert len(still_shown(STRANGER, made)) == 3
    with django_assert_num_queries(2):  # the scope, and the last change
        assert len(still_shown(STRANGER, made)) == 3
    remove_photo(photo=photos[0], by=None)
    assert still_shown(STRANGER, made) == tuple(ids(photos[1:]))
    edit_collection(collection=walk, visibility=Visibility.PRIVATE)
    assert still_shown(STRANGER, made) == ()


def test_a_maker_deletes_within_a_day_and_withdraws_later(photos, owner):
    made = frozen(photos, by=owner)
    FrozenSelection.objects.update(made_at=made.made_at - timedelta(days=1, minutes=1))
    with pytest.raises(DeskError, match="first day"):
        freezing.delete(frozen=made, by=owner)
    gone = freezing.withdraw(frozen=made, by=owner, why="a wrong filter")
    assert (gone.ids, gone.query, gone.photos, gone.withdrawn_why) == (None, "", 3, "a wrong filter")
    assert not FrozenIds.objects.exists()
    fresh = frozen(photos, by=owner)
    assert fresh.pk != made.pk
    freezing.delete(frozen=fresh, by=owner)
    assert not FrozenIds.objects.exists()


def test_a_text_that_another_list_needs_is_kept(photos, owner):
    made, other = frozen(photos, by=owner), frozen(photos)
    freezing.delete(frozen=made, by=owner)
    assert still_open(STRANGER, other) == tuple(ids(photos))


def test_only_an_administrator_ends_what_others_made(photos, owner):
    made = frozen(photos)
    for nobody in (STRANGER, owner):
        with pytest.raises(DeskError):
            freezing.withdraw(frozen=made, by=nobody)
    assert freezing.withdraw(frozen=made, by=a_user(is_superuser=True)).withdrawn_at


def test_strangers_give_no_title(photos, owner):
    with pytest.raises(DeskError, match="Log in"):
        frozen(photos, title="Spam")
    assert frozen(photos, by=owner, title=" My \n list ").title == "My list"


def test_the_list_outlives_the_account_that_made_it(photos):
    maker = a_user()
    made = frozen(photos, by=maker)
    maker.delete()
    assert frozen_for(STRANGER, made.public_id) == made


class TestPace:
    def test_an_address_freezes_so_many_views_an_hour(self, photos, monkeypatch):
        monkeypatch.setattr(pace, "BY_ADDRESS", 2)
        for number in range(2):
            frozen(photos, query=f"q={number}", address="203.0.113.7")
        with pytest.raises(TooManyError, match="2 views"):
            frozen(photos, query="q=2", address="203.0.113.7")
        assert FrozenSelection.objects.count() == 2
        frozen(photos, query="q=2", address="203.0.113.8")

    def test_a_list_that_is_there_already_is_counted_since_it_is_as_much_work(self, photos, monkeypatch):
        monkeypatch.setattr(pace, "BY_ADDRESS", 2)
        made = frozen(photos, address="203.0.113.7")
        assert frozen(photos, address="203.0.113.7") == made
        with pytest.raises(TooManyError, match="2 views"):
            frozen(photos, address="203.0.113.7")

    def test_an_ipv6_network_counts_as_one_address(self, photos, monkeypatch):
        monkeypatch.setattr(pace, "BY_ADDRESS", 1)
        frozen(photos, query="q=0", address="2001:db8:1:2::1")
        with pytest.raises(TooManyError):
            frozen(photos, query="q=1", address="2001:db8:1:2:ffff::9")
        frozen(photos, query="q=1", address="2001:db8:1:3::1")

    def test_all_strangers_together_are_bounded_and_accounts_are_not_strangers(self, photos, monkeypatch):
        monkeypatch.setattr(pace, "BY_STRANGERS", 1)
        frozen(photos, query="q=0", address="203.0.113.7")
        with pytest.raises(TooManyError, match="log in"):
            frozen(photos, query="q=1", address="203.0.113.8")
        frozen(photos, query="q=1", address="203.0.113.8", by=a_user())

    def test_no_address_is_kept_and_old_hours_go(self, photos):
        frozen(photos, address="203.0.113.7")
        assert not FreezeTally.objects.filter(who__contains="203.0.113").exists()
        FreezeTally.objects.update(hour=FreezeTally.objects.first().hour - timedelta(hours=1))
        frozen(photos, query="q=1", address="203.0.113.7")
        assert set(FreezeTally.objects.values_list("made", flat=True)) == {1}


def test_ids_come_in_the_order_of_the_view_and_no_more_than_asked(photos, owner):
    everyone = rights.scope(STRANGER)
    assert list(ids_of(everyone, Selection(), most=10)) == sorted(ids(photos))  # undated: by id
    assert len(ids_of(everyone, Selection(), most=2)) == 2


def test_the_command_prints_address_and_hash_as_everybody_sees_it(photos, box, capsys):
    a_photo(box)
    call_command("freeze", "collection=walk", site="https://archive.example/")
    made = FrozenSelection.objects.get()
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"https://archive.example/selections/{made.public_id}/",
        f"SHA-256 {made.sha256}",
        "3 photos",
    ]
    for query, complaint in (("q=nothing+has+this", "no photo"), ("colour=red", "no parameter colour")):
        with pytest.raises(CommandError, match=complaint):
            call_command("freeze", query)
