"""RFC 3161 time-stamps over the day's head: a stranger's word that it stood on that day.

Nothing leaves the machine unless `WHENCE_TIMESTAMP_URL` is set, and then 32 bytes do: the SHA-256 of the
head's hash. Checking is offline. `WHENCE_TIMESTAMP_ROOTS`, a PEM file, says whose word is taken; without it
only what a stamp is over can be looked at, not who gave it.
"""

from __future__ import annotations

import hashlib
import http.client
import logging
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from rfc3161_client import (
    TimestampRequestBuilder,
    TimeStampResponse,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.base import HashAlgorithm
from rfc3161_client.tsp import PKIStatus

from archive.custody.chain import Break
from archive.custody.errors import StampError
from archive.custody.heads import newest_head
from archive.custody.models import DayHead

log = logging.getLogger(__name__)

SECONDS: Final = 20
MOST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who gave a stamp and when; `known` says that the signature leads to a root this archive trusts."""

    by: str
    at: datetime
    known: bool


def stamp_newest() -> Stamp | None:
    """Have the newest head stamped, if there is an authority and no stamp yet; it holds the heads before it.

    Raises `StampError` when the authority does not answer or its answer does not hold; try again later.
    """
    head = newest_head()
    if not settings.TIMESTAMP_URL or head is None or head.stamp is not None:
        return None
    request = TimestampRequestBuilder().data(head.hash.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _ask(settings.TIMESTAMP_URL, request.as_bytes())
    stamp = read_stamp(answer, head.hash, roots=_roots(), nonce=request.nonce)
    # Compare and set: another process may have been given one in the meantime.
    DayHead.objects.filter(pk=head.pk, stamp=None).update(stamp=answer, stamped_by=stamp.by[:300])
    return stamp


def read_stamp(
    answer: bytes, head_hash: str, *, roots: list[x509.Certificate], nonce: int | None = None
) -> Stamp:
    """Return who stamped the hash and when. Raises `StampError` unless the stamp holds."""
    try:
        response = decode_timestamp_response(answer)
        _refuse_other(response, head_hash, nonce)
        carried = [x509.load_der_x509_certificate(each) for each in response.signed_data.certificates]
        if roots:
            # Carried certificates are never given as roots: the library trusts whatever it is given.
            VerifierBuilder(roots=list(roots)).build().verify_message(response, head_hash.encode())
    except StampError:
        raise
    except Exception as error:  # foreign bytes: the parsers raise families of their own
        raise StampError(f"the time-stamp does not hold: {error}") from error
    return Stamp(_signer(response, carried), response.tst_info.gen_time, bool(roots))


def verify_stamps() -> list[Break]:
    """Return every stamp that does not hold; heads without one are no break."""
    found, roots = [], _roots()
    for head in DayHead.objects.exclude(stamp=None).order_by("day").iterator():
        try:
            read_stamp(bytes(head.stamp or b""), head.hash, roots=roots)
        except StampError as error:
            found.append(Break(f"head of {head.day}", 0, str(error)))
    return found


def stamp_of(head: DayHead) -> Stamp | None:
    """Return what a head's stamp says, None when it has none. Raises `StampError` when it does not hold."""
    return read_stamp(bytes(head.stamp), head.hash, roots=_roots()) if head.stamp is not None else None


def _ask(url: str, query: bytes) -> bytes:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise StampError("WHENCE_TIMESTAMP_URL: the address begins with https:// or http://")
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at above
        url, data=query, headers={"Content-Type": "application/timestamp-query"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            body: bytes = answer.read(MOST_BYTES)
    except (OSError, urllib.error.URLError, http.client.HTTPException) as error:
        raise StampError(f"the time-stamp authority at {url} did not answer: {error}") from error
    return body


def _refuse_other(response: TimeStampResponse, head_hash: str, nonce: int | None) -> None:
    if PKIStatus(response.status) != PKIStatus.GRANTED:
        raise StampError("the authority refused: " + ("; ".join(response.status_string) or "no reason given"))
    if response.tst_info.message_imprint.message != hashlib.sha256(head_hash.encode()).digest():
        raise StampError("the time-stamp does not hold: it is over something else")
    if nonce is not None and response.tst_info.nonce != nonce:
        raise StampError("the time-stamp does not hold: it answers another question")


def _roots() -> list[x509.Certificate]:
    path = settings.TIMESTAMP_ROOTS
    if not path:
        return []
    try:
        return x509.load_pem_x509_certificates(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise StampError(
            f"WHENCE_TIMESTAMP_ROOTS={path}: give a PEM file of certificates ({error})"
        ) from error


def _signer(response: TimeStampResponse, carried: list[x509.Certificate]) -> str:
    for signer in response.signed_data.signer_infos:
        for each in carried:
            if (each.issuer, each.serial_number) == (signer.issuer, signer.serial_number):
                return each.subject.rfc4514_string()
    return "an authority that did not give its name"
