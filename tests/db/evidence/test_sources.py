from __future__ import annotations

import pytest

from archive.evidence.errors import EvidenceError
from archive.evidence.making import source_of
from archive.evidence.sources import WITHHELD, edit_source, spoken_name
from tests.db.evidence.people import a_claim, a_source
from tests.db.making import a_collection, a_photo, a_user

pytestmark = pytest.mark.django_db


def test_one_of_the_same_kind_and_name_is_the_same_source():
    collection = a_collection()
    first = a_source(collection, reliability="B")
    again = a_source(collection, reliability="E")
    assert (again, again.reliability) == (first, "B")
    assert a_source(collection, kind="person") != first
    assert a_source(a_collection()) != first


@pytest.mark.parametrize(
    ("display", "outside"),
    [("named", "XiaoHao"), ("pseudonym", "the poster"), ("withheld", WITHHELD)],
)
def test_outsiders_are_told_what_the_source_agreed_to(display, outside):
    source = a_source(a_collection(), display=display, pseudonym="the poster")
    assert spoken_name(source, inside=False) == outside
    assert spoken_name(source, inside=True) == "XiaoHao"


def test_a_member_is_named_to_members_only():
    source = source_of(a_user("ada"))
    assert spoken_name(source, inside=True) == "ada"
    assert "ada" not in spoken_name(source, inside=False)


def test_a_program_cannot_be_graded_better_than_f():
    source = a_source(a_collection(), kind="software", reliability="A")
    assert source.reliability == "F"
    assert edit_source(source=source, by=a_user(), reliability="B").reliability == "F"


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "file"}, {"kind": "member"}, {"name": " "}, {"display": "pseudonym"}, {"reliability": "Z"}],
)
def test_a_source_that_says_too_little_is_refused(wrong):
    with pytest.raises(EvidenceError):
        a_source(a_collection(), **wrong)


def test_a_source_is_not_renamed_into_another():
    collection = a_collection()
    a_source(collection, "one")
    with pytest.raises(EvidenceError, match="already"):
        edit_source(source=a_source(collection, "two"), by=a_user(), name="one")


def test_what_a_file_is_cannot_be_edited():
    with pytest.raises(EvidenceError):
        edit_source(source=source_of(a_user()), by=a_user(), name="someone")


def test_a_source_speaks_in_its_own_collection_only():
    with pytest.raises(EvidenceError, match="another collection"):
        a_claim(a_photo(), source=a_source(a_collection()))
