"""Evidence on the picture: who may record it, what a form keeps, and what a stranger never gets."""

from __future__ import annotations

import html
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.access.models import MemberRole
from archive.catalogue.models import Visibility
from archive.evidence.grounds import BearingOn, Region, record_evidence
from archive.evidence.hearing import case_of
from archive.evidence.models import Evidence
from archive.evidence.series import open_series
from archive.values.place import Place
from archive.values.readership import Readership
from tests.db.evidence.people import BUSAN, SEOUL, a_claim
from tests.db.making import a_collection, a_member, a_user
from tests.db.pages.reading import page_of, words_of
from tests.db.photographs import a_kept_photo

pytestmark = pytest.mark.django_db

MEASURED = {
    "foot": "50, 80",
    "peak": "50, 40",
    "start": "50, 80",
    "tip": "70, 78",
    "view": "oblique",
    "level_ground": "yes",
    "at": "typed",
    "at_typed": "37.5665, 126.978",
    "at_radius": "500 m",
    "pitch_deg": "20",
    "fov_deg": "50",
}


@pytest.fixture
def owner():
    return a_user("wren.k")


@pytest.fixture
def collection(owner):
    return a_collection(owner, title="Walks")


@pytest.fixture
def photo(collection):
    return a_kept_photo(collection, taken=datetime(2019, 6, 12, 9, 0, 0))


@pytest.fixture
def curator(client, owner):
    client.force_login(owner)
    return client


def form_of(target) -> str:
    kind = type(target).__name__.lower()
    return reverse(f"{kind}-evidence-new", args=[target.public_id])


def said(**more) -> dict[str, object]:
    return {"kind": "context", "text": "empty streets", "readership": "public", **more}


def read(answer) -> str:
    return html.unescape(answer.content.decode())


class TestRecording:
    def test_a_region_and_how_it_bears_on_each_claim(self, curator, photo):
        here, there = a_claim(photo, SEOUL), a_claim(photo, BUSAN, name="Other")
        marked = {"left": "10", "top": "20,5", "wide": "30", "high": "40", "region_label": "the tower"}
        bears = {
            f"stance_{here.pk}": "for",
            f"helps_{here.pk}": "3",
            f"why_{here.pk}": "only one has it",
            f"stance_{there.pk}": "neither",
            f"helps_{there.pk}": "3",
        }
        answer = curator.post(form_of(photo), said(**marked, **bears))
        assert answer.status_code == 302
        made = Evidence.objects.get()
        assert made.region == pytest.approx({"x": 0.1, "y": 0.205, "w": 0.3, "h": 0.4})
        stored = {one.claim_id: (one.stance, one.diagnosticity, one.reason) for one in made.bearings.all()}
        assert stored == {here.pk: ("for", 3, "only one has it"), there.pk: ("neither", 0, "")}

    def test_a_region_outside_the_picture_is_refused_and_the_typing_stays(self, curator, photo):
        marked = {"left": "80", "top": "0", "wide": "30", "high": "10"}
        page = read(curator.post(form_of(photo), said(**marked, text="the far roof")))
        assert "The region lies outside the picture: draw it again." in page
        assert "the far roof" in page
        assert 'name="wide" value="30"' in page
        assert not Evidence.objects.exists()

    def test_for_or_against_needs_how_much_it_helps(self, curator, photo):
        claim = a_claim(photo)
        page = read(curator.post(form_of(photo), said(**{f"stance_{claim.pk}": "for"})))
        assert "Say how much it helps to decide." in page
        assert not Evidence.objects.exists()

    def test_a_document_is_kept_with_it(self, curator, photo):
        page = SimpleUploadedFile("page.pdf", b"%PDF-1.4 a page")
        answer = curator.post(form_of(photo), said(document=page, document_readership="members"))
        assert answer.status_code == 302
        assert Evidence.objects.get().attachment.name == "page.pdf"

    def test_a_series_has_evidence_without_a_region(self, curator, photo, owner, collection):
        series = open_series(collection=collection, title="One flight", photos=[photo], by=owner)
        assert "region-drawing" not in read(curator.get(form_of(series)))
        curator.post(form_of(series), said(left="1", top="1", wide="5", high="5"))
        assert Evidence.objects.get().region is None
        assert "empty streets" in page_of(curator, photo)

    def test_the_page_of_a_series_tells_what_helps_to_decide_there(self, client, photo, owner, collection):
        series = open_series(collection=collection, title="One flight", photos=[photo], by=owner)
        told, kept = a_claim(series), a_claim(series, BUSAN, name="Other", readership=Readership.MEMBERS)
        for text, readership in (("empty streets", Readership.PUBLIC), ("a name", Readership.REVIEWERS)):
            record_evidence(
                target=series,
                by=owner,
                kind="context",
                text=text,
                bearings=[BearingOn(told, "for", 2, "seen"), BearingOn(kept, "against", 3, "heard")],
                readership=readership,
            )
        address = reverse("series", args=[series.public_id])
        page = words_of(read(client.get(address)))
        assert "empty streets helps to decide: somewhat" in page
        assert "It speaks for A: seen" in page
        assert "heard" not in page
        assert "a name" not in page
        client.force_login(owner)
        page = words_of(read(client.get(address)))
        assert "helps to decide: strongly" in page
        assert "a name" in page

    def test_what_the_deep_zoom_shows_opens_as_the_region(self, curator, photo):
        page = read(curator.get(form_of(photo) + "?region=0.25,0.5,0.5,0.75"))
        assert 'name="left" value="25"' in page
        assert 'name="high" value="50"' in page
        assert curator.get(form_of(photo) + "?region=nan,0,what,1").status_code == 200

    def test_a_correction_takes_the_place_of_what_stood(self, curator, photo, owner):
        claim = a_claim(photo)
        first = record_evidence(
            target=photo,
            by=owner,
            kind="context",
            text="two towers",
            bearings=[BearingOn(claim, "for", 2, "rare")],
            region=Region(0.1, 0.1, 0.2, 0.2),
        )
        address = reverse("evidence-correct", args=[first.pk])
        page = read(curator.get(address))
        assert 'name="left" value="10"' in page
        assert 'value="rare"' in page
        curator.post(address, said(text="three towers"))
        told = page_of(curator, photo)
        assert "three towers" in told
        assert "two towers" not in told
        assert curator.get(address).status_code == 404

    def test_taking_back_asks_once(self, curator, photo, owner):
        made = record_evidence(target=photo, by=owner, kind="context", text="two towers")
        address = reverse("evidence-withdraw", args=[made.pk])
        assert "two towers" in read(curator.get(address))
        curator.post(address)
        assert "two towers" not in page_of(curator, photo)


