from __future__ import annotations

import pytest
from django.urls import reverse

from archive.catalogue.models import Visibility
from archive.evidence.appearances import record_appearance
from archive.evidence.claims import make_claim
from archive.evidence.models import Claim, Source
from archive.evidence.values import Text, from_json
from archive.values.direction import Direction
from archive.values.place import Place
from archive.values.settled import Facet
from archive.values.shapes import Corridor, Polygon, Relation
from tests.db.making import a_photo, a_user
from tests.db.pages.casework import Case, as_user, last_claim, said, text_of

pytestmark = pytest.mark.django_db

PLACE = {"facet": "camera_place", "date": ""}


def of_photo(case: Case) -> str:
    return reverse("photo-claim-new", args=[case.photo.public_id])


def of_series(case: Case) -> str:
    return reverse("series-claim-new", args=[case.series.public_id])


def test_a_curators_own_entry_is_the_archives_voice():
    case = Case()
    answer = as_user(case.curator).post(of_photo(case), said())
    assert answer.url == reverse("photo", args=[case.photo.public_id])
    claim = last_claim()
    assert (claim.source.user, claim.facet, from_json(claim.value).text) == (case.curator, "time", "2020")


def test_what_a_source_says_keeps_words_language_time_and_place_of_saying():
    case = Case()
    source = case.source()
    post = record_appearance(target=case.series, by=case.curator, title="Drone pics")
    filled = said(
        who=source.public_id,
        words="Filmed in 2020, during the pandemic",
        language="en",
        said_at="3 May 2024",
        appearance=str(post.pk),
    )
    as_user(case.curator).post(of_photo(case), filled)
    claim = last_claim()
    assert (claim.source, claim.appearance, claim.language) == (source, post, "en")
    assert (claim.words, claim.said_at) == ("Filmed in 2020, during the pandemic", "2024-05-03")


def test_somebody_new_is_recorded_with_what_they_say():
    case = Case()
    newcomer = {"new_kind": "person", "new_name": "an aunt", "new_display": "withheld"}
    as_user(case.curator).post(of_photo(case), said(who="new", **newcomer))
    source = last_claim().source
    assert (source.name, source.kind, source.display) == ("an aunt", "person", "withheld")
    assert source.collection == case.collection


def test_somebody_new_is_not_recorded_when_the_rest_is_refused():
    case = Case()
    newcomer = {"new_kind": "person", "new_name": "an aunt", "new_display": "withheld"}
    page = text_of(as_user(case.curator).post(of_photo(case), said(who="new", date="someday", **newcomer)))
    assert 'value="an aunt"' in page
    assert 'value="someday"' in page
    assert not Source.objects.filter(name="an aunt").exists()


def test_a_source_of_another_collection_is_refused():
    case = Case()
    foreign = Case().source("from elsewhere")
    page = as_user(case.curator).post(of_photo(case), said(who=foreign.public_id, words="typed"))
    assert page.status_code == 200
    assert "from elsewhere" not in text_of(page)
    assert "typed" in text_of(page)
    assert not Claim.objects.filter(source=foreign).exists()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (
            {"shape": "point", "coordinates": "39°N 125.5°E", "radius": "2 km"},
            Place(39, 125.5, 2000),
        ),
        (
            {"shape": "area", "area": "40, 124\n40, 125\r\n41, 125\n\n40, 124"},
            Polygon(((40, 124), (40, 125), (41, 125))),
        ),
        (
            {"shape": "area", "area": "10, 179\n10, -179\n12, -179"},
            Polygon(((10, 179), (10, 181), (12, 181))),
        ),
        (
            {"shape": "line", "line": "40, 124\n41, 125", "width": "500 m"},
            Corridor(((40, 124), (41, 125)), 500),
        ),
    ],
)
def test_a_place_is_a_point_an_area_or_a_line(typed, value):
    case = Case()
    as_user(case.curator).post(of_photo(case), said(**PLACE, **typed))
    assert from_json(last_claim().value) == value


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"shape": "point", "coordinates": "nowhere"}, "not two coordinates"),
        ({"shape": "area", "area": "40, 124\n40, 125"}, "at least 3 points"),
        ({"shape": "area", "area": "40, 124\n40, 125\nhere"}, "Line 3"),
        ({"shape": "line", "line": "40, 124\n41, 125", "width": "wide"}, "Write a length"),
        ({"shape": "relation", "of": "border", "distance": "2", "unit": "km"}, "Choose the country"),
        (
            {"shape": "relation", "of": "border", "distance": "far", "unit": "km", "country": "KP"},
            "Write how far",
        ),
    ],
)
def test_a_place_that_cannot_be_read_is_told_beside_its_field(typed, complaint):
    case = Case()
    page = text_of(as_user(case.curator).post(of_photo(case), said(**PLACE, **typed, words="kept words")))
    assert complaint in page
    assert "kept words" in page
    assert not Claim.objects.filter(facet="camera_place").exists()


RELATION = {
    "shape": "relation",
    "how": "within",
    "distance": "2",
    "unit": "km",
    "of": "pair",
    "country": "KP",
    "other": "CN",
    "inside": "KP",
}


