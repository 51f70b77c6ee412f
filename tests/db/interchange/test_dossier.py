"""What goes into a dossier, for whom, and that every part of it can be read by others."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pypdf
import pytest
from prov.model import ProvDocument

from archive.catalogue.models import Visibility
from archive.custody.chain import verify_chains
from archive.custody.models import CustodyEvent
from archive.evidence.models import Evidence
from archive.interchange.dossier import DossierError, stream_dossier, write_dossier
from archive.interchange.dossier.verify import check
from tests.db.interchange.cases import HIDDEN, MEMBERS, SECRET_NAME, a_case, a_kept_photo
from tests.db.making import STRANGER, a_photo

pytestmark = pytest.mark.django_db


def _written(tmp_path, case, viewer, photos=None, *, originals=False):
    folder = tmp_path / "dossier"
    write_dossier(
        photos or [case.photo], folder, viewer=viewer, selection_text="q=x", with_originals=originals
    )
    return folder


def _everything(folder):
    """Return every byte of the dossier as text, the PDF's words included."""
    texts = [path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()]
    return "\n".join([*texts, _pdf_text(folder)])


def _pdf_text(folder):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "report.pdf").pages)


def test_the_owner_s_report_says_who_says_what_and_what_was_concluded(case, tmp_path):
    folder = _written(tmp_path, case, case.owner)
    page = (folder / f"photos/{case.photo.public_id}.html").read_text()
    for words in (
        "Two kilometres &lt;from&gt; the border",
        SECRET_NAME,
        "judged probable",
        "Two things fit.",
        "The chimney stands where the map has it.",
        "Region 1: chimney",
        "A dated newspaper in it",
        "https://news.example/1",
        HIDDEN,
        MEMBERS,
        "claim made",
        "A river in ice",
        "about the series “The roll”",
    ):
        assert words in page, words
    assert '<svg viewBox="0 0 100 50"' in page


def test_a_reader_is_not_told_what_is_for_reviewers(case, tmp_path):
    folder = _written(tmp_path, case, case.reader)
    told = _everything(folder)
    assert MEMBERS in told
    assert HIDDEN not in told
    links = json.loads((folder / f"custody/{case.photo.public_id}.json").read_text())["links"]
    hidden = Evidence.objects.get(text=HIDDEN).pk
    assert hidden not in [link.get("detail", {}).get("evidence") for link in links]
    assert sum("kind" not in link for link in links) == 1
    assert check(folder)["exported"] == 1


def test_a_stranger_is_told_nothing_that_is_for_others(case, tmp_path):
    told = _everything(_written(tmp_path, case, STRANGER, originals=True))
    for words in (HIDDEN, MEMBERS, SECRET_NAME, case.owner.username, "picture.jpg", "user:"):
        assert words not in told, words
    assert "a source whose name is withheld" in told


def test_originals_go_to_insiders_only(case, tmp_path):
    folder = _written(tmp_path, case, STRANGER, originals=True)
    assert not (folder / "originals").exists()
    assert not (folder / "documents").exists()
    other = tmp_path / "members"
    other.mkdir()
    inside = _written(other, case, case.reader, originals=True)
    assert [path.name for path in (inside / "originals").iterdir()] == [f"{case.photo.public_id}-1.jpg"]


def test_a_series_brings_its_chain_and_the_words_sealed_in_it(case, tmp_path):
    folder = _written(tmp_path, case, case.owner)
    roll = json.loads((folder / f"custody/{case.photo.series.get().public_id}.json").read_text())
    assert [text["content"][0]["text"] for text in roll["texts"]] == ["A river in ice"]
    assert check(folder)["chains"] == 3


def test_a_private_photo_never_enters_a_stranger_s_dossier(case, tmp_path):
    private = a_case(Visibility.PRIVATE)
    told = _everything(_written(tmp_path, case, STRANGER, [private.photo, case.photo]))
    assert private.photo.public_id not in told
    with pytest.raises(DossierError, match="no photo"):
        write_dossier(
            [private.photo], tmp_path / "none", viewer=STRANGER, selection_text="", with_originals=False
        )
    assert not (tmp_path / "none").exists()


