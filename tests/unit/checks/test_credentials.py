from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import c2pa
import pytest

from archive.checks.content_credentials import words
from archive.checks.models import Outcome
from archive.metadata.credentials import (
    Credentials,
    CredentialsState,
    UnreadableCredentialsError,
    read_credentials,
)
from tests.conftest import PROJECT
from tests.unit.checks.signing import SIGNER, a_picture, authority, signed


@pytest.fixture
def read(tmp_path: Path):
    def read(data: bytes, trusted: str = "") -> Credentials:
        path = tmp_path / "original"
        path.write_bytes(data)
        return Credentials.from_json(read_credentials(str(path), trusted=trusted))

    return read


@pytest.fixture(scope="module")
def picture() -> bytes:
    return signed(a_picture())


def said(found: Credentials) -> str:
    return words(Outcome.FITS, {"case": "read", "credentials": found.to_json()})


def test_a_signed_picture_is_valid_and_says_by_whom_with_what_and_what_was_done(read, picture):
    found = read(picture)
    assert found.state is CredentialsState.VALID
    assert (found.signer, found.generator) == (SIGNER, "Example Camera 1.0")
    assert [each.action for each in found.actions] == ["c2pa.created", "c2pa.color_adjustments"]
    assert found.failures == ()
    assert "that alone is nothing against the picture" in said(found)
    assert "By its own account: created by a camera, colours changed." in said(found)


def test_a_signer_under_a_trusted_root_is_trusted(read, picture):
    found = read(picture, authority().root_pem)
    assert found.state is CredentialsState.TRUSTED
    assert SIGNER in said(found)


def test_one_changed_byte_of_the_picture_makes_it_invalid(read, picture):
    edited = bytearray(picture)
    edited[-300] ^= 1
    for trusted in ("", authority().root_pem):
        found = read(bytes(edited), trusted)
        assert found.state is CredentialsState.INVALID
        assert found.failures == ("assertion.dataHash.mismatch",)
        assert "not as it was signed" in said(found)


def test_a_changed_claim_makes_it_invalid(read, picture):
    found = read(picture.replace(b"Example Camera", b"Example Kamera", 1))
    assert found.state is CredentialsState.INVALID
    assert "claimSignature.mismatch" in found.failures


def test_credentials_that_break_off_are_damaged_not_absent(read, picture):
    assert read(picture.replace(b"jumb", b"jvmb", 1)).state is CredentialsState.DAMAGED


def test_an_unsigned_picture_has_none(read):
    found = read(a_picture())
    assert found == Credentials(CredentialsState.ABSENT)
    assert "most platforms strip them" in said(found)


def test_a_word_about_credentials_makes_none(read):
    assert read(a_picture() + b"c2pa").state is CredentialsState.ABSENT


def test_a_file_that_is_no_picture_is_told_unreadable(read):
    with pytest.raises(UnreadableCredentialsError):
        read(b"c2pa but no picture at all")


def test_an_empty_file_has_none(read):
    assert read(b"").state is CredentialsState.ABSENT


@contextmanager
def a_listener() -> Iterator[tuple[str, list[bytes]]]:
    """Somebody who would notice being asked; the address, and what was heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def listen() -> None:
            try:
                while True:
                    caller, _address = server.accept()
                    with caller:
                        heard.append(caller.recv(200))
            except OSError:
                return

        thread = Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/manifest.c2pa", heard
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_an_address_in_the_file_is_told_and_never_asked(read, tmp_path):
    with a_listener() as (address, heard):
        remote = signed(a_picture(), remote=address, embed=False)
        found = read(remote)
        assert (found.state, found.remote) == (CredentialsState.REMOTE, address)
        assert "They were not fetched" in said(found)
        assert heard == []
        path = tmp_path / "remote.jpg"
        path.write_bytes(remote)
        with path.open("rb") as file, pytest.raises(c2pa.C2paError):
            c2pa.Reader(None, file)
    assert heard, "the library as it comes does ask: without that this test would prove nothing"


GREEDY = """
import sys
from archive.metadata import credentials
credentials.SETTINGS = {"verify": {"remote_manifest_fetch": True}}
print(credentials.read_credentials(sys.argv[1])["state"])
"""


def test_no_socket_can_be_opened_even_where_the_library_would(tmp_path):
    """With the library's switches left on the reader lets nothing out; the library may abort at that."""
    path = tmp_path / "remote.jpg"
    with a_listener() as (address, heard):
        path.write_bytes(signed(a_picture(), remote=address, embed=False))
        ended = subprocess.run(
            [sys.executable, "-c", GREEDY, str(path)],
            cwd=PROJECT,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert b"could not fetch" in ended.stderr or ended.returncode == -signal.SIGABRT
        assert heard == []


def test_descriptors_are_to_be_had_again_after_reading(read, picture):
    read(picture)
    with socket.socket():
        pass


def test_identity_documents_are_not_asked_for_either(samples):
    """Their address stands in the file as well; unresolved ones would make good credentials invalid."""
    folder = "contentauth+c2pa-rs/sdk/src/identity/tests/fixtures/claim_aggregation"
    found = Credentials.from_json(read_credentials(str(samples / folder / "adobe_connected_identities.jpg")))
    assert found.state is CredentialsState.VALID
    assert found.issuer == "Adobe Inc."


def test_published_test_files_read_as_their_makers_say(samples):
    name = "c2pa-org+public-testfiles/image/jpeg/adobe-20220124-CAICA.jpg"
    found = Credentials.from_json(read_credentials(str(samples / name)))
    assert found.state is CredentialsState.VALID
    assert [each.title for each in found.ingredients] == ["A.jpg", "CA.jpg"]
    assert [each.has_credentials for each in found.ingredients] == [False, True]
    assert "put together with another picture" in said(found)
