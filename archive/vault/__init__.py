"""Originals and what is made of them, each file named by the SHA-256 of the original's bytes."""

from archive.vault.derivatives import RECIPE, SIZES, derivative_path, derive
from archive.vault.errors import (
    NoRoom,
    OriginalDamaged,
    OriginalMissing,
    TileMissing,
    Undecodable,
    VaultError,
)
from archive.vault.originals import (
    Stored,
    adopt,
    check,
    delete,
    digest_of,
    exists,
    open_original,
    path,
    put,
    stored,
)

__all__ = [
    "RECIPE",
    "SIZES",
    "NoRoom",
    "OriginalDamaged",
    "OriginalMissing",
    "Stored",
    "TileMissing",
    "Undecodable",
    "VaultError",
    "adopt",
    "check",
    "delete",
    "derivative_path",
    "derive",
    "digest_of",
    "exists",
    "open_original",
    "path",
    "put",
    "stored",
]
