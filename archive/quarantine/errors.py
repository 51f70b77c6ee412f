"""How work in quarantine can end badly. Each message says what to do next."""

from __future__ import annotations


class QuarantineError(Exception):
    """The work was not done; the calling process is unharmed and may go on with the next file."""


class Unavailable(QuarantineError):  # noqa: N818 - the family is named for what happened
    """No child could be started; nothing was tried."""


class Killed(QuarantineError):  # noqa: N818 - the family is named for what happened
    """Somebody else ended the child: the kernel for want of memory, or an operator."""


class TimedOut(QuarantineError):  # noqa: N818 - the family is named for what happened
    """The child used up its processor or wall-clock seconds."""


class OutOfMemory(QuarantineError):  # noqa: N818 - the family is named for what happened
    """The child asked for more address space than its limit."""


class Crashed(QuarantineError):  # noqa: N818 - the family is named for what happened
    """The child died of a signal, or left without an answer."""


class Failed(QuarantineError):  # noqa: N818 - the family is named for what happened
    """The function raised. `kind` is the exception's class name, `message` its text."""

    def __init__(self, message: str, kind: str = "Exception") -> None:
        super().__init__(f"{kind}: {message}" if message else kind)
        self.message = message
        self.kind = kind
