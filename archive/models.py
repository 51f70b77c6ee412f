"""For Django only: it looks here for the models that the rooms own."""

from archive.access.models import Membership
from archive.catalogue.models import (
    Change,
    Collection,
    File,
    IndexRow,
    Photo,
    Revision,
    SearchWords,
    Term,
)
from archive.checks.models import Finding, Fingerprint
from archive.custody.models import CustodyEvent, DayHead
from archive.desk.models import FreezeTally, FrozenIds, FrozenSelection, Pin, SavedSearch
from archive.evidence.models import (
    Appearance,
    Attachment,
    Bearing,
    Claim,
    ClaimBasis,
    ClaimException,
    Evidence,
    Falsifier,
    Series,
    SeriesPhoto,
    Source,
    StatusChange,
    Verdict,
)
from archive.ingest.models import Deposit, DepositFile, WorkerLease

__all__ = [
    "Appearance",
    "Attachment",
    "Bearing",
    "Change",
    "Claim",
    "ClaimBasis",
    "ClaimException",
    "Collection",
    "CustodyEvent",
    "DayHead",
    "Deposit",
    "DepositFile",
    "Evidence",
    "Falsifier",
    "File",
    "Finding",
    "Fingerprint",
    "FreezeTally",
    "FrozenIds",
    "FrozenSelection",
    "IndexRow",
    "Membership",
    "Photo",
    "Pin",
    "Revision",
    "SavedSearch",
    "SearchWords",
    "Series",
    "SeriesPhoto",
    "Source",
    "StatusChange",
    "Term",
    "Verdict",
    "WorkerLease",
]
