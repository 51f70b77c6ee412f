"""How the vault can fail. Each message is fit for the person who gave the file or runs the archive."""

from __future__ import annotations


class VaultError(Exception):
    pass


class OriginalMissing(VaultError):  # noqa: N818 - named for what happened
    """The vault has no bytes under this digest."""


class OriginalDamaged(VaultError):  # noqa: N818 - named for what happened
    """The bytes under this digest are not those that were put there."""


class NoRoom(VaultError):  # noqa: N818 - named for what happened
    """The disk is full; nothing was changed. Trying again later may succeed."""


class Undecodable(VaultError):  # noqa: N818 - named for what happened
    """The file holds no picture that can be shown."""


class TileMissing(VaultError):  # noqa: N818 - named for what happened
    """The pyramid has no such tile."""
