from __future__ import annotations

from pathlib import Path

import pytest

from archive.catalogue.models import Photo
from archive.ingest import folders, staging
from archive.ingest.models import Deposit
from tests.db.ingest.arriving import Desk, work_through
from tests.pictures import a_jpeg, a_sidecar


def deposited(desk: Desk, *paths: Path) -> Deposit:
    found = folders.find(paths)
    deposit = folders.deposit_files(
        collection=desk.collection, by=desk.user, files=found, tell=lambda _item: None
    )
    work_through()
    return deposit


def states(deposit: Deposit) -> dict[str, str]:
    return dict(deposit.files.values_list("name", "state"))


@pytest.fixture
def walk(tmp_path):
    made = tmp_path / "walk"
    (made / "day 2").mkdir(parents=True)
    (made / "a.jpg").write_bytes(a_jpeg())
    (made / "a.xmp").write_bytes(a_sidecar())
    (made / "day 2" / "b.jpg").write_bytes(a_jpeg())
    (made / ".DS_Store").write_bytes(b"clutter")
    return made


def test_a_folder_is_walked_and_its_name_leads(desk, walk):
    assert states(deposited(desk, walk)) == {
        "walk/a.jpg": "stored",
        "walk/a.xmp": "stored",
        "walk/day 2/b.jpg": "stored",
    }


def test_the_same_folder_twice_stores_nothing_new_and_copies_nothing(desk, walk, monkeypatch):
    deposited(desk, walk)
    monkeypatch.setattr(staging, "require_room", lambda count: pytest.fail(f"{count} bytes copied"))
    assert set(states(deposited(desk, walk)).values()) == {"duplicate"}
    assert Photo.objects.count() == 2


def test_two_files_of_one_name_keep_more_of_their_folders(desk, tmp_path):
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "a.jpg").write_bytes(a_jpeg())
    told = states(deposited(desk, tmp_path / "one" / "a.jpg", tmp_path / "two" / "a.jpg"))
    assert told == {"a.jpg": "stored", "two/a.jpg": "stored"}


def test_a_file_that_may_not_be_read_is_refused_and_the_rest_is_stored(desk, walk, monkeypatch):
    real = Path.open

    def denied(self, *args, **kwargs):
        if self.name == "b.jpg":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", denied)
    deposit = deposited(desk, walk)
    refused = deposit.files.get(name="walk/day 2/b.jpg")
    assert (refused.state, "Permission denied" in refused.reason) == ("refused", True)
    assert states(deposit)["walk/a.jpg"] == "stored"


def test_an_empty_file_is_refused(desk, tmp_path):
    (tmp_path / "a.jpg").touch()
    assert states(deposited(desk, tmp_path / "a.jpg")) == {"a.jpg": "refused"}


def test_a_path_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        folders.find([tmp_path / "gone"])
