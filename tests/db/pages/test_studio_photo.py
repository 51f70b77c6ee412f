from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive import vault
from archive.catalogue.models import Photo, Revision
from archive.catalogue.photos import edit_photo
from archive.custody.chain import verify_chains
from archive.evidence.claims import claim_place, claim_time
from archive.evidence.models import Claim
from archive.evidence.values import from_json
from archive.values.place import Place
from archive.values.settled import Facet, SettledPlace, SettledTime
from tests.db.making import a_collection, a_photo, a_reading, a_user

pytestmark = pytest.mark.django_db

SEOUL, BUSAN = Place(37.5665, 126.978, 12.0), Place(35.1796, 129.0756)


class Desk:
    """A curator with the form of one photo open; `save` posts what the form shows, changed by some typing."""

    def __init__(self, photo: Photo, user: User | None = None) -> None:
        self.photo = photo
        self.user = user or photo.collection.memberships.get().user
        self.client = Client()
        self.client.force_login(self.user)
        self.url = reverse("studio-photo", args=[photo.public_id])
        self.open()

    def open(self) -> None:
        self.page = self.client.get(self.url)
        form = self.page.context["form"]
        self.shown = {name: form[name].value() or "" for name in form.fields}
        for name in ("keywords", "people"):
            self.shown[name] = form.fields[name].prepare_value(form[name].value())

    def save(self, query: str = "", **typed: str):
        answer = self.client.post(self.url + query, self.shown | typed)
        self.photo.refresh_from_db()
        return answer

    @property
    def place(self) -> SettledPlace:
        return SettledPlace.from_json(self.photo.settled_place)

    @property
    def time(self) -> SettledTime:
        return SettledTime.from_json(self.photo.settled_time)


def test_saving_what_is_shown_changes_nothing():
    reading = a_reading(
        place=SEOUL,
        taken=datetime(2020, 6, 1, 12, 0, 5),
        title=" A title\nwith a line ",
        caption="Two\r\nlines",
        keywords=("Paris, France", 'the "Gate"', "semi;colon"),
    )
    desk = Desk(a_photo(a_collection(), reading))
    assert desk.save().status_code == 302
    assert not Revision.objects.exists()
    assert Claim.objects.count() == 2
    assert desk.photo.keywords == ["Paris, France", 'the "Gate"', "semi;colon"]


def test_texts_are_saved_with_who_before_and_after():
    desk = Desk(a_photo(a_collection()))
    desk.save(title="Bridge", keywords='river, "Sinuiju, seen from afar"; bridge', people="Ada\nGrace")
    assert desk.photo.title == "Bridge"
    assert desk.photo.keywords == ["river", "Sinuiju, seen from afar", "bridge"]
    assert desk.photo.people == ["Ada", "Grace"]
    assert {(r.field, r.by) for r in Revision.objects.all()} == {
        ("title", desk.user),
        ("keywords", desk.user),
        ("people", desk.user),
    }


def test_a_place_is_typed_in_degrees_and_minutes_with_its_reason():
    desk = Desk(a_photo(a_collection()))
    desk.save(coordinates="40°06′N 124°23′E", radius="2 km", place_reason="the bridge")
    part = desk.place.parts[0]
    assert (part.place.latitude, part.place.longitude, part.place.radius_m) == pytest.approx(
        (40.1, 124.383333, 2000), abs=1e-6
    )
    assert Claim.objects.get().words == "the bridge"


def test_the_uncertainty_of_a_geo_address_is_taken_unless_another_is_typed():
    desk = Desk(a_photo(a_collection()))
    desk.save(coordinates="geo:40.1,124.38;u=35")
    assert desk.place.parts[0].place.radius_m == 35
    desk.open()
    assert desk.shown["radius"] == "35"


@pytest.mark.parametrize("facet", [Facet.SUBJECT_PLACE, Facet.OPERATOR_PLACE])
def test_the_three_places_are_three_questions(facet):
    desk = Desk(a_photo(a_collection(), place=SEOUL))
    desk.save(facet=facet.value, coordinates="40.1, 124.38", radius="")
    assert desk.place.facet is Facet.CAMERA_PLACE
    assert from_json(Claim.objects.get(facet=facet.value).value) == Place(40.1, 124.38)


def test_a_reason_alone_makes_the_file_s_place_a_person_s_word_too():
    desk = Desk(a_photo(a_collection(), place=SEOUL))
    desk.save(place_reason="I stood there")
    claim = Claim.objects.get(source__kind="member")
    assert from_json(claim.value) == SEOUL