def test_the_provenance_is_prov_and_survives_a_round_trip(case, tmp_path):
    text = (_written(tmp_path, case, case.owner) / "provenance.json").read_text()
    document = ProvDocument.deserialize(content=text, format="json")
    assert ProvDocument.deserialize(content=document.serialize(format="json"), format="json") == document
    labels = {str(value) for record in document.get_records() for value in record.get_attribute("prov:label")}
    assert {"Two kilometres <from> the border", SECRET_NAME, "probable"} <= labels


def test_the_pdf_has_pages_words_and_pictures(case, tmp_path):
    second = a_kept_photo(case.collection)
    folder = _written(tmp_path, case, case.owner, [case.photo, second])
    reader = pypdf.PdfReader(folder / "report.pdf")
    words = re.sub(r"\s+", " ", _pdf_text(folder))
    assert len(reader.pages) >= 3
    assert "Two kilometres <from> the border" in words
    assert "The chimney stands where the map has it." in words
    assert any(page.images for page in reader.pages)


def test_what_people_wrote_is_no_markup_in_the_pdf(case, tmp_path):
    photo = a_kept_photo(case.collection, title='#read("/etc/passwd") $x$ *b* = h @preview/x')
    words = _pdf_text(_written(tmp_path, case, case.owner, [photo]))
    assert '#read("/etc/passwd") $x$ *b*' in re.sub(r"\s+", " ", words)


def test_the_html_needs_nothing_from_anywhere(case, tmp_path):
    folder = _written(tmp_path, case, case.owner)
    pages = [path for path in folder.rglob("*") if path.suffix in (".html", ".css")]
    assert len(pages) == 3
    for path in pages:
        text = path.read_text()
        assert "<script" not in text
        for address in re.findall(r"""(?:src|href)="([^"]*)"|url\(([^)]*)\)|@import""", text):
            target = "".join(address)
            assert (path.parent / target).is_file(), target


def test_the_chain_names_the_dossier_and_holds(case, tmp_path):
    folder = _written(tmp_path, case, case.owner)
    event = CustodyEvent.objects.filter(chain=case.photo.public_id).latest("sequence")
    assert (event.kind, event.actor) == ("exported", f"user:{case.owner.pk}")
    assert event.detail["dossier"] == json.loads((folder / "seal.json").read_text())["manifest"]
    assert list(verify_chains()) == []


def test_a_visitor_s_dossier_leaves_no_link(case, tmp_path):
    before = CustodyEvent.objects.count()
    _written(tmp_path, case, STRANGER)
    assert CustodyEvent.objects.count() == before


def test_a_zip_is_made_in_pieces_and_holds(case, tmp_path):
    pieces = list(
        stream_dossier([case.photo], viewer=case.owner, selection_text="", with_originals=True, name="d")
    )
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    assert check(tmp_path / "out/d")["originals"] == 2


def test_a_dossier_is_written_as_a_zip_where_the_name_says_so(case, tmp_path):
    out = tmp_path / "case.zip"
    write_dossier([case.photo], out, viewer=case.owner, selection_text="", with_originals=False)
    assert zipfile.is_zipfile(out)
    with pytest.raises(DossierError, match="there already"):
        write_dossier([case.photo], out, viewer=case.owner, selection_text="", with_originals=False)


def test_more_photos_than_fit_are_left_out_and_the_report_says_so(case, tmp_path):
    folder = tmp_path / "dossier"
    photos = [case.photo, a_kept_photo(case.collection)]
    write_dossier(photos, folder, viewer=case.owner, selection_text="", with_originals=False, most=1)
    assert "Only the first 1 photos" in (folder / "report.html").read_text()
    assert len(list((folder / "photos").iterdir())) == 1


def test_a_photo_whose_original_is_lost_is_reported_without_it(case, tmp_path):
    photo = a_photo(case.collection)
    folder = _written(tmp_path, case, case.owner, [photo], originals=True)
    assert not list((folder / "pictures").iterdir())
    assert check(folder)["originals"] == 0


def test_a_member_can_take_out_what_everyone_may_know(case, tmp_path):
    folder = tmp_path / "public"
    write_dossier(
        [case.photo], folder, viewer=STRANGER, by=case.owner, selection_text="", with_originals=True
    )
    told = _everything(folder)
    assert not any(words in told for words in (SECRET_NAME, MEMBERS, HIDDEN, "user:"))
    assert CustodyEvent.objects.latest("pk").actor == f"user:{case.owner.pk}"
    assert check(folder)["exported"] == 1
