"""Addresses of what people may do about a photo, a claim, or a piece of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from archive.pages.photo_page.case_context import Link
from archive.values.settled import Facet

if TYPE_CHECKING:
    from archive.evidence.case import Falsifying, Given, Ground, Heard, Shown

_FILE = "file"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What this viewer may do; `name` is empty for a stranger. A day in the past can only be looked at."""

    edits: bool
    judges: bool
    inside: bool
    name: str


NOTHING = Allowed(edits=False, judges=False, inside=False, name="")


def address(route: str, *arguments: object, **query: str) -> str:
    found = reverse(route, args=arguments)
    return f"{found}?{urlencode(query)}" if query else found


def on_case(photo: str, allowed: Allowed) -> tuple[Link, ...]:
    """Return what may be added to the case."""
    if not allowed.edits:
        return ()
    return (
        Link(address("photo-claim-new", photo), "what somebody says"),
        Link(address("photo-appearance-new", photo), "where it was published"),
        Link(address("photo-evidence-new", photo), "something that helps to decide"),
        Link(address("photo-falsifier-new", photo), "what would change our mind"),
    )


def to_question(photo: str, facet: Facet, allowed: Allowed) -> str:
    return address("photo-claim-new", photo, facet=facet.value) if allowed.edits else ""


def on_claim(claim: Heard, photo: str, allowed: Allowed) -> tuple[Link, ...]:
    """Return what may be done about a claim that stands."""
    links = []
    if allowed.judges:
        links.append(Link(address("claim-verdict", claim.claim), "Give a verdict"))
    if allowed.edits and claim.source_kind != _FILE:
        links.append(Link(address("claim-correct", claim.claim), "Correct"))
        links.append(Link(address("claim-retract", claim.claim), "Take back"))
    if allowed.edits and claim.series:
        links.append(Link(address("claim-except", claim.claim, photo=photo), "Not for this photo"))
    return tuple(links)


def on_verdict(given: Given, allowed: Allowed) -> str:
    """Only the reviewer who gave a verdict takes it back."""
    own = allowed.judges and bool(allowed.name) and given.reviewer == allowed.name
    return address("verdict-withdraw", given.verdict) if own else ""


def on_ground(ground: Ground, allowed: Allowed) -> tuple[Link, ...]:
    if not allowed.edits:
        return ()
    return (
        Link(address("evidence-correct", ground.evidence), "Correct"),
        Link(address("evidence-withdraw", ground.evidence), "Take back"),
    )


def on_appearance(shown: Shown, allowed: Allowed) -> tuple[Link, ...]:
    if not allowed.edits:
        return ()
    return (
        Link(address("appearance-correct", shown.appearance), "Correct"),
        Link(address("appearance-withdraw", shown.appearance), "Take back"),
    )


def on_falsifier(falsifier: Falsifying, allowed: Allowed) -> str:
    return address("falsifier-update", falsifier.falsifier) if allowed.edits else ""
