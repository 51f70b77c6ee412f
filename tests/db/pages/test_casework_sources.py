from __future__ import annotations

import pytest
from django.urls import reverse

from archive.catalogue.models import Visibility
from archive.evidence.models import Source
from archive.evidence.vocabulary import Display
from tests.db.making import a_user
from tests.db.pages.casework import Case, as_user, text_of

pytestmark = pytest.mark.django_db


def filled(**changes: str) -> dict[str, str]:
    return {"kind": "account", "name": "u/XiaoHao2", "display": "withheld", "reliability": "F"} | changes


def test_a_curator_records_a_source_and_the_list_says_what_the_public_reads():
    case = Case()
    client = as_user(case.curator)
    answer = client.post(
        reverse("source-new", args=[case.collection.slug]),
        filled(display="pseudonym", pseudonym="the poster", reliability="C"),
    )
    page = text_of(client.get(answer.url))
    assert "u/XiaoHao2" in page
    assert "the poster" in page
    assert "fairly reliable (C)" in page


def test_who_says_nothing_of_the_name_withholds_it():
    case = Case()
    form = as_user(case.curator).get(reverse("source-new", args=[case.collection.slug])).context["form"]
    assert form["display"].value() == Display.WITHHELD


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": ""}, "This field is required"),
        ({"display": "pseudonym"}, "Give the pseudonym"),
        ({"url": "javascript:alert(1)"}, "An address begins with http"),
        ({"kind": "file"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_refused_and_the_typing_stays(changes, complaint):
    case = Case()
    address = reverse("source-new", args=[case.collection.slug])
    page = text_of(as_user(case.curator).post(address, filled(note="met in Dandong", **changes)))
    assert complaint in page
    assert "met in Dandong" in page
    assert not Source.objects.filter(collection=case.collection).exists()


def test_the_same_source_is_not_recorded_twice():
    case = Case()
    case.source("u/XiaoHao2")
    address = reverse("source-new", args=[case.collection.slug])
    page = text_of(as_user(case.curator).post(address, filled()))
    assert "knows a source of this kind and name already" in page


def test_a_source_is_edited():
    case = Case()
    source = case.source()
    address = reverse("source-edit", args=[source.public_id])
    assert 'value="XiaoHao"' in text_of(as_user(case.curator).get(address))
    as_user(case.curator).post(address, filled(name="XiaoHao", display="named", reliability="B"))
    source.refresh_from_db()
    assert (source.display, source.reliability) == ("named", "B")


def test_sources_are_for_curators_alone():
    case = Case()
    source = case.source()
    addresses = [
        reverse("sources", args=[case.collection.slug]),
        reverse("source-new", args=[case.collection.slug]),
        reverse("source-edit", args=[source.public_id]),
    ]
    for address in addresses:
        assert as_user(case.curator).get(address).status_code == 200
        assert as_user(case.reader).get(address).status_code == 403
        assert as_user(None).get(address).status_code == 302


def test_sources_of_a_private_collection_do_not_exist_for_others():
    case = Case(Visibility.PRIVATE)
    source = case.source()
    stranger = as_user(a_user())
    assert stranger.get(reverse("sources", args=[case.collection.slug])).status_code == 404
    assert stranger.get(reverse("source-edit", args=[source.public_id])).status_code == 404
