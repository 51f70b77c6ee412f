"""What an auto-archiver kept becomes sources, appearances and claims, once, and never somebody else's."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from archive.access.models import MemberRole
from archive.evidence.models import Appearance, Claim
from archive.evidence.series import open_series
from archive.interchange.autoarchiver import apply, keep, match, read_bundle
from archive.values.settled import Facet
from tests.db.making import a_collection, a_member, a_photo, a_user

pytestmark = pytest.mark.django_db
URL = "https://forum.example/posts/7"
DIGEST = hashlib.sha256(b"the picture").hexdigest()


@pytest.fixture(autouse=True)
def _own_data(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def a_result(**metadata) -> bytes:
    told = {
        "url": URL,
        "title": "Seven pictures",
        "content": "Filmed last year.",
        "author": "a poster",
        "timestamp": "2021-03-04T21:00:00",
        "_processed_at": "2021-03-05T10:00:00+00:00",
        **metadata,
    }
    media = [
        {
            "filename": "tmp/one.jpg",
            "urls": ["https://store.example/one.jpg"],
            "properties": {"hash": f"SHA-256:{DIGEST}"},
        },
        {"filename": "tmp/page.wacz", "urls": [], "properties": {"id": "browsertrix"}},
    ]
    return json.dumps({"status": "forum: success", "metadata": told, "media": media}).encode()


def a_wacz(*, altered: bool = False) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>seven pictures</p>"
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2021-03-05T09:58:30Z\r\n"
        "WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    )
    content = gzip.compress(head.encode() + page + b"\r\n\r\n")
    package = {
        "resources": [
            {"path": "archive/data.warc.gz", "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        ]
    }
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(package))
        archive.writestr("archive/data.warc.gz", content + b"x" * altered)
        archive.writestr("pages/pages.jsonl", json.dumps({"url": URL}))
    return found.getvalue()


def brought(collection, by, **files):
    return read_bundle(
        [
            keep(io.BytesIO(content), name.replace("_", "."), collection=collection, by=by)
            for name, content in files.items()
        ]
    )


def test_a_page_is_put_to_the_photo_whose_bytes_it_kept():
    curator = a_user()
    collection = a_collection(by=curator)
    photo = a_photo(collection, sha256=DIGEST)
    bundle = brought(collection, curator, result_json=a_result(), page_wacz=a_wacz())
    done = apply(
        match(bundle.records, collection), collection=collection, by=curator, archives=bundle.archives
    )
    assert (done.appearances, done.claims, done.unmatched) == (1, 2, 0)
    appearance = Appearance.objects.get(photo=photo)
    assert appearance.posted_latest == datetime(2021, 3, 4, 21, tzinfo=UTC)
    assert appearance.seen_latest == datetime(2021, 3, 5, 9, 58, 30, tzinfo=UTC)
    assert appearance.publisher.name == "a poster (forum.example)"
    assert appearance.archived.name == "page.wacz"
    assert "as they were packed" in appearance.note
    words = {Facet(claim.facet): claim.words for claim in Claim.objects.filter(appearance=appearance)}
    assert words[Facet.AUTHOR] == "a poster"
    assert "Filmed last year." in words[Facet.CONTENT]


def test_importing_again_adds_nothing():
    curator = a_user()
    collection = a_collection(by=curator)
    a_photo(collection, sha256=DIGEST)
    for _ in range(2):
        bundle = brought(collection, curator, result_json=a_result())
        done = apply(match(bundle.records, collection), collection=collection, by=curator)
    assert (done.appearances, done.here_already) == (0, 1)
    assert Appearance.objects.count() == 1


def test_bytes_in_another_collection_do_not_match():
    curator = a_user()
    collection = a_collection(by=curator)
    a_photo(a_collection(), sha256=DIGEST)
    (matched,) = match(brought(collection, curator, result_json=a_result()).records, collection)
    assert matched.targets == ()


def test_what_matches_no_photo_is_put_to_the_series_chosen():
    curator = a_user()
    collection = a_collection(by=curator)
    series = open_series(collection=collection, title="The post", by=curator, photos=[a_photo(collection)])
    sheet = (
        "Link,Archive status,Archive location,Upload timestamp,Upload title,Text content,Hash,WACZ\n"
        f"{URL},web: success,https://store.example/x.html,2021-03-04T21:00:00+00:00,A title,,,\n"
        "https://forum.example/8,nothing archived,,,,,,\n"
    ).encode()
    bundle = brought(collection, curator, sheet_csv=sheet)
    apply(match(bundle.records, collection, series), collection=collection, by=curator)
    appearance = Appearance.objects.get()
    assert appearance.series == series
    assert appearance.archive_url == "https://store.example/x.html"


def test_a_csv_of_python_literals_is_read_without_running_anything():
    curator = a_user()
    collection = a_collection(by=curator)
    row = (
        "status,metadata,media\n\"x: success\",\"{'url': '" + URL + "', 'timestamp': "
        'datetime.datetime(2021, 3, 4, 21, 0, tzinfo=datetime.timezone.utc)}","[]"\n'
    )
    (record,) = brought(collection, curator, db_csv=row.encode()).records
    assert record.posted_at == datetime(2021, 3, 4, 21, tzinfo=UTC)
    hostile = "status,metadata,media\nsuccess,\"{'url': __import__('os').getcwd()}\",[]\n"
    assert "cannot be read" in brought(collection, curator, evil_csv=hostile.encode()).problems[0]


def test_a_web_archive_that_was_altered_says_so():
    curator = a_user()
    collection = a_collection(by=curator)
    a_photo(collection, sha256=DIGEST)
    bundle = brought(collection, curator, result_json=a_result(), page_wacz=a_wacz(altered=True))
    apply(match(bundle.records, collection), collection=collection, by=curator, archives=bundle.archives)
    assert "does not hold what was packed" in Appearance.objects.get().note


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"", a_wacz()[:200]])
def test_a_broken_web_archive_is_a_problem_and_the_rest_goes_on(content):
    curator = a_user()
    collection = a_collection(by=curator)
    bundle = brought(collection, curator, result_json=a_result(), page_wacz=content)
    assert len(bundle.records) == 1
    assert bundle.problems[0].startswith("page.wacz: ")


def test_a_curator_looks_before_importing_in_the_browser(client):
    curator = a_user()
    collection = a_collection(by=curator)
    a_photo(collection, sha256=DIGEST)
    client.force_login(curator)
    address = reverse("archive-import", args=[collection.slug])
    sent = client.post(
        address, {"files": [SimpleUploadedFile("result.json", a_result())], "readership": "public"}
    )
    look = client.get(sent["Location"])
    assert "will be recorded" in look.content.decode()
    assert Appearance.objects.count() == 0
    files = [one["value"] if isinstance(one, dict) else one for one in look.context["files"]]
    done = client.post(address, {"file": files, "readership": "public"})
    assert done.status_code == 302
    assert Appearance.objects.get().readership == "public"


def test_readers_may_not_import_and_strangers_find_no_private_collection(client):
    collection = a_collection()
    address = reverse("archive-import", args=[collection.slug])
    client.force_login(a_member(collection, MemberRole.READER))
    assert client.get(address).status_code == 403
    hidden = a_collection(visibility="private")
    assert client.get(reverse("archive-import", args=[hidden.slug])).status_code == 404


def test_the_command_imports_and_refuses_what_it_cannot_read(tmp_path):
    curator = a_user("importer")
    collection = a_collection(by=curator)
    a_photo(collection, sha256=DIGEST)
    (tmp_path / "result.json").write_bytes(a_result())
    told = io.StringIO()
    call_command(
        "import_archive",
        tmp_path / "result.json",
        collection=collection.slug,
        user="importer",
        json=True,
        stdout=told,
    )
    assert json.loads(told.getvalue())["appearances"] == 1
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(CommandError, match=r"notes\.docx"):
        call_command("import_archive", tmp_path / "notes.docx", collection=collection.slug, user="importer")
