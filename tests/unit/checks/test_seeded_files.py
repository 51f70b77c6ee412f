"""Seeded faults through the checks as they run: the bytes in the vault, looked at in a quarantine child."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

import pytest

from archive import vault
from archive.checks import content_credentials, thumbnail
from archive.checks.facts import Facts
from archive.checks.models import Outcome
from archive.metadata import Reading
from archive.values.settled import SettledPlace, SettledTime
from tests.unit.checks.scenes import a_scene, as_jpeg
from tests.unit.checks.signing import SIGNER, a_picture, authority, signed
from tests.unit.checks.test_thumbnail import exif_with


def facts_of(data: bytes) -> Facts:
    sha256 = vault.put(io.BytesIO(data)).sha256
    return _facts(sha256, len(data))


def _facts(sha256: str, byte_count: int) -> Facts:
    return Facts(
        photo=1,
        public_id="aaaaaaaaaaaaa",
        collection=1,
        reading=Reading(sha256=sha256, byte_count=byte_count, format="JPEG", width=480, height=360),
        file_name="picture.jpg",
        received_at=datetime(2024, 1, 1, tzinfo=UTC),
        place=SettledPlace(),
        time=SettledTime(),
        original=vault.path(sha256),
    )


def told(check, data):
    (result,) = check.run(facts_of(data))
    return result.outcome, check.words(result.outcome, result.facts)


def with_thumbnail(seed):
    small = as_jpeg(a_scene(seed).resize((160, 120)), 75)
    return as_jpeg(a_scene(3), exif=exif_with(small))


def test_a_swapped_thumbnail_is_found():
    outcome, words = told(thumbnail.CHECK, with_thumbnail(21))
    assert outcome is Outcome.DOES_NOT_FIT
    assert "shows another picture" in words


def test_the_cameras_own_thumbnail_fits():
    assert told(thumbnail.CHECK, with_thumbnail(3))[0] is Outcome.FITS


def test_a_manifest_signed_and_a_picture_then_edited_is_found():
    edited = bytearray(signed(a_picture()))
    edited[-300] ^= 1
    outcome, words = told(content_credentials.CHECK, bytes(edited))
    assert outcome is Outcome.DOES_NOT_FIT
    assert SIGNER in words
    assert "not as it was signed" in words


def test_whom_the_setting_trusts_is_trusted(settings, tmp_path):
    signature = signed(a_picture())
    assert "Nobody this archive trusts" in told(content_credentials.CHECK, signature)[1]
    path = tmp_path / "trusted.pem"
    path.write_text(authority().root_pem)
    settings.C2PA_TRUST = str(path)
    assert "whom this archive trusts" in told(content_credentials.CHECK, signature)[1]


@pytest.mark.parametrize("check", [thumbnail.CHECK, content_credentials.CHECK])
def test_bytes_that_are_not_here_could_not_be_checked(check):
    (result,) = check.run(_facts(hashlib.sha256(b"elsewhere").hexdigest(), 9))
    assert result.outcome is Outcome.COULD_NOT_CHECK
    assert "not in this archive's store" in check.words(result.outcome, result.facts)


@pytest.mark.parametrize("check", [thumbnail.CHECK, content_credentials.CHECK])
def test_bytes_that_are_no_picture_are_told_as_such(check):
    outcome, words = told(check, b"c2pa, and nothing that could be seen")
    assert outcome is Outcome.COULD_NOT_CHECK
    assert "could not be looked" in words