class TestWho:
    def test_a_reader_is_told_why_not(self, client, photo, collection):
        client.force_login(a_member(collection, MemberRole.READER))
        assert client.get(form_of(photo)).status_code == 403

    def test_a_stranger_logs_in(self, client, photo):
        assert client.get(form_of(photo)).status_code == 302

    def test_what_is_private_does_not_exist_for_a_newcomer(self, client, owner):
        hidden = a_kept_photo(a_collection(owner, visibility=Visibility.PRIVATE))
        made = record_evidence(target=hidden, by=owner, kind="context", text="a tower")
        client.force_login(a_user())
        assert client.get(form_of(hidden)).status_code == 404
        assert client.get(reverse("evidence-correct", args=[made.pk])).status_code == 404

    def test_what_members_read_is_kept_from_a_stranger(self, client, photo, owner):
        record_evidence(
            target=photo,
            by=owner,
            kind="context",
            text="a tower",
            region=Region(0.1, 0.1, 0.2, 0.2),
            readership=Readership.MEMBERS,
        )
        page = page_of(client, photo)
        assert "a tower" not in page
        assert "data-regions" not in page


class TestShadow:
    def test_what_would_fit_is_answered_with_bands_and_saves_nothing(self, curator, photo):
        page = read(curator.post(form_of(photo), said(kind="shadow", act="fit", text="a post", **MEASURED)))
        assert "By its shadow the sun stood" in page
        assert "shadow-band" in page
        assert "It never tells one year by itself." in page
        assert "a post" in page
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize(
        ("without", "why"),
        [
            ({"at": ""}, "The place is not stated"),
            ({"level_ground": "no"}, "not stated to be level"),
            ({"view": "straight_down"}, "Seen from straight above"),
            ({"tip": ""}, "Tip of the shadow of that top: set this point"),
            ({"tip": "elsewhere"}, "Write two percentages"),
            ({"north_deg": "upwards"}, "Write degrees as a plain number"),
        ],
    )
    def test_what_is_missing_is_named(self, curator, photo, without, why):
        page = read(curator.post(form_of(photo), said(kind="shadow", act="fit", **(MEASURED | without))))
        assert why in page
        assert "can't tell" in page
        assert "shadow-band" not in page

    def test_a_saved_shadow_is_drawn_on_the_photo_page(self, curator, client, photo):
        answer = curator.post(form_of(photo), said(kind="shadow", **MEASURED))
        assert answer.status_code == 302
        kept = Evidence.objects.get().measurement
        assert kept["place"] == {"latitude": 37.5665, "longitude": 126.978, "radius_m": 500.0}
        assert kept["aspect"] == pytest.approx(64 / 48, rel=0.1)
        client.logout()
        assert "shadow-band" in page_of(client, photo)

    def test_the_place_may_be_one_that_somebody_names(self, curator, photo):
        claim = a_claim(photo, Place(37.5, 127.0, 1000))
        curator.post(form_of(photo), said(kind="shadow", **(MEASURED | {"at": f"claim-{claim.pk}"})))
        assert Evidence.objects.get().measurement["place"]["latitude"] == 37.5


