class EvidenceError(Exception):
    """A claim that cannot be recorded; the message tells what to write instead."""


class StaleClaimError(EvidenceError):
    """Somebody else spoke on the question since the form was opened; nothing was written."""
