class CustodyError(Exception):
    """What cannot be sealed, stamped or proved, and what to do about it."""


class StampError(CustodyError):
    """A time-stamp that was not given or does not hold."""
