"""Every check there is, in the order in which they are told."""

from __future__ import annotations

from typing import Final

from archive.checks import (
    absence,
    clock_gps,
    content_credentials,
    date_chain,
    duplicates,
    filename,
    flight_altitude,
    same_device,
    shadow,
    software,
    speed,
    stated_distance,
    sun,
    thumbnail,
    view,
)
from archive.checks.check import Check

REGISTER: Final[tuple[Check, ...]] = (
    clock_gps.CHECK,
    date_chain.CHECK,
    filename.CHECK,
    sun.CHECK,
    shadow.CHECK,
    flight_altitude.CHECK,
    speed.CHECK,
    view.CHECK,
    stated_distance.CHECK,
    same_device.CHECK,
    software.CHECK,
    thumbnail.CHECK,
    content_credentials.CHECK,
    duplicates.CHECK,
    absence.CHECK,
)

BY_CODE: Final = {check.code: check for check in REGISTER}
