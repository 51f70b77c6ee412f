from __future__ import annotations

import hashlib

import pytest
from rfc3161_client import TimestampRequestBuilder
from rfc3161_client.base import HashAlgorithm

from archive.custody.errors import StampError
from archive.custody.stamps import read_stamp
from tests.unit.custody.authority import NOW, an_authority

HEAD = hashlib.sha256(b"a day").hexdigest()


@pytest.fixture(scope="module")
def authority():
    return an_authority()


@pytest.fixture(scope="module")
def answer(authority):
    query = TimestampRequestBuilder().data(HEAD.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    return authority.answer(query.as_bytes())


def test_a_stamp_tells_who_and_when(authority, answer):
    stamp = read_stamp(answer, HEAD, roots=[authority.root])
    assert (stamp.by, stamp.at, stamp.known) == ("CN=Test Authority", NOW, True)


def test_a_stamp_over_another_head_does_not_hold(authority, answer):
    with pytest.raises(StampError, match="does not hold"):
        read_stamp(answer, "0" * 64, roots=[authority.root])


def test_a_stamp_of_an_authority_we_do_not_trust_does_not_hold(answer):
    with pytest.raises(StampError, match="does not hold"):
        read_stamp(answer, HEAD, roots=[an_authority().root])


def test_without_roots_only_what_a_stamp_is_over_is_known(answer):
    assert not read_stamp(answer, HEAD, roots=[]).known
    with pytest.raises(StampError, match="over something else"):
        read_stamp(answer, "0" * 64, roots=[])


def test_an_answer_to_another_question_is_refused(authority, answer):
    with pytest.raises(StampError, match="does not hold"):
        read_stamp(answer, HEAD, roots=[authority.root], nonce=1)


def test_one_altered_byte_of_a_stamp_is_found(authority, answer):
    accepted = []
    for at in range(0, len(answer), 7):
        altered = answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]
        try:
            read_stamp(altered, HEAD, roots=[authority.root])
        except StampError:
            continue
        accepted.append(at)
    # What the signature does not cover: the outer status and the version of the envelope.
    assert len(accepted) <= 4


def test_no_stamp_at_all_is_told_as_one_that_does_not_hold(authority):
    with pytest.raises(StampError):
        read_stamp(b"no stamp", HEAD, roots=[authority.root])
