"""The report's page, its download, and the command: owner, reader, stranger."""

from __future__ import annotations

import io
import threading
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from archive.catalogue.models import Visibility
from archive.custody.models import CustodyEvent
from archive.interchange.dossier.verify import check
from archive.pages import dossier as door
from tests.db.interchange.cases import HIDDEN, SECRET_NAME, a_case, a_kept_photo
from tests.db.making import a_user

pytestmark = pytest.mark.django_db


def _client(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _page(user, photo):
    return _client(user).get(reverse("photo-report", args=[photo.public_id]))


def _taken(user, photo, **fields):
    return _client(user).post(reverse("photo-report-zip", args=[photo.public_id]), fields)


def _names_and_text(response):
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        return archive.namelist(), "\n".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith((".html", ".json"))
        )


def test_owner_reader_and_stranger_take_out_what_they_may_know(case):
    _, owner = _names_and_text(_taken(case.owner, case.photo))
    _, reader = _names_and_text(_taken(case.reader, case.photo))
    _, stranger = _names_and_text(_taken(None, case.photo))
    assert [HIDDEN in told for told in (owner, reader, stranger)] == [True, False, False]
    assert [SECRET_NAME in told for told in (owner, reader, stranger)] == [True, True, False]


def test_originals_are_asked_for_and_come_for_members_alone(case):
    assert "originals" in _page(case.reader, case.photo).content.decode()
    assert 'name="originals"' not in _page(None, case.photo).content.decode()
    assert any(
        "/originals/" in name for name in _names_and_text(_taken(case.reader, case.photo, originals=1))[0]
    )
    assert not any("/originals/" in name for name in _names_and_text(_taken(case.reader, case.photo))[0])
    assert not any(
        "/originals/" in name for name in _names_and_text(_taken(None, case.photo, originals=1))[0]
    )


def test_a_member_takes_out_a_report_for_everyone(case):
    names, told = _names_and_text(_taken(case.owner, case.photo, reader="everyone", originals=1))
    assert SECRET_NAME not in told
    assert not any("/originals/" in name for name in names)


@pytest.mark.parametrize("known", [True, False])
def test_a_private_photo_has_no_report_for_strangers(known):
    private = a_case(Visibility.PRIVATE)
    outsider = a_user() if known else None
    assert _page(outsider, private.photo).status_code == 404
    assert _taken(outsider, private.photo).status_code == 404
    assert _page(private.reader, private.photo).status_code == 200
    before = CustodyEvent.objects.count()
    refused = _taken(private.reader, private.photo, reader="everyone")
    assert refused.status_code == 400
    assert "no photo to report on" in refused.content.decode()
    assert CustodyEvent.objects.count() == before


def test_a_selection_s_report_holds_what_the_viewer_may_see(case):
    private = a_case(Visibility.PRIVATE)
    query = f"?collection={case.collection.slug}&collection={private.collection.slug}"
    page = _client().get(reverse("report") + query).content.decode()
    assert "1 photo" in page
    names, told = _names_and_text(_client().post(reverse("report-zip") + query))
    assert f"report/photos/{case.photo.public_id}.html" in names
    assert private.photo.public_id not in told


def test_visitors_are_told_how_many_photos_a_report_holds(case, monkeypatch):
    a_kept_photo(case.collection)
    monkeypatch.setattr(door, "MOST_FOR_VISITORS", 1)
    assert (
        "the first 1 photo; a report holds no more for visitors"
        in _client().get(reverse("report")).content.decode()
    )


def test_a_selection_that_cannot_be_read_says_why(case):
    for answer in (_client().get("/report/?from=x"), _client().post("/report.zip?from=x")):
        assert answer.status_code == 400
        assert "from=x" in answer.content.decode()


def test_an_empty_selection_offers_no_download(case):
    page = _client().get("/report/?q=nothingofthekind").content.decode()
    assert "no photo in this view" in page
    assert "report.zip" not in page
    assert _client().post("/report.zip?q=nothingofthekind").status_code == 400


def test_reports_made_at_once_are_bounded(case, monkeypatch):
    monkeypatch.setattr(door, "_AT_ONCE", threading.BoundedSemaphore(1))
    door._AT_ONCE.acquire()
    assert _taken(case.owner, case.photo).status_code == 503


def test_a_report_is_not_made_by_following_a_link(case):
    assert _client(case.owner).get(f"/photos/{case.photo.public_id}/report.zip").status_code == 405


def test_the_command_writes_a_dossier_that_holds(case, tmp_path, capsys):
    out = tmp_path / "case"
    selection = f"photo={case.photo.public_id}"
    call_command("export", selection, "--out", str(out), "--as", case.owner.username, "--originals")
    assert f"1 photos, 2 originals in {out}" in capsys.readouterr().out
    assert check(out)["exported"] == 1


def test_the_command_writes_what_everyone_may_know_without_an_account(case, tmp_path):
    out = tmp_path / "case"
    call_command("export", f"collection={case.collection.slug}", "--out", str(out))
    assert SECRET_NAME not in (out / f"photos/{case.photo.public_id}.html").read_text()


@pytest.mark.parametrize("selection", ["photo=nobody", "from=x", "colour=red", "q=nothingofthekind"])
def test_the_command_says_what_is_wrong_with_a_selection(case, tmp_path, selection):
    with pytest.raises(CommandError):
        call_command("export", selection, "--out", str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()