def test_a_date_is_typed_as_people_write_it():
    desk = Desk(a_photo(a_collection()))
    desk.save(date="about 1923", date_reason="the uniforms")
    assert desk.time.text == "1923~"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"coordinates": "somewhere"}, "coordinates"),
        ({"coordinates": "40.1, 124.4", "radius": "wide"}, "radius"),
        ({"coordinates": "40.1, 124.4", "radius": "99999 km"}, "radius"),
        ({"radius": "30"}, "coordinates"),
        ({"date": "03/04/2019"}, "date"),
        ({"title": "x" * 301}, "title"),
        ({"rights": "own"}, "rights_own"),
        ({"facet": "heaven"}, "facet"),
    ],
)
def test_what_cannot_be_read_is_kept_and_nothing_is_saved(typed, field):
    desk = Desk(a_photo(a_collection()))
    page = desk.save(caption="Kept typing", **typed)
    assert field in page.context["form"].errors
    assert "Kept typing" in page.content.decode()
    assert desk.photo.caption == ""
    assert not Claim.objects.exists()


def test_emptying_a_person_s_place_takes_it_back_and_the_file_s_word_stands():
    photo = a_photo(a_collection(), place=SEOUL)
    desk = Desk(photo)
    desk.save(coordinates="35.1, 129.0")
    desk.open()
    desk.save(coordinates="", radius="")
    assert desk.place.parts[0].place == SEOUL


def test_the_file_s_own_place_cannot_be_emptied():
    desk = Desk(a_photo(a_collection(), place=SEOUL))
    page = desk.save(coordinates="", radius="")
    assert "write a better place over it" in str(page.context["form"].errors["coordinates"])


def test_undo_takes_back_everything_that_was_saved_together():
    desk = Desk(a_photo(a_collection(), place=SEOUL, title="From the file"))
    desk.save(title="Mine", coordinates="35.1, 129.0", date="1950")
    desk.open()
    offer = desk.page.context["undo"]
    assert offer.words == "title, place and date"
    data = {"revision": offer.revisions, "claim": offer.claims}
    desk.client.post(reverse("studio-undo", args=[desk.photo.public_id]), data)
    desk.photo.refresh_from_db()
    assert desk.photo.title == "From the file"
    assert desk.place.parts[0].place == SEOUL
    assert desk.time.moment is None
    assert list(verify_chains(desk.photo.public_id)) == []


def test_the_offer_to_undo_is_shown_once():
    desk = Desk(a_photo(a_collection()))
    desk.save(title="Mine")
    desk.open()
    desk.open()
    assert desk.page.context["undo"] is None


def test_undo_is_refused_when_somebody_changed_it_since():
    desk = Desk(a_photo(a_collection()))
    desk.save(title="Mine")
    offer = Revision.objects.get()
    edit_photo(photo=desk.photo, by=None, title="Theirs")
    desk.client.post(reverse("studio-undo", args=[desk.photo.public_id]), {"revision": offer.pk})
    desk.photo.refresh_from_db()
    assert desk.photo.title == "Theirs"


def test_undo_reaches_no_other_photo():
    desk, other = Desk(a_photo(a_collection())), Desk(a_photo(a_collection()))
    other.save(title="Other")
    desk.client.post(
        reverse("studio-undo", args=[desk.photo.public_id]), {"revision": Revision.objects.get().pk}
    )
    other.photo.refresh_from_db()
    assert other.photo.title == "Other"


def test_a_field_goes_back_to_what_the_file_says_and_other_typing_is_saved_with_it():
    desk = Desk(a_photo(a_collection(), title="From the file"))
    desk.save(title="Mine")
    desk.open()
    desk.save(caption="New caption", revert="title")
    assert (desk.photo.title, desk.photo.caption) == ("From the file", "New caption")


@pytest.mark.parametrize("question", ["camera_place", "time"])
def test_a_place_and_a_date_go_back_to_what_the_file_says(question):
    photo = a_photo(a_collection(), place=SEOUL, taken=datetime(2020, 6, 1, 12))
    claim_place(photo=photo, by=a_user(), place=BUSAN)
    claim_time(photo=photo, by=a_user(), text="1950")
    desk = Desk(photo)
    desk.save(revert=question)
    assert (desk.place.parts[0].place == SEOUL) is (question == "camera_place")
    assert (desk.time.text.startswith("2020")) is (question == "time")


def test_what_two_people_changed_in_different_fields_is_both_kept():
    desk = Desk(a_photo(a_collection(), place=SEOUL))
    edit_photo(photo=desk.photo, by=None, caption="Theirs", rights_uri="https://example.org/theirs")
    claim_time(photo=desk.photo, by=a_user(), text="1950")
    claim_place(photo=desk.photo, by=a_user(), place=BUSAN)
    assert desk.save(title="Mine").status_code == 302
    assert (desk.photo.title, desk.photo.caption) == ("Mine", "Theirs")
    assert desk.photo.rights_uri == "https://example.org/theirs"
    assert desk.time.text == "1950"
    assert desk.place.parts[0].place == BUSAN


