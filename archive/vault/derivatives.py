"""Small copies for showing, at DATA_DIR/derivatives/ab/cd/<sha256>-<recipe>-<size>.jpg; always remakable."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings

from archive.quarantine import Failed, Killed, QuarantineError, Unavailable
from archive.vault import children, originals
from archive.vault.errors import Undecodable, VaultError

RECIPE: Final = "r1"  # a new name with every change of `pictures` that changes what comes out
SIZES: Final = (256, 1600)  # long edge in pixels


def root() -> Path:
    return Path(settings.DATA_DIR) / "derivatives"


def derivative_path(sha256: str, size: int) -> Path:
    """Return where a derivative lies, or would once `derive` has run. Raises `VaultError`."""
    if size not in SIZES:
        raise VaultError(f"sizes are {SIZES}")
    return root() / sha256[:2] / sha256[2:4] / f"{originals.path(sha256).name}-{RECIPE}-{size}.jpg"


def is_derived(sha256: str) -> bool:
    """Whether every size is there and whole enough to have a beginning (a power cut leaves empty files)."""
    return all(_length(derivative_path(sha256, size)) for size in SIZES)


def derive(sha256: str, *, orientation: int | None) -> dict[str, Any]:
    """Make all sizes of a stored original from one decode. Raises `OriginalMissing`, `Undecodable`."""
    source = originals.path(sha256)
    with originals.open_original(sha256), Targets(sha256) as targets:
        told = run_on_pixels(
            "archive.vault.pictures:render",
            str(source),
            orientation=orientation,
            targets=targets.names,
            max_pixels=settings.MAX_PIXELS,
        )
        targets.keep()
    return told


class Targets:
    """Temporary names for a child to write derivatives to; `keep` gives them their own at one stroke each."""

    def __init__(self, sha256: str) -> None:
        token = secrets.token_hex(6)
        self._final = {size: derivative_path(sha256, size) for size in SIZES}
        self._temporary = {size: path.with_suffix(f".{token}") for size, path in self._final.items()}
        self.names = {str(size): str(path) for size, path in self._temporary.items()}

    def __enter__(self) -> Self:
        for path in self._final.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        return self

    def keep(self) -> None:
        with originals.no_room_told():
            for size, path in self._temporary.items():
                path.replace(self._final[size])

    def __exit__(self, *_exc: object) -> None:
        for path in self._temporary.values():
            path.unlink(missing_ok=True)


def run_on_pixels(function: str, *args: object, **kwargs: object) -> dict[str, Any]:
    """Run one of `pictures`' functions in a child.

    Raises `Undecodable` for what the file did, `VaultError` for what happened to the child by no fault of it.
    """
    try:
        told: dict[str, Any] = children.pool().run(function, *args, **kwargs)
    except Failed as error:
        known = error.kind == Undecodable.__name__
        raise Undecodable(error.message if known else f"it could not be decoded ({error})") from error
    except (Killed, Unavailable) as error:
        raise VaultError(str(error)) from error
    except QuarantineError as error:
        raise Undecodable(str(error)) from error
    return told


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
