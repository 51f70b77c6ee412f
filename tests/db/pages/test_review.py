"""The review queue and the page on which a claim is judged: owner, reviewer, reader, stranger."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from archive.access.models import MemberRole
from archive.access.reviewing import Wanted, Why, counts, pressing, waiting
from archive.catalogue.models import Visibility
from archive.checks.models import Finding
from archive.evidence import rejudging
from archive.evidence.claims import retract_claim
from archive.evidence.models import Verdict
from archive.evidence.series import open_series
from archive.ingest import rejudging as in_the_background
from archive.values.settled import Facet
from tests.db.evidence.people import BUSAN, LIMA, SEOUL, a_claim, a_verdict, place_of
from tests.db.making import a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    return a_collection(visibility=Visibility.PRIVATE)


@pytest.fixture
def reviewer(collection):
    return a_member(collection, MemberRole.REVIEWER)


def reading(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def judged_at(claim, **query):
    address = reverse("claim-verdict", args=[claim.pk])
    return f"{address}?{'&'.join(f'{name}={value}' for name, value in query.items())}" if query else address


def a_finding(photo, code="clock_gps", outcome="does_not_fit"):
    return Finding.objects.create(photo=photo, check_code=code, version=1, outcome=outcome)


def line_up(viewer, **wanted):
    return [(entry.why, entry.claim) for entry in waiting(viewer, Wanted(**wanted))]


def test_the_pressing_ones_come_first(collection, reviewer):
    only_file = a_photo(collection, place=SEOUL)
    by_person = a_claim(a_photo(collection))
    disputed = a_claim(a_photo(collection))
    a_verdict(disputed, "confirmed")
    a_verdict(disputed, "refuted")
    dated = a_photo(collection, taken=datetime(2020, 6, 1, 12, 0, 0))
    a_finding(dated)
    assert line_up(reviewer) == [
        (Why.DOES_NOT_FIT, dated.claims.get()),
        (Why.DISPUTED, disputed),
        (Why.UNJUDGED, by_person),
        (Why.FILE, only_file.claims.get()),
        (Why.FILE, dated.claims.get()),
    ]
    assert pressing(reviewer, most=100) == 3


def test_where_two_are_asked_for_the_second_reviewer_finds_it_and_the_first_does_not(collection, reviewer):
    type(collection).objects.update(two_reviewers=True)
    claim = a_claim(a_photo(collection))
    first = a_member(collection, MemberRole.REVIEWER)
    a_verdict(claim, reviewer=first)
    assert line_up(reviewer) == [(Why.SECOND, claim)]
    assert line_up(first) == []
    a_verdict(claim, reviewer=reviewer)
    assert line_up(a_member(collection, MemberRole.REVIEWER)) == []


def test_what_does_not_fit_leaves_the_queue_once_somebody_has_judged_its_question(collection, reviewer):
    photo = a_photo(collection, place=SEOUL, taken=datetime(2020, 6, 1, 12, 0, 0))
    a_finding(photo)
    a_finding(photo, "speed")
    a_verdict(photo.claims.get(facet="time"))
    assert [entry.check for entry in waiting(reviewer, Wanted(why="does-not-fit"))] == ["speed"]


def test_a_question_that_is_disputed_stands_in_the_queue_once(collection, reviewer):
    photo = a_photo(collection)
    one, other = a_claim(photo), a_claim(photo, BUSAN, name="another")
    a_claim(photo, LIMA, name="a third")
    for claim in (one, other):
        a_verdict(claim, "confirmed")
    assert line_up(reviewer) == [(Why.DISPUTED, one)]


def test_a_series_waits_once_and_not_for_each_of_its_photos(collection, reviewer):
    photos = [a_photo(collection) for _ in range(2)]
    series = open_series(collection=collection, title="One post", photos=photos, by=a_user())
    claim = a_claim(series)
    assert line_up(reviewer) == [(Why.UNJUDGED, claim)]
    a_verdict(claim, "confirmed")
    a_verdict(claim, "refuted")
    assert line_up(reviewer) == [(Why.DISPUTED, claim)]


def test_what_was_taken_back_or_judged_does_not_wait(collection, reviewer):
    retract_claim(claim=a_claim(a_photo(collection)), by=a_user())
    a_verdict(a_claim(a_photo(collection)), "probable")
    assert line_up(reviewer) == []


def test_only_what_may_be_judged_waits(collection):
    a_claim(a_photo(collection))
    a_claim(a_photo())
    assert line_up(a_member(collection, MemberRole.READER)) == []
    assert len(line_up(a_member(collection, MemberRole.OWNER))) == 1
    assert len(line_up(a_user(is_superuser=True))) == 2


def test_filters_and_pages_go_through_the_whole_queue_without_gap_or_double(collection, reviewer):
    photos = [a_photo(collection, place=SEOUL) for _ in range(3)]
    claims = [a_claim(photos[0], BUSAN), a_claim(a_photo(collection), LIMA, Facet.SUBJECT_PLACE)]
    a_finding(photos[1], "speed")
    whole = waiting(reviewer, Wanted())
    one_by_one, after = [], ""
    while page := waiting(reviewer, Wanted(after=after), limit=1):
        one_by_one += page
        after = page[0].at
    assert one_by_one == whole
    assert len(whole) == 5
    assert line_up(reviewer, facet="subject_place") == [(Why.UNJUDGED, claims[1])]
    assert line_up(reviewer, why="unjudged", collection=collection.slug) == [
        (Why.UNJUDGED, claims[0]),
        (Why.UNJUDGED, claims[1]),
    ]
    assert line_up(reviewer, collection="another") == []
    assert counts(reviewer, Wanted()) == {
        Why.DOES_NOT_FIT: 1,
        Why.DISPUTED: 0,
        Why.SECOND: 0,
        Why.UNJUDGED: 2,
        Why.FILE: 2,
    }


def test_the_queue_page_tells_question_reason_and_answers(collection, reviewer):
    photo = a_photo(collection)
    claim = a_claim(photo, name="a baker")
    a_claim(photo, BUSAN, name="another")
    page = reading(reviewer).get(reverse("review"))
    words = page.content.decode()
    assert page.status_code == 200
    assert judged_at(claim, at=f"unjudged.{claim.pk}") in words
    assert "a baker says so" in words
    assert "Camera was" in words
    assert "no verdict yet" in words


def test_a_long_queue_is_read_page_by_page_at_the_same_cost(
    collection, reviewer, django_assert_max_num_queries
):
    for _ in range(22):
        a_claim(a_photo(collection))
    client = reading(reviewer)
    with django_assert_max_num_queries(40):
        page = client.get(reverse("review"))
    assert len(page.context["lines"]) == 20
    rest = client.get(f"{reverse('review')}{page.context['later']}")
    assert len(rest.context["lines"]) == 2
    assert rest.context["later"] == ""


def test_the_menu_counts_for_those_who_judge_and_is_not_there_for_others(collection, reviewer):
    a_claim(a_photo(collection))
    assert 'nav-count"><span class="visually-hidden">waiting: </span>1<' in (
        reading(reviewer).get(reverse("collections")).content.decode()
    )
    reader = a_member(collection, MemberRole.READER)
    assert reverse("review") not in reading(reader).get(reverse("collections")).content.decode()


def test_the_queue_is_for_those_who_judge(collection):
    assert reading(a_member(collection, MemberRole.READER)).get(reverse("review")).status_code == 403
    assert Client().get(reverse("review")).status_code == 302


def test_owner_and_reviewer_judge_a_reader_is_told_why_not_and_a_stranger_finds_nothing(collection, reviewer):
    address = judged_at(a_claim(a_photo(collection)))
    owner, reader = (a_member(collection, role) for role in (MemberRole.OWNER, MemberRole.READER))
    found = {who: reading(who).get(address).status_code for who in (owner, reviewer, reader, a_user())}
    assert list(found.values()) == [200, 200, 403, 404]
    assert Client().get(address).status_code == 302


def test_a_claim_of_an_open_collection_has_no_number_for_strangers():
    claim = a_claim(a_photo(a_collection(visibility=Visibility.PUBLIC)))
    assert reading(a_user()).get(judged_at(claim)).status_code == 404
    assert (
        reading(a_user()).post(judged_at(claim), {"judgement": "refuted", "reasons": "no"}).status_code == 404
    )
    assert not Verdict.objects.exists()


def test_a_verdict_is_saved_with_its_reasons_and_the_next_in_the_queue_follows(collection, reviewer):
    first, second = a_claim(a_photo(collection)), a_claim(a_photo(collection))
    answer = reading(reviewer).post(
        judged_at(first, at=f"unjudged.{first.pk}", why="unjudged"),
        {"judgement": "probable", "reasons": "four piers", "credibility": "2", "readership": "members"},
    )
    verdict = Verdict.objects.get()
    assert (verdict.judgement, verdict.reasons, verdict.credibility) == ("probable", "four piers", 2)
    assert (verdict.reviewer, verdict.readership) == (reviewer, "members")
    assert answer.url == judged_at(second, at=f"unjudged.{second.pk}", why="unjudged")


def test_who_came_from_the_photo_goes_back_to_it(collection, reviewer):
    photo = a_photo(collection)
    answer = reading(reviewer).post(
        judged_at(a_claim(photo)), {"judgement": "probable", "reasons": "seen", "readership": "public"}
    )
    assert answer.url == reverse("photo", args=[photo.public_id])


def test_a_verdict_without_reasons_keeps_what_was_typed(collection, reviewer):
    page = reading(reviewer).post(
        judged_at(a_claim(a_photo(collection))), {"judgement": "doubtful", "readership": "members"}
    )
    words = page.content.decode()
    assert not Verdict.objects.exists()
    assert "Write your reasons" in words
    assert 'value="doubtful" data-key="4" required checked' in words


def test_the_page_tells_what_each_judgement_would_lead_to(collection, reviewer):
    claim = a_claim(a_photo(collection))
    a_verdict(claim, "confirmed")
    page = reading(reviewer).get(judged_at(claim))
    outcomes = {choice.value: choice.outcome for choice in page.context["choices"]}
    assert outcomes["confirmed"] == "confirmed"
    assert outcomes["refuted"] == "disputed"
    assert outcomes["doubtful"] == "disputed"


def test_a_blind_first_verdict_hides_verdicts_statuses_and_outcomes_until_given(collection, reviewer):
    type(collection).objects.update(blind_first_verdict=True)
    claim = a_claim(a_photo(collection))
    a_verdict(claim, "refuted", reasons="the river is missing")
    client = reading(reviewer)
    before = client.get(judged_at(claim))
    words = before.content.decode()
    assert before.context["hides"]
    assert "the river is missing" not in words
    assert "refuted</span>" not in words
    assert before.context["question"].note == "nobody has reviewed it"
    assert {choice.outcome for choice in before.context["choices"]} == {""}
    client.post(judged_at(claim), {"judgement": "confirmed", "reasons": "seen", "readership": "members"})
    after = client.get(judged_at(claim))
    assert "the river is missing" in after.content.decode()
    assert after.context["own"] == "confirmed"
    assert Verdict.objects.get(reviewer=reviewer).blind


def test_a_blind_queue_does_not_tell_how_others_judged(collection, reviewer):
    type(collection).objects.update(blind_first_verdict=True, two_reviewers=True)
    a_verdict(a_claim(a_photo(collection)), "probable")
    (line,) = reading(reviewer).get(reverse("review")).context["lines"]
    assert line.verdicts == "shown after your own"


def test_ones_own_verdict_is_taken_back_after_asking_and_nobody_elses_is(collection, reviewer):
    photo = a_photo(collection)
    verdict = a_verdict(a_claim(photo), reviewer=reviewer)
    address = reverse("verdict-withdraw", args=[verdict.pk])
    other = a_member(collection, MemberRole.OWNER)
    assert reading(other).post(address).status_code == 404
    assert reading(reviewer).get(address).status_code == 200
    assert place_of(photo).status == "confirmed"
    reading(reviewer).post(address, {"reasons": "I mixed up two bridges"})
    assert place_of(photo).status == "unreviewed"


def test_a_claim_that_was_corrected_since_cannot_be_judged_and_the_page_says_so(collection, reviewer):
    claim = a_claim(a_photo(collection))
    retract_claim(claim=claim, by=a_user())
    page = reading(reviewer).get(judged_at(claim))
    assert "taken back since" in page.content.decode()
    assert "Save the verdict" not in page.content.decode()


def test_a_claim_on_a_series_is_judged_with_its_first_photo_in_view(collection, reviewer):
    photos = [a_photo(collection) for _ in range(2)]
    series = open_series(collection=collection, title="Seven pictures", photos=photos, by=a_user())
    page = reading(reviewer).get(judged_at(a_claim(series, exceptions=photos[:1])))
    assert page.context["photo_url"] == reverse("photo", args=[photos[1].public_id])
    assert "your verdict holds for each of its photos" in page.content.decode()


def settings_of(collection, **ticks):
    return {"title": collection.title, "visibility": "private", "largest_public_px": "4096", **ticks}


def test_asking_for_two_reviewers_settles_what_one_had_confirmed_anew(collection):
    photo, owner = a_photo(collection), a_member(collection, MemberRole.OWNER)
    series = open_series(collection=collection, title="One", photos=[a_photo(collection)], by=owner)
    a_verdict(a_claim(photo))
    a_verdict(a_claim(series))
    assert place_of(photo).status == "confirmed"
    client, address = reading(owner), reverse("studio-edit-collection", args=[collection.slug])
    client.post(address, settings_of(collection, two_reviewers="on", blind_first_verdict="on"))
    collection.refresh_from_db()
    assert (collection.two_reviewers, collection.blind_first_verdict) == (True, True)
    assert place_of(photo).status == place_of(series.photos.get()).status == "in_review"
    client.post(address, settings_of(collection))
    assert place_of(photo).status == "confirmed"


def test_many_judged_photos_are_settled_by_the_worker_to_the_last(collection, monkeypatch):
    monkeypatch.setattr(rejudging, "BATCH", 2)
    monkeypatch.setattr(in_the_background, "BATCH", 2)
    photos = [a_photo(collection) for _ in range(5)]
    for photo in photos:
        a_verdict(a_claim(photo))
    type(collection).objects.update(two_reviewers=True)
    collection.refresh_from_db()
    assert in_the_background.settle_anew(collection)
    assert [place_of(photo).status for photo in photos[2:]] == ["confirmed"] * 3
    in_the_background.settle_all(collection.pk)
    assert {place_of(photo).status for photo in photos} == {"in_review"}