def test_a_field_that_somebody_else_changed_shows_both_and_saves_nothing():
    desk, other = Desk(a_photo(a_collection())), a_user("grace")
    edit_photo(photo=desk.photo, by=other.pk, title="Theirs", creator="Their creator")
    page = desk.save(title="Mine", caption="My caption")
    text = page.content.decode()
    assert desk.photo.title == "Theirs"
    assert desk.photo.caption == ""
    assert "grace" in text
    assert page.context["form"]["title"].value() == "Mine"
    assert page.context["form"]["caption"].value() == "My caption"
    assert page.context["form"]["creator"].value() == "Their creator"


def test_saving_again_after_a_conflict_puts_one_s_own_over_theirs():
    desk = Desk(a_photo(a_collection()))
    edit_photo(photo=desk.photo, by=None, title="Theirs", creator="Their creator")
    form = desk.save(title="Mine").context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    desk.client.post(desk.url, again)
    desk.photo.refresh_from_db()
    assert (desk.photo.title, desk.photo.creator) == ("Mine", "Their creator")


@pytest.mark.parametrize(
    ("typed", "facet"), [({"date": "1960"}, Facet.TIME), ({"coordinates": "1, 2"}, Facet.CAMERA_PLACE)]
)
def test_a_place_or_date_that_somebody_else_gave_meanwhile_is_a_conflict(typed, facet):
    desk, other = Desk(a_photo(a_collection())), a_user()
    claim_time(photo=desk.photo, by=other, text="1950")
    claim_place(photo=desk.photo, by=other, place=BUSAN)
    page = desk.save(**typed)
    assert page.status_code == 200
    assert page.context["conflicts"] == 1
    assert Claim.objects.filter(facet=facet.value).count() == 1
    form = page.context["form"]
    untouched = "coordinates" if facet is Facet.TIME else "date"
    assert form[untouched].value() == {"coordinates": "35.1796, 129.0756", "date": "1950"}[untouched]
    desk.client.post(desk.url, {name: form[name].value() or "" for name in form.fields})
    assert Claim.objects.filter(facet=facet.value).count() == 2


def test_save_and_next_goes_through_what_is_left_of_the_round():
    collection = a_collection()
    first, _placed, third = a_photo(collection), a_photo(collection, place=SEOUL), a_photo(collection)
    desk = Desk(first)
    answer = desk.save("?show=unplaced", coordinates="1, 2", then="next")
    assert answer.headers["Location"] == reverse("studio-photo", args=[third.public_id]) + "?show=unplaced"
    page = desk.client.get(answer.headers["Location"])
    assert page.context["undo"].public_id == first.public_id
    assert (page.context["way"].position, page.context["way"].total) == (1, 1)


def test_the_history_names_who_when_before_and_after_and_offers_to_undo_the_latest():
    desk = Desk(a_photo(a_collection(), place=SEOUL))
    desk.save(title="One")
    desk.open()
    desk.save(title="Two", coordinates="35.1, 129.0")
    desk.open()
    past = desk.page.context["past"]
    titles = [line for line in past if line.what == "Title"]
    assert [(line.before, line.after, bool(line.revision)) for line in titles] == [
        ("One", "Two", True),
        ("", "One", False),
    ]
    places = [line for line in past if line.what.startswith("Place")]
    assert [bool(line.claim) for line in places] == [True, False]
    assert "37.566500" in places[0].before
    assert {line.by for line in titles} == {desk.user.get_username()}


def test_the_form_takes_a_bounded_number_of_queries(django_assert_max_num_queries):
    desk = Desk(a_photo(a_collection(), place=SEOUL))
    for number in range(6):
        desk.open()
        desk.save(title=str(number), date=str(1950 + number))
    with django_assert_max_num_queries(28):  # two of them for the number waiting for review
        desk.open()


def test_removing_a_photo_says_what_goes_and_keeps_its_chain(tmp_path):
    source = tmp_path / "bytes"
    source.write_bytes(b"the original")
    stored = vault.adopt(source)
    desk = Desk(a_photo(a_collection(), a_reading(sha256=stored.sha256)))
    url = reverse("studio-remove-photo", args=[desk.photo.public_id])
    assert "1 original file" in desk.client.get(url).content.decode()
    assert Photo.objects.count() == 1
    public_id = desk.photo.public_id
    assert desk.client.post(url).status_code == 302
    assert not Photo.objects.exists()
    assert list(verify_chains(public_id)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kept_elsewhere", [False, True])
def test_removing_a_photo_deletes_its_bytes_unless_another_collection_holds_them(tmp_path, kept_elsewhere):
    source = tmp_path / "bytes"
    source.write_bytes(b"the original of " + str(kept_elsewhere).encode())
    stored = vault.adopt(source)
    desk = Desk(a_photo(a_collection(), a_reading(sha256=stored.sha256)))
    if kept_elsewhere:
        a_photo(a_collection(), a_reading(sha256=stored.sha256))
    desk.client.post(reverse("studio-remove-photo", args=[desk.photo.public_id]))
    assert vault.exists(stored.sha256) is kept_elsewhere
