"""The offline verifier accepts a dossier as it left the archive, and nothing else."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest
from django.conf import settings
from django.db import transaction
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from archive.catalogue.models import Visibility
from archive.catalogue.photos import edit_photo
from archive.custody import chain
from archive.custody.heads import make_heads
from archive.custody.links import canonical
from archive.custody.models import DayHead
from archive.custody.stamps import read_stamp
from archive.evidence.erasing import erase_text
from archive.evidence.models import Claim
from archive.interchange.dossier import write_dossier
from archive.interchange.dossier.verify import MANIFEST, SEAL, Broken, check, main
from tests.db.interchange.cases import a_case, a_kept_photo
from tests.db.making import STRANGER
from tests.unit.custody.authority import an_authority


class _Later:
    """The clock of custody, three days on."""

    @staticmethod
    def now(tz=None) -> datetime:
        return datetime.now(tz) + timedelta(days=3)


@pytest.fixture(scope="module")
def written(tmp_path_factory, vault_folder, django_db_setup, django_db_blocker):
    """Two photos with originals under a day's head, and one link since; nothing stays in the database."""
    folder = tmp_path_factory.mktemp("written") / "dossier"
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "DATA_DIR", vault_folder)
    with django_db_blocker.unblock(), transaction.atomic():
        case = a_case()
        second = a_kept_photo(case.collection)
        make_heads(datetime.now(UTC) + timedelta(days=2))
        patch.setattr(chain, "datetime", _Later)
        edit_photo(photo=second, by=case.owner.pk, title="Changed since")
        photos = [case.photo, second]
        write_dossier(photos, folder, viewer=case.owner, selection_text="all", with_originals=True)
        transaction.set_rollback(True)
    patch.undo()
    return folder


@pytest.fixture
def dossier(written, tmp_path):
    """A copy to do harm to."""
    return shutil.copytree(written, tmp_path / "dossier")


def _rejects(folder):
    return main([str(folder)]) == 1


def test_a_dossier_is_accepted_by_plain_python_on_its_own(dossier):
    told = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=dossier, capture_output=True, text=True, check=True
    ).stdout
    assert told.startswith("holds: ")
    assert "3 originals as they were received" in told  # two pictures and the page as it was kept
    assert json.loads((dossier / SEAL).read_text())["seal"] in told


def test_each_of_twenty_random_one_byte_changes_is_rejected(dossier, tmp_path):
    chance = random.Random(20260301)
    files = sorted(path for path in dossier.rglob("*") if path.is_file())
    for number in range(20):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(dossier, copy)
        path = copy / chance.choice(files).relative_to(dossier)
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        path.write_bytes(content)
        assert _rejects(copy), path.name


@pytest.mark.parametrize("name", [MANIFEST, SEAL])
def test_no_byte_of_what_holds_the_rest_can_be_changed(dossier, name):
    path = dossier / name
    content = path.read_bytes()
    for at in range(0, len(content), 29):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert _rejects(dossier), at
    path.write_bytes(content + b"\n")
    assert _rejects(dossier)


def test_a_changed_verifier_is_told_by_an_intact_one(dossier):
    (dossier / "verify.py").write_text("print('holds')")
    with pytest.raises(Broken, match=r"verify\.py was changed"):
        check(dossier)


def test_a_file_more_or_less_is_rejected(dossier):
    (dossier / "photos/extra.html").write_text("hello")
    assert _rejects(dossier)
    (dossier / "photos/extra.html").unlink()
    assert not _rejects(dossier)
    (dossier / "report.pdf").unlink()
    assert _rejects(dossier)


