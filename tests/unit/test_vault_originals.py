from __future__ import annotations

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest

from archive import vault

BYTES = b"the very bytes that were given" * 1000
DIGEST = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_are_kept_unchanged_under_their_digest(tmp_path):
    stored = vault.put(io.BytesIO(BYTES))
    assert stored == vault.Stored(DIGEST, len(BYTES))
    with vault.open_original(DIGEST) as file:
        assert file.read() == BYTES
    assert files_in(tmp_path) == [tmp_path / "originals" / DIGEST[:2] / DIGEST[2:4] / DIGEST]


def test_an_original_cannot_be_written_to_by_mistake():
    vault.put(io.BytesIO(BYTES))
    assert vault.path(DIGEST).stat().st_mode & 0o222 == 0


def test_the_same_bytes_twice_are_one_file(tmp_path):
    vault.put(io.BytesIO(BYTES))
    before = vault.path(DIGEST).stat().st_ino
    vault.put(io.BytesIO(BYTES))
    assert vault.path(DIGEST).stat().st_ino == before
    assert len(files_in(tmp_path)) == 1


def test_a_truncated_file_of_the_same_name_is_replaced():
    vault.put(io.BytesIO(BYTES))
    vault.path(DIGEST).unlink()
    vault.path(DIGEST).write_bytes(BYTES[:100])
    vault.put(io.BytesIO(BYTES))
    assert vault.check(DIGEST) == len(BYTES)


def test_adopting_moves_the_file_itself(tmp_path):
    source = tmp_path / "staged"
    source.write_bytes(BYTES)
    inode = source.stat().st_ino
    assert vault.adopt(source) == vault.Stored(DIGEST, len(BYTES))
    assert not source.exists()
    assert vault.path(DIGEST).stat().st_ino == inode


def test_adopting_again_after_a_crash_finds_what_is_done(tmp_path):
    source = tmp_path / "staged"
    source.write_bytes(BYTES)
    vault.adopt(source, sha256=DIGEST)
    assert vault.adopt(source, sha256=DIGEST) == vault.Stored(DIGEST, len(BYTES))


def test_adopting_an_original_itself_leaves_it_where_it_is():
    vault.put(io.BytesIO(BYTES))
    vault.adopt(vault.path(DIGEST), sha256=DIGEST)
    assert vault.check(DIGEST) == len(BYTES)


def test_adopting_what_has_vanished_says_to_send_it_again(tmp_path):
    with pytest.raises(vault.OriginalMissing, match="send it again"):
        vault.adopt(tmp_path / "gone", sha256=DIGEST)


def test_adopting_from_another_disk_copies(tmp_path, monkeypatch):
    source = tmp_path / "staged"
    source.write_bytes(BYTES)
    rename = Path.replace

    def other_disk(self, target):
        if self == source:
            raise OSError(errno.EXDEV, "another disk")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", other_disk)
    vault.adopt(source)
    assert vault.check(DIGEST) == len(BYTES)
    assert not source.exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, monkeypatch, number):
    def full(_handle):
        raise OSError(number, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(vault.NoRoom, match="make room"):
        vault.put(io.BytesIO(BYTES))
    assert files_in(tmp_path) == []


def test_one_changed_bit_is_noticed():
    vault.put(io.BytesIO(BYTES))
    path = vault.path(DIGEST)
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(5)
        file.write(b"\x00")
    with pytest.raises(vault.OriginalDamaged, match="restore it"):
        vault.check(DIGEST)


def test_a_missing_original_says_to_restore_it():
    with pytest.raises(vault.OriginalMissing, match="restore it"):
        vault.open_original(DIGEST)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", DIGEST.upper(), DIGEST[:-1], DIGEST + "\n"])
def test_only_digests_name_originals(name):
    with pytest.raises(vault.VaultError):
        vault.path(name)


def test_deleting_twice_is_no_error():
    vault.put(io.BytesIO(BYTES))
    vault.delete(DIGEST)
    vault.delete(DIGEST)
    assert not vault.exists(DIGEST)
