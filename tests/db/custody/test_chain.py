from __future__ import annotations

import pytest
from django.db import transaction

from archive.custody.chain import Kind, record, record_each, sealed, verify_chains
from archive.custody.models import CustodyEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    for number in range(3):
        record(chain="photo1", kind=Kind.FIELD_CHANGED, actor="user:1", detail={"n": number, "ü": "é"})
    record(chain="photo2", kind=Kind.RECEIVED, actor="system", detail={})
    return CustodyEvent.objects.filter(chain="photo1")


def test_an_untouched_chain_holds(chain):
    assert chain.count() == 3
    assert list(verify_chains()) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "removed"),
        ("actor", "user:2"),
        ("detail", {"n": 9}),
        ("hash", "0" * 64),
        ("previous", "1"),
        ("salt", "0"),
    ],
)
def test_one_altered_field_is_found(chain, field, value):
    chain.filter(sequence=1).update(**{field: value})
    found = next(verify_chains())
    assert (found.chain, found.sequence) == ("photo1", 1)


def test_a_removed_link_is_found(chain):
    chain.filter(sequence=1).delete()
    assert "link 1 is missing" in [found.what for found in verify_chains()]


def test_one_chain_can_be_verified_alone(chain):
    chain.filter(sequence=0).update(actor="user:9")
    assert list(verify_chains("photo2")) == []
    assert list(verify_chains("photo1"))


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        record(chain="photo1", kind=Kind.RECEIVED, actor="system", detail={})


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_with_the_transaction_it_records():
    with transaction.atomic():
        record(chain="photo1", kind=Kind.RECEIVED, actor="system", detail={})
        transaction.set_rollback(True)
    assert not CustodyEvent.objects.exists()


def test_a_sealed_value_is_proved_by_value_and_salt_only():
    assert sealed("a name", "salt") == sealed("a name", "salt")
    assert sealed("a name", "salt") != sealed("a name", "other")
    assert sealed("a name", "salt") != sealed("another", "salt")


def test_a_link_whose_place_is_known_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(2):
        first = record(chain="photo1", kind=Kind.RECEIVED, actor="system", detail={}, begin=True)
        second = record(chain="photo1", kind=Kind.CLAIM_MADE, actor="system", detail={}, after=first)
    assert (second.sequence, second.previous) == (1, first.hash)
    assert list(verify_chains()) == []


def test_a_link_is_not_put_behind_one_of_another_chain():
    first = record(chain="photo1", kind=Kind.RECEIVED, actor="system", detail={}, begin=True)
    with pytest.raises(ValueError, match="cannot come before"):
        record(chain="photo2", kind=Kind.REMOVED, actor="system", detail={}, after=first)


def test_many_chains_grow_in_two_statements(chain, django_assert_num_queries):
    with django_assert_num_queries(2):
        record_each(chains=["photo1", "photo2", "photo3"], kind=Kind.EXPORTED, actor="user:1", detail={})
    assert [event.sequence for event in CustodyEvent.objects.filter(kind="exported")] == [3, 1, 0]
    assert list(verify_chains()) == []
