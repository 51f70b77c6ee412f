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
from archive.custody.models import CustodyEvent
from archive.evidence.models import Claim, Source
from archive.ingest.models import Deposit, DepositFile, WorkerLease

__all__ = [
    "Change",
    "Claim",
    "Collection",
    "CustodyEvent",
    "Deposit",
    "DepositFile",
    "File",
    "IndexRow",
    "Membership",
    "Photo",
    "Revision",
    "SearchWords",
    "Source",
    "Term",
    "WorkerLease",
]
