"""Who may read a text: closed, from widest to narrowest."""

from __future__ import annotations

from enum import StrEnum


class Readership(StrEnum):
    """Everyone, the collection's members, or those who judge (reviewers, curators, owners)."""

    PUBLIC = "public"
    MEMBERS = "members"
    REVIEWERS = "reviewers"
