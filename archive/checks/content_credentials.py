"""Content credentials (C2PA): whether the file is as its signer left it, and what was done, as signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from archive import vault
from archive.checks.check import Check, Reliability, Scope
from archive.checks.facts import Facts
from archive.checks.models import Outcome
from archive.checks.results import Input, Result
from archive.metadata.credentials import Credentials, CredentialsState
from archive.vault.derivatives import run_on_pixels

_OUTCOMES: Final = {
    CredentialsState.TRUSTED: Outcome.FITS,
    CredentialsState.VALID: Outcome.FITS,
    CredentialsState.INVALID: Outcome.DOES_NOT_FIT,
    CredentialsState.DAMAGED: Outcome.DOES_NOT_FIT,
    CredentialsState.REMOTE: Outcome.CANNOT_TELL,
    CredentialsState.ABSENT: Outcome.CANNOT_TELL,
}
_ACTIONS: Final = {
    "c2pa.created": "created",
    "c2pa.opened": "opened",
    "c2pa.placed": "put together with another picture",
    "c2pa.color_adjustments": "colours changed",
    "c2pa.cropped": "cropped",
    "c2pa.resized": "resized",
    "c2pa.orientation": "turned",
    "c2pa.converted": "converted to another format",
    "c2pa.transcoded": "re-encoded",
    "c2pa.repackaged": "repackaged",
    "c2pa.published": "published",
    "c2pa.edited": "edited",
    "c2pa.edited.metadata": "metadata edited",
    "c2pa.drawing": "drawn on",
    "c2pa.filtered": "filtered",
    "c2pa.removed": "something removed",
    "c2pa.redacted": "information removed",
    "c2pa.watermarked": "watermarked",
}
_SOURCES: Final = {
    "digitalCapture": "by a camera",
    "negativeFilm": "from a film negative",
    "positiveFilm": "from a positive film",
    "print": "from a print",
    "trainedAlgorithmicMedia": "by a generative model",
    "compositeWithTrainedAlgorithmicMedia": "with parts by a generative model",
    "algorithmicMedia": "by a program",
    "digitalCreation": "by hand in a program",
    "composite": "from several pictures",
    "screenCapture": "as a screen capture",
}
_SENTENCES: Final = {
    CredentialsState.TRUSTED: "Unchanged since {who}, whom this archive trusts, signed it.",
    CredentialsState.VALID: "Unchanged since it was signed in the name of {who}. Nobody this archive trusts "
    "vouches for that name; that alone is nothing against the picture.",
    CredentialsState.INVALID: "Signed in the name of {who}, but the file is not as it was signed: picture or "
    "credentials were changed afterwards.",
    CredentialsState.DAMAGED: "The file carries content credentials that are damaged; nothing in them can be "
    "relied on.",
    CredentialsState.REMOTE: "The file says that its content credentials lie elsewhere. They were not "
    "fetched: an archive that follows addresses in files tells strangers what it holds.",
    CredentialsState.ABSENT: "The file carries no content credentials. Most never had any, and most "
    "platforms strip them.",
}
MOST_NAMED: Final = 6


def run(facts: Facts) -> Iterable[Result]:
    if not vault.exists(facts.reading.sha256):
        yield Result(Outcome.COULD_NOT_CHECK, {"case": "missing"})
        return
    try:
        told = run_on_pixels(
            "archive.metadata.credentials:read_credentials", str(facts.original), trusted=_trusted()
        )
    except vault.VaultError as error:
        yield Result(Outcome.COULD_NOT_CHECK, {"case": "unreadable", "why": str(error)})
        return
    found = Credentials.from_json(told)
    yield Result(_OUTCOMES[found.state], {"case": "read", "credentials": told}, inputs=_inputs(found))


def _trusted() -> str:
    return Path(settings.C2PA_TRUST).read_text(encoding="ascii") if settings.C2PA_TRUST else ""


def _inputs(found: Credentials) -> tuple[Input, ...]:
    said = (
        ("signer", "signature", found.signer or found.issuer),
        ("signed", "time-stamp", found.signed_at),
        ("made with", "claim generator", found.generator),
        ("status", "validation", ", ".join(found.failures)),
        ("manifest", "address in the file", found.remote),
    )
    return tuple(Input(name, f"C2PA {tag}", raw) for name, tag, raw in said if raw)


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if facts["case"] == "missing":
        return "The original is not in this archive's store, so it could not be looked through."
    if facts["case"] == "unreadable":
        return f"The file could not be looked through for content credentials: {facts['why']}."
    found = Credentials.from_json(facts["credentials"])
    who = found.signer or found.issuer or "an unnamed signer"
    return _SENTENCES[found.state].format(who=who) + _history(found)


def _history(found: Credentials) -> str:
    steps = list(dict.fromkeys(_step(each.action, each.source_type) for each in found.actions))
    if not steps:
        return ""
    more = f" and {len(steps) - MOST_NAMED} more" if len(steps) > MOST_NAMED else ""
    return f" By its own account: {', '.join(steps[:MOST_NAMED])}{more}."


def _step(action: str, source_type: str) -> str:
    done = _ACTIONS.get(action, f"“{action}”")
    source = _SOURCES.get(source_type.rstrip("/").rpartition("/")[2], "")
    return f"{done} {source}".strip()


CHECK: Final = Check(
    code="content_credentials",
    version=1,
    title="Content credentials",
    rule="Some cameras and programs sign what they make (C2PA). The signature is checked against the file's "
    "bytes, and the signer against the list of those this archive trusts.",
    help="A good signature shows that the file is unchanged since it was signed, and by whose key; not that "
    "the picture shows what it is said to show. None at all says nothing.",
    innocent=(
        "a platform or program re-encoded the file and kept old credentials",
        "the signer is honest but not on this archive's list",
        "the signer's certificate ran out, or its issuer changed",
    ),
    reliability=Reliability.INTEGRITY,
    run=run,
    words=words,
    scope=Scope.FILE,
)
