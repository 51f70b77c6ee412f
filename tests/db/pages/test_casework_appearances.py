from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.catalogue.models import Visibility
from archive.evidence.appearances import record_appearance
from archive.evidence.grounds import record_falsifier
from archive.evidence.models import Appearance, Attachment, Falsifier
from archive.values.settled import Facet
from tests.db.making import a_user
from tests.db.pages.casework import Case, as_user, text_of

pytestmark = pytest.mark.django_db

PAGE = b"<script>alert(document.cookie)</script>"


def filled(**changes: object) -> dict[str, object]:
    return {"title": "Drone pics", "document_readership": "members", "readership": "public"} | changes


def of_series(case: Case) -> str:
    return reverse("series-appearance-new", args=[case.series.public_id])


def kept(case: Case, readership: str = "members", name: str = "page.html") -> Attachment:
    document = SimpleUploadedFile(name, PAGE, "text/html")
    as_user(case.curator).post(of_series(case), filled(document=document, document_readership=readership))
    return Attachment.objects.get(collection=case.collection)


def test_an_appearance_is_recorded_with_all_that_is_known():
    case = Case()
    publisher = case.source("The paper")
    as_user(case.curator).post(
        of_series(case),
        filled(
            url="https://example.org/1",
            platform="a forum",
            publisher=publisher.public_id,
            posted="3 May 2024",
            seen="2024-05-04T10:00+09:00",
            credit_line="XiaoHao",
            archive_url="https://archive.example.org/1",
            remark="seven pictures",
        ),
    )
    row = Appearance.objects.get(series=case.series)
    assert (row.posted_text, row.publisher, row.credit_line) == ("2024-05-03", publisher, "XiaoHao")
    page = text_of(as_user(None).get(reverse("series", args=[case.series.public_id])))
    assert "Posted 3 May 2024" in page
    assert "so it was taken before" in page


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": ""}, "Say where it appeared"),
        ({"posted": "someday"}, "someday"),
        ({"url": "javascript:alert(1)"}, "An address begins with http"),
        ({"document": SimpleUploadedFile("tool.exe", b"MZ")}, "Documents are kept as PDF"),
    ],
)
def test_bad_input_is_refused_and_the_typing_stays(changes, complaint):
    case = Case()
    typed = filled(credit_line="by XiaoHao", **changes)
    page = text_of(as_user(case.curator).post(of_series(case), typed))
    assert complaint in page
    assert 'value="by XiaoHao"' in page
    assert not Appearance.objects.exists()


def test_a_document_beyond_the_limit_is_refused(settings):
    settings.MAX_DOCUMENT_BYTES = 10
    case = Case()
    document = SimpleUploadedFile("page.pdf", b"%PDF-1.7 too long")
    page = text_of(as_user(case.curator).post(of_series(case), filled(document=document)))
    assert "leave large parts out of it" in page
    assert not Attachment.objects.exists()


def test_a_publisher_of_another_collection_is_refused():
    case = Case()
    foreign = Case().source("from elsewhere")
    page = as_user(case.curator).post(of_series(case), filled(publisher=foreign.public_id))
    assert "Select a valid choice" in text_of(page)
    assert not Appearance.objects.exists()


def test_a_correction_keeps_the_document_and_shows_what_stood():
    case = Case()
    kept(case)
    stands = Appearance.objects.get()
    client, address = as_user(case.curator), reverse("appearance-correct", args=[stands.pk])
    assert "page.html" in text_of(client.get(address))
    client.post(address, filled(title="Drone pictures"))
    newer = Appearance.objects.get(supersedes=stands)
    assert (newer.title, newer.archived) == ("Drone pictures", stands.archived)


def test_an_appearance_is_taken_back_after_asking():
    case = Case()
    row = record_appearance(target=case.series, by=case.curator, title="post")
    client, address = as_user(case.curator), reverse("appearance-withdraw", args=[row.pk])
    assert "Take this entry back?" in text_of(client.get(address))
    assert not Appearance.objects.filter(withdrawn=True).exists()
    client.post(address)
    assert Appearance.objects.get(supersedes=row).withdrawn


@pytest.mark.parametrize("name", ["appearance-correct", "appearance-withdraw"])
def test_appearances_are_worked_on_by_curators_alone(name):
    case, closed = Case(), Case(Visibility.PRIVATE)
    one, other = (
        record_appearance(target=each.series, by=each.curator, title="post") for each in (case, closed)
    )
    address = reverse(name, args=[one.pk])
    assert as_user(case.curator).get(address).status_code == 200
    assert as_user(case.reader).get(address).status_code == 403
    assert as_user(None).get(address).status_code == 302
    assert as_user(a_user()).get(reverse(name, args=[other.pk])).status_code == 404


def test_a_document_is_only_ever_downloaded():
    case = Case()
    answer = as_user(case.reader).get(reverse("attachment", args=[kept(case).public_id]))
    assert b"".join(answer.streaming_content) == PAGE
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    answer.close()


def test_a_document_for_members_does_not_exist_for_others():
    case = Case()
    address = reverse("attachment", args=[kept(case).public_id])
    assert as_user(None).get(address).status_code == 404
    assert "page.html" not in text_of(as_user(None).get(reverse("series", args=[case.series.public_id])))


def test_a_document_for_everybody_in_a_private_collection_stays_inside():
    case = Case(Visibility.PRIVATE)
    address = reverse("attachment", args=[kept(case, "public").public_id])
    assert as_user(a_user()).get(address).status_code == 404


def test_a_document_for_everybody_reaches_everybody():
    case = Case()
    answer = as_user(None).get(reverse("attachment", args=[kept(case, "public").public_id]))
    assert answer.status_code == 200
    answer.close()


def test_a_falsifier_is_written_down_looked_for_and_taken_off():
    case = Case()
    client = as_user(case.curator)
    new = reverse("series-falsifier-new", args=[case.series.public_id])
    assert "This field is required" in text_of(client.post(new, {"facet": "time", "text": ""}))
    client.post(new, {"facet": "time", "text": "a copy dated before 2020", "readership": "public"})
    first = Falsifier.objects.get()
    update = reverse("falsifier-update", args=[first.pk])
    assert "a copy dated before 2020" in text_of(client.get(update))
    client.post(update, {"state": "looked_for", "remark": "three search engines"})
    second = Falsifier.objects.get(supersedes=first)
    assert (second.state, second.note) == ("looked_for", "three search engines")
    client.post(reverse("falsifier-update", args=[second.pk]), {"act": "withdraw"})
    assert Falsifier.objects.get(supersedes=second).withdrawn


def test_falsifiers_are_worked_on_by_curators_alone():
    case, closed = Case(), Case(Visibility.PRIVATE)
    one, other = (
        record_falsifier(target=each.series, facet=Facet.TIME, text="a copy", by=each.curator)
        for each in (case, closed)
    )
    address = reverse("falsifier-update", args=[one.pk])
    assert as_user(case.curator).get(address).status_code == 200
    assert as_user(case.reader).get(address).status_code == 403
    assert as_user(a_user()).get(reverse("falsifier-update", args=[other.pk])).status_code == 404
    photo_form = reverse("photo-falsifier-new", args=[case.photo.public_id])
    assert as_user(case.curator).get(photo_form).status_code == 200
    assert as_user(case.reader).get(photo_form).status_code == 403
