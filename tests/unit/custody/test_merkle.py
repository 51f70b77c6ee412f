from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.custody import merkle

LEAVES = st.lists(st.binary(max_size=4), min_size=1, max_size=40)


@given(LEAVES, st.data())
def test_every_leaf_climbs_to_the_root(contents, data):
    leaves = [merkle.leaf(content) for content in contents]
    at = data.draw(st.integers(0, len(leaves) - 1))
    assert merkle.climb(leaves[at], merkle.path(leaves, at)) == merkle.root(leaves)


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=40, unique=True), st.data())
def test_no_leaf_climbs_by_the_path_of_another(contents, data):
    leaves = [merkle.leaf(content) for content in contents]
    mine, other = data.draw(st.permutations(range(len(leaves))))[:2]
    assert merkle.climb(leaves[mine], merkle.path(leaves, other)) != merkle.root(leaves)


def test_the_root_of_two_leaves_is_that_of_rfc_6962():
    left, right = hashlib.sha256(b"\x00a").digest(), hashlib.sha256(b"\x00b").digest()
    assert merkle.root([merkle.leaf(b"a"), merkle.leaf(b"b")]) == (
        hashlib.sha256(b"\x01" + left + right).hexdigest()
    )


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert merkle.root([]) == hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize("size", range(1, 18))
def test_a_leaf_more_is_another_root(size):
    leaves = [merkle.leaf(bytes([number])) for number in range(size)]
    assert merkle.root(leaves) != merkle.root(leaves[:-1])
