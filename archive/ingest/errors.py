"""How the way in can end. Each message is a sentence part for the depositor: "refused: <message>"."""

from __future__ import annotations


class IngestError(Exception):
    pass


class Refused(IngestError):  # noqa: N818 - named for what happened
    """The file will never be taken as it is."""


class Orphan(Refused):
    """A sidecar whose photo is not here yet; its bytes are kept, in case the photo comes."""


class Interrupted(IngestError):  # noqa: N818 - named for what happened
    """Nothing is wrong with the file: trying again later may succeed. Nothing was lost."""


class NotYet(IngestError):  # noqa: N818 - named for what happened
    """What the file belongs to is still on its way; ask again in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("waiting for the photo it belongs to")
        self.seconds = seconds
