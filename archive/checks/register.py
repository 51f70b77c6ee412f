"""Every check there is, in the order in which they are told."""

from __future__ import annotations

from typing import Final

from archive.checks import absence, shadow
from archive.checks.check import Check

REGISTER: Final[tuple[Check, ...]] = (shadow.CHECK, absence.CHECK)

BY_CODE: Final = {check.code: check for check in REGISTER}
