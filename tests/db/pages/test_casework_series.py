from __future__ import annotations

import pytest
from django.urls import reverse

from archive.catalogue.models import Visibility
from archive.evidence.claims import except_photo, make_claim
from archive.evidence.models import Series
from archive.evidence.values import Text
from archive.evidence.vocabulary import Display
from archive.pages.casework.series_page import letter_of
from archive.values.readership import Readership
from archive.values.settled import Facet
from tests.db.making import a_collection, a_photo, a_user
from tests.db.pages.casework import Case, as_user, text_of

pytestmark = pytest.mark.django_db


def test_a_curator_makes_a_series_of_ticked_photos():
    case = Case()
    address = reverse("series-new", args=[case.collection.slug])
    ticked = [photo.public_id for photo in case.photos]
    answer = as_user(case.curator).post(address, {"title": "One roll", "note": "Kodak", "photo": ticked})
    made = Series.objects.get(title="One roll")
    assert answer.url == reverse("series", args=[made.public_id])
    assert [photo.public_id for photo in made.photos.order_by("memberships__position")] == ticked


def test_a_series_without_photos_is_refused_and_the_typing_stays():
    case = Case()
    address = reverse("series-new", args=[case.collection.slug])
    page = text_of(as_user(case.curator).post(address, {"title": "One roll", "note": "Kodak"}))
    assert "Tick at least one photo" in page
    assert 'value="One roll"' in page
    assert "Kodak" in page


def test_photos_of_another_collection_cannot_be_ticked_into_a_series():
    case = Case()
    foreign = a_photo(a_collection())
    address = reverse("series-new", args=[case.collection.slug])
    ticked = [foreign.public_id, case.photo.public_id]
    as_user(case.curator).post(address, {"title": "One roll", "photo": ticked})
    assert list(Series.objects.get(title="One roll").photos.all()) == [case.photo]


def test_looking_through_photos_keeps_ticks_and_typing_and_saves_nothing(monkeypatch):
    monkeypatch.setattr("archive.pages.casework.picker.PER_PAGE", 1)
    case = Case()
    address = reverse("series-new", args=[case.collection.slug])
    first = case.photo.public_id
    page = as_user(case.curator).post(address, {"title": "One roll", "photo": [first], "go": "page:2"})
    assert page.context["picker"].carried == [first]
    assert f'<input type="hidden" name="photo" value="{first}">' in text_of(page)
    assert 'value="One roll"' in text_of(page)
    assert not Series.objects.filter(title="One roll").exists()


def test_order_is_set_by_numbers_and_by_buttons():
    case = Case()
    one, two = case.photos
    client, address = as_user(case.curator), reverse("series-edit", args=[case.series.public_id])

    def order():
        return list(case.series.photos.order_by("memberships__position"))

    client.post(address, {"do": f"down:{one.public_id}"})
    assert order() == [two, one]
    numbers = {f"position-{one.public_id}": "1", f"position-{two.public_id}": "7"}
    client.post(address, {"do": "order", **numbers})
    assert order() == [one, two]


def test_a_photo_is_taken_out_and_added_again():
    case = Case()
    client, address = as_user(case.curator), reverse("series-edit", args=[case.series.public_id])
    client.post(address, {"do": f"out:{case.photo.public_id}"})
    assert case.photo not in case.series.photos.all()
    client.post(address, {"do": "add", "photo": [case.photo.public_id]})
    assert case.photo in case.series.photos.all()


def test_a_title_cannot_be_emptied_and_the_note_typed_stays():
    case = Case()
    address = reverse("series-edit", args=[case.series.public_id])
    page = as_user(case.curator).post(address, {"do": "texts", "title": "", "note": "kept"})
    assert "Nothing is saved yet" in text_of(page)
    assert "kept" in text_of(page)
    case.series.refresh_from_db()
    assert case.series.title == "Seven aerial pictures"


def test_the_page_shows_pictures_claims_and_exceptions_to_everybody():
    case = Case()
    claim = make_claim(
        target=case.series,
        facet=Facet.AUTHOR,
        value=Text("a drone pilot"),
        source=case.source(),
        by=case.curator,
        words="I flew it",
    )
    except_photo(claim=claim, photo=case.photo, by=case.curator)
    page = text_of(as_user(None).get(reverse("series", args=[case.series.public_id])))
    assert "Seven aerial pictures" in page
    assert "XiaoHao</strong> says: a drone pilot" in page
    assert "I flew it" in page
    assert "It does not hold for" in page
    assert "Correct" not in page


def test_a_stranger_reads_neither_a_withheld_name_nor_its_words_nor_what_is_for_members():
    case = Case()
    make_claim(
        target=case.series,
        facet=Facet.AUTHOR,
        value=Text("a drone pilot"),
        source=case.source(display=Display.WITHHELD),
        by=case.curator,
        words="I flew it",
        rationale="his uncle said so",
    )
    make_claim(
        target=case.series,
        facet=Facet.CONTENT,
        value=Text("a market"),
        source=case.source("aunt"),
        by=case.curator,
        readership=Readership.MEMBERS,
    )
    address = reverse("series", args=[case.series.public_id])
    outside, inside = text_of(as_user(None).get(address)), text_of(as_user(case.reader).get(address))
    assert "a source whose name is withheld" in outside
    for hidden in ("XiaoHao", "I flew it", "uncle", "a market"):
        assert hidden not in outside
        assert hidden in inside


def test_a_correction_for_members_leaves_strangers_what_they_had():
    case = Case()
    said = {"target": case.series, "facet": Facet.AUTHOR, "source": case.source(), "by": case.curator}
    stands = make_claim(value=Text("a drone pilot"), **said)
    make_claim(value=Text("his cousin"), readership=Readership.MEMBERS, supersedes=stands, **said)
    address = reverse("series", args=[case.series.public_id])
    outside, inside = text_of(as_user(None).get(address)), text_of(as_user(case.reader).get(address))
    assert "a drone pilot" in outside
    assert "his cousin" not in outside
    assert "his cousin" in inside
    assert "a drone pilot" not in inside


@pytest.mark.parametrize("name", ["series-edit", "series-claim-new", "series-appearance-new"])
def test_only_curators_work_on_a_series(name):
    case = Case()
    address = reverse(name, args=[case.series.public_id])
    assert as_user(case.curator).get(address).status_code == 200
    assert as_user(case.reader).get(address).status_code == 403
    assert as_user(None).get(address).url.startswith(reverse("login"))


@pytest.mark.parametrize("name", ["series", "series-edit", "series-claim-new", "series-falsifier-new"])
def test_a_series_of_a_private_collection_does_not_exist_for_others(name):
    case = Case(Visibility.PRIVATE)
    assert as_user(a_user()).get(reverse(name, args=[case.series.public_id])).status_code == 404


def test_the_studio_lists_the_series_of_the_collection():
    case = Case()
    page = text_of(as_user(case.curator).get(reverse("studio-collection", args=[case.collection.slug])))
    assert reverse("series", args=[case.series.public_id]) in page


def test_lines_run_from_a_over_z_to_aa():
    assert [letter_of(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