def _made_anew(folder):
    """Write manifest and seal over the files as they are now, as a forger would."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (MANIFEST, SEAL)
    )
    lines = "".join(f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names)
    (folder / MANIFEST).write_text(lines)
    seal = json.loads((folder / SEAL).read_bytes())
    seal["manifest"] = hashlib.sha256(lines.encode()).hexdigest()
    del seal["seal"]
    seal["seal"] = hashlib.sha256(canonical(seal)).hexdigest()
    (folder / SEAL).write_bytes(canonical(seal) + b"\n")


def test_a_report_with_manifest_and_seal_made_anew_is_rejected_by_the_chain(dossier):
    (dossier / "report.html").write_text("another report")
    _made_anew(dossier)
    with pytest.raises(Broken, match="last link is not of this dossier"):
        check(dossier)


def _changed(folder, change):
    """Alter the first photo's chain, and make everything over it anew."""
    first = json.loads((folder / "contents.json").read_bytes())["photos"][0]["id"]
    path = folder / f"custody/{first}.json"
    told = json.loads(path.read_bytes())
    change(told)
    path.write_text(json.dumps(told))
    _made_anew(folder)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda told: told["links"][1].update(actor="user:9"), "was changed"),
        (lambda told: told["links"].pop(1), "is missing"),
        (lambda told: told["texts"][0].update(content="other words"), "does not say what it said"),
        (lambda told: told["proof"].update(hash="0" * 64), "proof is of another link"),
        (lambda told: told["proof"]["steps"].append(["left", "0" * 64]), "did not stand under"),
    ],
)
def test_an_altered_chain_is_rejected_even_with_hashes_made_anew(dossier, change, what):
    _changed(dossier, change)
    with pytest.raises(Broken, match=what):
        check(dossier)


@pytest.mark.parametrize("folder", ["originals", "documents"])
def test_a_file_that_the_archive_never_received_is_rejected(dossier, folder):
    path = next((dossier / folder).iterdir())
    path.write_bytes(b"another picture")
    _made_anew(dossier)
    with pytest.raises(Broken, match="is not the file that the archive received"):
        check(dossier)


@pytest.mark.django_db
def test_a_chain_that_has_no_head_yet_is_accepted(case, tmp_path):
    write_dossier([case.photo], tmp_path / "d", viewer=case.owner, selection_text="", with_originals=False)
    assert check(tmp_path / "d")["head"] is None


@pytest.mark.django_db
def test_a_visitor_s_dossier_holds_with_closed_links(case, tmp_path):
    make_heads(datetime.now(UTC) + timedelta(days=2))
    write_dossier([case.photo], tmp_path / "d", viewer=STRANGER, selection_text="", with_originals=False)
    found = check(tmp_path / "d")
    assert (found["exported"], found["originals"]) == (0, 0)
    assert found["links"] > 5


def test_the_verifier_that_goes_along_is_the_one_that_is_tested(dossier):
    ours = resources.files("archive.interchange.dossier").joinpath("verify.py").read_bytes()
    assert (dossier / "verify.py").read_bytes() == ours


@pytest.mark.django_db
def test_a_private_collection_s_dossier_holds_for_its_reader(tmp_path):
    case = a_case(Visibility.PRIVATE)
    write_dossier([case.photo], tmp_path / "d", viewer=case.reader, selection_text="", with_originals=True)
    assert check(tmp_path / "d")["originals"] == 2


@pytest.mark.django_db
def test_a_stamp_goes_along_and_is_over_the_head(case, tmp_path):
    authority = an_authority()
    head = make_heads(datetime.now(UTC) + timedelta(days=2))[-1]
    query = TimestampRequestBuilder().data(head.hash.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    DayHead.objects.update(stamp=authority.answer(query.as_bytes()), stamped_by="CN=Test Authority")
    write_dossier([case.photo], tmp_path / "d", viewer=case.owner, selection_text="", with_originals=False)
    stamped = (tmp_path / "d/custody/head.txt").read_text()
    token = (tmp_path / "d/custody/head.tsr").read_bytes()
    assert read_stamp(token, stamped, roots=[authority.root]).known
    assert check(tmp_path / "d")["head"] == stamped
    assert "CN=Test Authority" in (tmp_path / "d/report.html").read_text()


@pytest.mark.django_db
def test_a_dossier_holds_after_words_were_erased(case, tmp_path):
    for claim in Claim.objects.filter(photo=case.photo).exclude(words=""):
        erase_text(row=claim, by=case.owner.pk)
    write_dossier([case.photo], tmp_path / "d", viewer=case.owner, selection_text="", with_originals=False)
    assert check(tmp_path / "d")["chains"] == 3
    assert "from the roof" not in (tmp_path / f"d/photos/{case.photo.public_id}.html").read_text()
