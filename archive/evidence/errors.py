class EvidenceError(Exception):
    """A claim that cannot be recorded; the message tells what to write instead."""