class TestMatch:
    def test_both_details_stand_side_by_side(self, curator, photo, collection):
        other = a_kept_photo(collection)
        answer = curator.post(
            form_of(photo),
            said(
                kind="visual_match",
                other=f"http://testserver/photos/{other.public_id}/",
                left="10",
                top="10",
                wide="20",
                high="20",
                other_left="50",
                other_top="50",
                other_wide="25",
                other_high="25",
            ),
        )
        assert answer.status_code == 302
        page = page_of(curator, photo)
        assert f"/iiif/image/{photo.public_id}/pct:10.0000,10.0000,20.0000,20.0000/" in page
        assert f"/iiif/image/{other.public_id}/pct:50.0000,50.0000,25.0000,25.0000/" in page

    def test_looking_for_the_other_photo_saves_nothing(self, curator, photo, collection):
        other = a_kept_photo(collection)
        page = read(
            curator.post(form_of(photo), said(kind="visual_match", act="other", pick=other.public_id))
        )
        assert f"/files/{other.public_id}/1600.jpg" in page
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize("who", ["nobody", "itself", "hidden"])
    def test_only_another_photo_that_one_may_see_is_taken(self, curator, photo, who):
        hidden = a_kept_photo(a_collection(visibility=Visibility.PRIVATE))
        typed = {"nobody": "aaaaaaaaaaaaa", "itself": photo.public_id, "hidden": hidden.public_id}[who]
        page = read(curator.post(form_of(photo), said(kind="visual_match", other=typed)))
        assert ("That is this photo itself" if who == "itself" else "No photo that you may see") in page
        assert not Evidence.objects.exists()

    def test_a_private_photo_is_never_named_to_a_stranger(self, client, photo, owner):
        hidden = a_kept_photo(a_collection(owner, visibility=Visibility.PRIVATE, title="Sealed"))
        record_evidence(
            target=photo,
            by=owner,
            kind="visual_match",
            text="the same roof",
            region=Region(0.1, 0.1, 0.2, 0.2),
            other_photo=hidden,
            other_region=Region(0.4321, 0.4, 0.2, 0.2),
        )
        page = page_of(client, photo)
        assert "a photo you may not see" in words_of(page)
        assert hidden.public_id not in page
        assert "43.21" not in page
        client.force_login(owner)
        assert hidden.public_id in page_of(client, photo)

    def test_a_correction_keeps_a_second_picture_that_its_author_may_not_see(
        self, client, photo, owner, collection
    ):
        hidden = a_kept_photo(a_collection(owner, visibility=Visibility.PRIVATE))
        there = Region(0.4321, 0.4, 0.2, 0.2)
        made = record_evidence(
            target=photo,
            by=owner,
            kind="visual_match",
            text="a roof",
            other_photo=hidden,
            other_region=there,
        )
        client.force_login(a_member(collection, MemberRole.CURATOR))
        address = reverse("evidence-correct", args=[made.pk])
        page = read(client.get(address))
        assert "It stays matched with a photo you may not see" in page
        assert hidden.public_id not in page
        assert "43.21" not in page
        client.post(address, said(kind="visual_match", text="a tiled roof"))
        newer = Evidence.objects.get(supersedes=made)
        assert (newer.other_photo, newer.other_region) == (hidden, there.to_json())

    def test_a_case_without_known_photos_names_those_of_the_collection_alone(self, photo, owner, collection):
        hidden = a_kept_photo(a_collection(owner, visibility=Visibility.PRIVATE))
        for other in (hidden, a_kept_photo(collection)):
            record_evidence(target=photo, by=owner, kind="visual_match", text="a roof", other_photo=other)
        named = [
            one.other_photo for one in case_of(photo, readerships=frozenset({Readership.PUBLIC})).grounds
        ]
        assert named[0] == ""
        assert named[1]