def test_a_distance_from_a_border_keeps_the_towns_that_fit():
    case = Case()
    as_user(case.curator).post(of_series(case), said(**PLACE, **RELATION, scope=case.series.public_id))
    value = from_json(last_claim().value)
    assert isinstance(value, Relation)
    assert (value.of, value.distance_m) == ("border:KP-CN", 2000)
    assert "Sinŭiju" in {one.name for one in value.candidates}
    assert case.photo.claims.count() == 0
    case.photo.refresh_from_db()
    assert len(case.photo.settled_place["parts"]) == len(value.candidates)


def test_looking_at_the_towns_saves_nothing_and_complains_of_nothing_else():
    case = Case()
    typed = said(**PLACE, **RELATION, words="half typed") | {"who": "", "act": "preview"}
    page = text_of(as_user(case.curator).post(of_photo(case), typed))
    assert "towns of North Korea fit" in page
    assert "half typed" in page
    assert "Nothing is saved yet" not in page
    assert not Claim.objects.filter(facet="camera_place").exists()


def test_a_town_whose_name_others_share_has_to_be_chosen():
    case = Case()
    typed = {"shape": "relation", "how": "within", "distance": "5", "unit": "km", "of": "town"}
    page = as_user(case.curator).post(of_photo(case), said(**PLACE, **typed, town="Springfield"))
    assert "Several towns are called so" in text_of(page)
    (at, _), *_ = page.context["form"].namesakes
    as_user(case.curator).post(of_photo(case), said(**PLACE, **typed, town="Springfield", town_at=at))
    assert from_json(last_claim().value).of == f"town:Springfield@{at}"


@pytest.mark.parametrize(
    ("typed", "degrees"), [("45", 45), ("45.5°", 45.5), ("north-east", 45), ("NNE", 22.5), ("360", 0)]
)
def test_a_direction_is_degrees_or_a_compass_word(typed, degrees):
    case = Case()
    as_user(case.curator).post(of_photo(case), said(facet="direction", degrees=typed, north="T", view="65"))
    assert from_json(last_claim().value) == Direction(degrees, "T", 65)


def test_a_direction_that_is_none_is_told():
    case = Case()
    page = as_user(case.curator).post(of_photo(case), said(facet="direction", degrees="uphill"))
    assert "compass word" in text_of(page)


def test_what_follows_from_others_names_them_and_is_no_second_voice():
    case = Case()
    first = make_claim(
        target=case.series, facet=Facet.AUTHOR, value=Text("a pilot"), source=case.source(), by=case.curator
    )
    client = as_user(case.curator)
    page = text_of(client.post(of_photo(case), said(method="derived")))
    assert "Tick from what it is derived" in page
    client.post(of_photo(case), said(method="derived", bases=[str(first.pk)]))
    assert list(last_claim().bases.all()) == [first]


def test_a_claim_can_be_said_of_the_whole_series_from_a_photo_with_exceptions():
    case = Case()
    exception = case.photos[1]
    as_user(case.curator).post(
        of_photo(case), said(scope=case.series.public_id, exceptions=[exception.public_id])
    )
    claim = last_claim()
    assert claim.series == case.series
    assert [one.photo for one in claim.exceptions.all()] == [exception]


def test_a_correction_takes_the_place_and_the_question_cannot_be_changed():
    case = Case()
    source = case.source()
    stands = make_claim(
        target=case.photo,
        facet=Facet.AUTHOR,
        value=Text("a pilot"),
        source=source,
        by=case.curator,
        words="me",
    )
    client, address = as_user(case.curator), reverse("claim-correct", args=[stands.pk])
    assert "a pilot</textarea>" in text_of(client.get(address)).replace("\n", "")
    client.post(address, said(who=source.public_id, facet="time", answer="two pilots", words="us"))
    claim = last_claim()
    assert (claim.supersedes, claim.facet, claim.value["text"]) == (stands, "author", "two pilots")
    assert client.get(address).status_code == 302


def test_taking_back_asks_says_what_rests_on_it_and_can_be_undone():
    case = Case()
    claim = make_claim(
        target=case.photo, facet=Facet.AUTHOR, value=Text("a pilot"), source=case.source(), by=case.curator
    )
    make_claim(
        target=case.photo,
        facet=Facet.CONTENT,
        value=Text("his street"),
        source=case.source("aunt"),
        by=case.curator,
        bases=[claim],
    )
    client, address = as_user(case.curator), reverse("claim-retract", args=[claim.pk])
    assert "1 other line rests on it" in text_of(client.get(address))
    client.post(address, {"reason": "by mistake"})
    gone = last_claim()
    assert (gone.value, gone.rationale, gone.supersedes) == (None, "by mistake", claim)
    client.post(reverse("claim-undo", args=[gone.pk]))
    back = last_claim()
    assert (back.value, back.source, back.supersedes) == (claim.value, claim.source, gone)


def test_undoing_a_new_claim_takes_it_back_and_undoing_twice_is_refused():
    case = Case()
    client = as_user(case.curator)
    client.post(of_photo(case), said())
    claim = last_claim()
    address = reverse("claim-undo", args=[claim.pk])
    client.post(address)
    assert last_claim().value is None
    client.post(address)
    assert last_claim().supersedes == claim


