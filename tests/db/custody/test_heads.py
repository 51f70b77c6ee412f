from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.custody import merkle
from archive.custody.chain import Kind, digest, record
from archive.custody.heads import is_due, make_heads, newest_head, prove, start_of, verify_heads
from archive.custody.models import CustodyEvent, DayHead

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)
DAY = timedelta(days=1)
CHAINS = ("aaone", "aatwo", "bbone", "ccone", "cctwo")


def _link(chain, at, *, detail=None):
    event = record(chain=chain, kind=Kind.FIELD_CHANGED, actor="user:1", detail=detail or {})
    event.at = at
    event.hash = digest(event)
    event.save()
    return event


@pytest.fixture
def week():
    """Five chains on Monday, one of them longer on Tuesday; a sixth begins on Tuesday."""
    for chain in CHAINS:
        _link(chain, MONDAY)
    _link("aaone", MONDAY + DAY)
    _link("ddone", MONDAY + DAY)
    return make_heads(MONDAY + 2 * DAY)


def _what():
    return " / ".join(broken.what for broken in verify_heads())


def test_every_finished_day_with_links_has_a_head(week):
    assert [(head.day.day, head.chains) for head in week] == [(2, 5), (3, 6)]
    assert week[1].previous == week[0].hash
    assert _what() == ""


def test_a_day_has_no_head_before_the_hour_after_it():
    _link("aaone", MONDAY)
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    assert make_heads(midnight + timedelta(minutes=59)) == []
    assert not is_due(midnight + timedelta(minutes=59))
    assert is_due(midnight + timedelta(minutes=61))
    assert len(make_heads(midnight + timedelta(minutes=61))) == 1


def test_making_heads_again_makes_nothing(week):
    assert make_heads(MONDAY + 3 * DAY) == []


def test_a_head_made_day_by_day_is_that_of_all_chains_at_once(week):
    DayHead.objects.all().delete()
    CustodyEvent.objects.filter(at__lt=MONDAY + DAY).update(at=MONDAY + DAY)
    head = make_heads(MONDAY + 2 * DAY)[0]
    assert (head.root, head.groups) == (week[1].root, week[1].groups)


def test_a_removed_last_link_is_found(week):
    CustodyEvent.objects.filter(chain="aaone", sequence=1).delete()
    assert "chains aa… are not as they were" in _what()


def test_a_dropped_chain_is_found(week):
    CustodyEvent.objects.filter(chain="bbone").delete()
    assert "stands over 6 chains, and there are 5" in _what()


def test_a_chain_smuggled_into_a_past_day_is_found(week):
    _link("eeone", MONDAY)
    assert "chains ee… are not as they were" in _what()


@pytest.mark.parametrize("field", ["root", "previous", "hash"])
def test_an_altered_head_is_found(week, field):
    DayHead.objects.filter(pk=week[0].pk).update(**{field: "0" * 64})
    assert _what()


def test_a_dropped_head_is_found(week):
    week[0].delete()
    assert "does not follow the head before it" in _what()


@pytest.mark.parametrize("chain", [*CHAINS, "ddone"])
def test_a_chain_proves_that_it_stood_under_the_head(week, chain):
    proof = prove(newest_head(), [chain])[chain]
    assert merkle.climb(start_of(proof), proof.steps) == newest_head().root
    assert proof.sequence == (1 if chain == "aaone" else 0)


def test_a_chain_that_began_later_has_no_proof(week):
    _link("aathree", MONDAY + 2 * DAY)
    _link("zzone", MONDAY + 2 * DAY)
    assert prove(newest_head(), ["aathree", "zzone"]) == {}


def test_only_the_newest_head_keeps_its_groups(week):
    assert [head.groups is None for head in DayHead.objects.order_by("day")] == [True, False]


def test_a_proof_asks_one_statement_for_a_group(week, django_assert_num_queries):
    head = newest_head()
    with django_assert_num_queries(1):
        prove(head, ["aaone", "aatwo"])
