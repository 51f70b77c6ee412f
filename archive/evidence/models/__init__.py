"""Everything said about photos, and what bears on it. Append-only: a correction supersedes."""

from archive.evidence.models.claims import Claim, ClaimBasis, ClaimException, Source
from archive.evidence.models.grounds import Attachment, Bearing, Evidence, Falsifier
from archive.evidence.models.judged import StatusChange, Verdict
from archive.evidence.models.series import Appearance, Series, SeriesPhoto

__all__ = [
    "Appearance",
    "Attachment",
    "Bearing",
    "Claim",
    "ClaimBasis",
    "ClaimException",
    "Evidence",
    "Falsifier",
    "Series",
    "SeriesPhoto",
    "Source",
    "StatusChange",
    "Verdict",
]