def test_an_exception_is_made_for_a_photo_of_the_series_only():
    case = Case()
    claim = make_claim(
        target=case.series, facet=Facet.AUTHOR, value=Text("a pilot"), source=case.source(), by=case.curator
    )
    client, address = as_user(case.curator), reverse("claim-except", args=[claim.pk])
    outside = a_photo(case.collection)
    assert "Choose the photo" in text_of(client.post(address, {"photo": outside.public_id}))
    client.post(address, {"photo": case.photo.public_id, "reason": "another flight"})
    assert [one.photo for one in claim.exceptions.all()] == [case.photo]


@pytest.mark.parametrize("name", ["claim-correct", "claim-retract", "claim-undo", "claim-except"])
def test_claims_are_worked_on_by_curators_and_do_not_exist_for_who_cannot_see_them(name):
    case, closed = Case(), Case(Visibility.PRIVATE)
    numbers = [
        make_claim(
            target=one.series, facet=Facet.AUTHOR, value=Text("a"), source=one.source(), by=one.curator
        ).pk
        for one in (case, closed)
    ]
    address = reverse(name, args=[numbers[0]])
    assert as_user(case.curator).get(address).status_code == 200
    assert as_user(case.reader).get(address).status_code == 403
    assert as_user(None).get(address).status_code == 302
    assert as_user(a_user()).get(reverse(name, args=[numbers[1]])).status_code == 404


def test_only_curators_say_who_says_what_of_a_photo():
    case, closed = Case(), Case(Visibility.PRIVATE)
    assert as_user(case.curator).get(of_photo(case)).status_code == 200
    assert as_user(case.reader).post(of_photo(case), said()).status_code == 403
    assert as_user(None).post(of_photo(case), said()).status_code == 302
    assert as_user(case.curator).get(of_photo(closed)).status_code == 404


def test_a_date_names_both_bounds_and_what_each_rests_on():
    case = Case()
    record_appearance(target=case.series, by=case.curator, title="post", posted="2020-09-01")
    client = as_user(case.curator)
    asked = {"text": "about 2020", "photo": case.photo.public_id}
    span = client.get(reverse("casework-ask-bounds"), asked).json()["span"]
    assert span.startswith("earliest: 1 January 2015, widened because of “about”")
    assert span.endswith("not after 2 September 2020, because it had appeared by then")
    assert "error" in client.get(reverse("casework-ask-bounds"), {"text": "someday"}).json()


def test_the_date_of_an_appearance_reaches_nobody_who_cannot_see_the_photo():
    closed = Case(Visibility.PRIVATE)
    record_appearance(target=closed.series, by=closed.curator, title="post", posted="2020-09-01")
    asked = {"text": "2021", "series": closed.series.public_id}
    span = as_user(a_user()).get(reverse("casework-ask-bounds"), asked).json()["span"]
    assert "appeared" not in span


def test_points_are_read_in_any_notation():
    client = as_user(a_user())
    ask = reverse("casework-ask-shape")
    assert client.post(ask, {"text": "39°N 125.5°E\n40, 126"}).json() == {"points": [[39, 125.5], [40, 126]]}
    assert "Line 1" in client.post(ask, {"text": "here"}).json()["error"]


def test_which_towns_fit_is_told_to_curators_before_saving():
    client, ask = as_user(Case().curator), reverse("casework-ask-relation")
    told = client.get(ask, RELATION).json()
    assert told["sentence"].startswith(f"{len(told['towns'])} of ")
    assert "OpenStreetMap" in told["attribution"]
    fewer = client.get(ask, RELATION | {"people": "50000"}).json()
    assert len(fewer["towns"]) < len(told["towns"])
    assert "(towns of 50,000 people or more)" in fewer["sentence"]
    many = {"how": "within", "distance": "1", "unit": "km", "of": "town", "town": "Springfield"}
    assert client.get(ask, many).json()["namesakes"]
    assert as_user(a_user()).get(ask, RELATION).status_code == 403


def test_a_distance_is_corrected_with_all_that_was_asked():
    case = Case()
    client = as_user(case.curator)
    client.post(of_photo(case), said(**PLACE, **RELATION, people="50000"))
    page = client.get(reverse("claim-correct", args=[last_claim().pk]))
    shown = {name: page.context["form"][name].value() for name in (*RELATION, "people")}
    assert shown == RELATION | {"people": "50000"}
    assert text_of(page).count('<option value="KP" selected>') == 2


def test_correcting_what_others_rest_on_says_so():
    case = Case()
    claim = make_claim(
        target=case.photo, facet=Facet.AUTHOR, value=Text("a pilot"), source=case.source(), by=case.curator
    )
    make_claim(
        target=case.photo,
        facet=Facet.CONTENT,
        value=Text("his street"),
        source=case.source("aunt"),
        by=case.curator,
        bases=[claim],
    )
    page = text_of(as_user(case.curator).get(reverse("claim-correct", args=[claim.pk])))
    assert "1 other line rests on it" in page
