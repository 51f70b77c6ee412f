"""Content credentials: the manifest a file may carry, and its signature (C2PA Technical Specification 2.x).

It parses foreign bytes with a native library: call `read_credentials` in a quarantine child only. The library
would fetch remote manifests, revocation answers and identity documents from addresses that the file names; it
is told not to, and may besides open no further file or socket while it reads.
"""

from __future__ import annotations

import io
import json
import mmap
import resource
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS: Final = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"decode_identity_assertions": False, "allowed_network_hosts": []},
}
MOST_ACTIONS: Final = 50
MOST_INGREDIENTS: Final = 20
MOST_FAILURES: Final = 20
LONGEST_TEXT: Final = 300
_MARKS: Final = (b"c2pa", b"jumb", b"provenance")
"""Labels of JUMBF boxes, and the XMP reference: without one of them no manifest is inside."""
_UNTRUSTED: Final = "signingCredential.untrusted"
_REMOTE: Final = "must fetch remote manifests from url "


class CredentialsState(StrEnum):
    """`VALID` is unchanged since it was signed, by somebody this archive was not told to trust.

    `DAMAGED` credentials cannot be read, `REMOTE` ones lie elsewhere and were not asked for, `ABSENT` says
    nothing: most files never had any, and most platforms strip them.
    """

    TRUSTED = "trusted"
    VALID = "valid"
    INVALID = "invalid"
    DAMAGED = "damaged"
    REMOTE = "remote"
    ABSENT = "absent"


class UnreadableCredentialsError(Exception):
    """The file could not be looked through for credentials; the message says why."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a program says it did; codes of C2PA and of the IPTC's digital source types."""

    action: str
    when: str = ""
    software: str = ""
    source_type: str = ""


@dataclass(frozen=True, slots=True)
class Ingredient:
    title: str
    relationship: str
    has_credentials: bool


@dataclass(frozen=True, slots=True)
class Credentials:
    """The newest manifest, every text cut to `LONGEST_TEXT`.

    `failures` are the specification's status codes; `remote` is the address of a manifest kept elsewhere.
    """

    state: CredentialsState
    signer: str = ""
    issuer: str = ""
    signed_at: str = ""
    generator: str = ""
    actions: tuple[Action, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    failures: tuple[str, ...] = ()
    remote: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"state": self.state.value}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            **{
                **stored,
                "state": CredentialsState(stored["state"]),
                "actions": tuple(Action(**each) for each in stored["actions"]),
                "ingredients": tuple(Ingredient(**each) for each in stored["ingredients"]),
                "failures": tuple(stored["failures"]),
            }
        )


def read_credentials(path: str, *, trusted: str = "") -> dict[str, Any]:
    """Return `Credentials` as JSON; `trusted` are certificates in PEM whose signers count as trusted.

    Raises `UnreadableCredentialsError` for a file that cannot be looked through, OSError.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - one descriptor for all, none is opened later
        if not _is_marked(file):
            return Credentials(CredentialsState.ABSENT).to_json()
        return _read(file, trusted).to_json()


def _is_marked(file: io.BufferedReader) -> bool:
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return any(data.find(mark) >= 0 for mark in _MARKS)
    except ValueError:  # empty
        return False


def _read(file: io.BufferedReader, trusted: str) -> Credentials:
    import c2pa  # noqa: PLC0415 - 23 MB of native code, for the few files that need it

    settings = {**SETTINGS, "trust": {"trust_anchors": trusted}} if trusted else SETTINGS
    context = c2pa.Context.from_dict(settings)
    file.seek(0)
    try:
        with _nothing_more_opened():
            reader = c2pa.Reader.try_create(None, file, context=context)
            store = None if reader is None else json.loads(reader.json())
    except c2pa.C2paError.Verify:
        return Credentials(CredentialsState.DAMAGED)
    except c2pa.C2paError as error:
        _before, names_another, address = str(error).partition(_REMOTE)
        if names_another:
            return Credentials(CredentialsState.REMOTE, remote=_text(address))
        raise UnreadableCredentialsError(_text(str(error))) from error
    return Credentials(CredentialsState.ABSENT) if store is None else _told(store)


@contextmanager
def _nothing_more_opened() -> Iterator[None]:
    """Let no descriptor be opened: a socket is one. What is open stays usable."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _told(store: dict[str, Any]) -> Credentials:
    manifest = _object(_object(store.get("manifests")).get(store.get("active_manifest", "")))
    signature = _object(manifest.get("signature_info"))
    codes = [_text(each.get("code")) for each in _objects(store.get("validation_status"))]
    return Credentials(
        state={"Trusted": CredentialsState.TRUSTED, "Valid": CredentialsState.VALID}.get(
            str(store.get("validation_state")), CredentialsState.INVALID
        ),
        signer=_text(signature.get("common_name")),
        issuer=_text(signature.get("issuer")),
        signed_at=_text(signature.get("time")),
        generator=_generator(manifest),
        actions=tuple(_actions(manifest))[:MOST_ACTIONS],
        ingredients=tuple(
            Ingredient(
                _text(each.get("title")), _text(each.get("relationship")), bool(each.get("active_manifest"))
            )
            for each in _objects(manifest.get("ingredients"))[:MOST_INGREDIENTS]
        ),
        failures=tuple(dict.fromkeys(code for code in codes if code != _UNTRUSTED))[:MOST_FAILURES],
    )


def _generator(manifest: dict[str, Any]) -> str:
    named = [_name(each) for each in _objects(manifest.get("claim_generator_info"))]
    return _text(", ".join(filter(None, named)) or manifest.get("claim_generator"))


def _actions(manifest: dict[str, Any]) -> Iterator[Action]:
    for assertion in _objects(manifest.get("assertions")):
        if str(assertion.get("label")).startswith("c2pa.actions"):
            for each in _objects(_object(assertion.get("data")).get("actions")):
                agent = each.get("softwareAgent")
                yield Action(
                    action=_text(each.get("action")),
                    when=_text(each.get("when")),
                    software=_name(agent) if isinstance(agent, dict) else _text(agent),
                    source_type=_text(each.get("digitalSourceType")),
                )


def _name(agent: dict[str, Any]) -> str:
    return _text(" ".join(filter(None, (_text(agent.get("name")), _text(agent.get("version"))))))


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())[:LONGEST_TEXT]
