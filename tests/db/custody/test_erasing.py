"""Erasure: the words go from every row, and custody still verifies."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from archive.catalogue.erasing import erase_person, photos_naming
from archive.catalogue.models import Photo, Revision, SearchWords
from archive.catalogue.photos import edit_photo
from archive.evidence import claims, grounds, sources, verdicts
from archive.evidence.appearances import record_appearance
from archive.evidence.erasing import erase_source, erase_text
from archive.evidence.errors import EvidenceError
from archive.evidence.models import Claim, Evidence, Source
from archive.evidence.values import Text
from archive.ingest.fixity import custody_losses
from archive.values.place import Place
from archive.values.settled import Facet
from tests.db.making import a_collection, a_photo, a_user

pytestmark = pytest.mark.django_db
NAME = "Zoë Quilter"


@pytest.fixture
def curator():
    return a_user()


@pytest.fixture
def photo(curator):
    return a_photo(a_collection(curator), place=Place(51.5, -0.1, 20.0))


def _losses():
    return [(loss.where, loss.what) for loss in custody_losses()]


@pytest.fixture
def source(photo, curator):
    return sources.record_source(
        collection=photo.collection, kind="person", name=NAME, url="https://example.org/z", by=curator
    )


@pytest.fixture
def claim(photo, source, curator):
    return claims.make_claim(
        target=photo,
        facet=Facet.AUTHOR,
        value=Text(NAME),
        source=source,
        by=curator,
        words=f"I am {NAME}",
        rationale="she wrote to us",
    )


def test_a_source_loses_its_name_and_its_words_everywhere(photo, source, claim, curator):
    record_appearance(target=photo, by=curator, title=f"Page of {NAME}", publisher=source)
    grounds.record_evidence(target=photo, by=curator, kind="testimony", text=f"{NAME} says", source=source)
    assert _losses() == []
    assert erase_source(source=source, by=curator.pk) == 1
    rows = [*Source.objects.values_list("name", "url"), *Claim.objects.values_list("words", "value", "salt")]
    rows += [*Evidence.objects.values_list("text"), *photo.appearances.values_list("title")]
    assert NAME not in str(rows)
    assert _losses() == []


def test_two_sources_of_one_kind_can_be_erased(photo, source, curator):
    other = sources.record_source(collection=photo.collection, kind="person", name="B", by=curator)
    erase_source(source=source, by=None)
    erase_source(source=other, by=None)
    assert _losses() == []


def test_a_file_is_not_erased_as_a_source(photo):
    with pytest.raises(EvidenceError, match="remove the photo"):
        erase_source(source=Source.objects.get(kind="file"), by=None)


def test_words_that_a_later_version_carries_on_go_with_them(photo, curator):
    first = grounds.record_falsifier(target=photo, facet=Facet.TIME, text=f"{NAME}'s diary", by=curator)
    newer = grounds.update_falsifier(falsifier=first, by=curator, state="looked_for", remark="not there")
    erase_text(row=first, by=curator.pk)
    newer.refresh_from_db()
    assert (newer.text, newer.state) == ("", "looked_for")
    assert _losses() == []


def test_reasons_of_a_verdict_go_and_the_verdict_stands(photo, claim, curator):
    verdict = verdicts.give_verdict(claim=claim, reviewer=curator, judgement="confirmed", reasons=NAME)
    erase_text(row=verdict, by=curator.pk)
    verdict.refresh_from_db()
    assert (verdict.reasons, verdict.judgement) == ("", "confirmed")
    assert _losses() == []


def test_words_changed_without_a_link_are_a_loss(claim):
    Claim.objects.filter(pk=claim.pk).update(words="something else")
    assert [what for _, what in _losses()] == [
        f"claim {claim.pk} does not say what it said when it was written"
    ]


def test_taking_the_salt_away_does_not_pass_for_erasure(claim):
    Claim.objects.filter(pk=claim.pk).update(words="something else", salt="")
    assert len(_losses()) == 1


def test_a_person_goes_from_the_list_its_history_and_the_search(photo, curator):
    edit_photo(photo=photo, by=curator.pk, people=[NAME, "Ana"])
    assert list(photos_naming(NAME)) == [photo]
    erase_person(photo=photo, name=NAME, by=curator.pk)
    assert Photo.objects.get().people == ["Ana"]
    assert NAME not in str(list(Revision.objects.values_list("before", "after")))
    assert "quilter" not in SearchWords.objects.get().words
    assert list(photos_naming(NAME)) == []
    assert _losses() == []


def test_the_command_does_nothing_before_it_is_told_to(photo, curator, capsys):
    edit_photo(photo=photo, by=curator.pk, people=[NAME], caption=f"With {NAME} at sea")
    call_command("erase", "person", NAME)
    told = capsys.readouterr().out
    assert "would be erased with --yes: the name from 1 photos" in told
    assert f"caption of photo {photo.public_id}" in told
    assert Photo.objects.get().people == [NAME]
    call_command("erase", "person", NAME, "--yes", "--as", curator.username)
    call_command("erase", "field", f"{photo.public_id}:caption", "--yes")
    found = Photo.objects.get()
    assert (found.people, found.caption) == ([], "")
    assert NAME not in str(list(Revision.objects.values_list("before", "after")))
    call_command("verify", "--custody")


@pytest.mark.parametrize(
    "which", [("claim", "999"), ("claim", "x"), ("source", "nobody"), ("field", "a:title")]
)
def test_the_command_says_when_there_is_nothing_of_the_kind(which):
    with pytest.raises(CommandError):
        call_command("erase", *which, "--yes")


def test_one_claim_and_one_change_can_be_erased_by_number(photo, claim, curator):
    revision = edit_photo(photo=photo, by=curator.pk, title="Zoë")[0]
    call_command("erase", "revision", str(revision.pk), "--yes")
    call_command("erase", "claim", str(claim.pk), "--yes")
    revision.refresh_from_db()
    claim.refresh_from_db()
    assert (revision.after, claim.words) == ("", "")
    assert _losses() == []
