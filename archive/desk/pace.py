"""How quickly lists may be frozen, so that nobody fills the archive with them, or keeps it busy.

Counted by the hour in the database, so that all workers count together. Of an address only a keyed hash is
kept, which changes every hour and goes with the next one.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from archive.desk.errors import TooManyError
from archive.desk.models import FreezeTally

if TYPE_CHECKING:
    from archive.access.rights import Viewer

BY_ADDRESS: Final = 20
BY_ACCOUNT: Final = 100
BY_STRANGERS: Final = 200
"""Lists in an hour: from one address, by one account, by all strangers together."""

_EVERY_STRANGER: Final = "strangers"
_IPV6_NETWORK: Final = 64  # a household has 2**64 addresses


def refuse_if_spent(by: Viewer, address: str) -> None:
    """Raise TooManyError where this hour's lists are used up."""
    hour = _hour()
    spent = dict(
        FreezeTally.objects.filter(who__in=_limits(by, address, hour), hour=hour).values_list("who", "made")
    )
    _weigh(spent, _limits(by, address, hour))


@transaction.atomic
def count_one(by: Viewer, address: str) -> None:
    """Count a list that is being frozen, new or not. Raises TooManyError, and then nothing is kept of it."""
    hour = _hour()
    FreezeTally.objects.filter(hour__lt=hour).delete()
    limits = _limits(by, address, hour)
    for who in sorted(limits):
        FreezeTally.objects.get_or_create(who=who, hour=hour)
    found = FreezeTally.objects.select_for_update().filter(who__in=limits, hour=hour).order_by("who")
    _weigh({tally.who: tally.made for tally in found}, limits)
    FreezeTally.objects.filter(who__in=limits, hour=hour).update(made=F("made") + 1)


def _weigh(spent: dict[str, int], limits: dict[str, int]) -> None:
    for who, most in limits.items():
        if spent.get(who, 0) < most:
            continue
        if who == _EVERY_STRANGER:
            raise TooManyError(
                "Visitors have frozen many views within this hour. Try again in an hour, or log in."
            )
        raise TooManyError(f"{most} views were frozen from here within this hour. Try again in an hour.")


def _limits(by: Viewer, address: str, hour: datetime) -> dict[str, int]:
    if by.is_authenticated:
        return {f"user:{by.pk}": BY_ACCOUNT}
    if not address:  # the operator at the command line
        return {}
    who = salted_hmac("archive.desk.pace", f"{hour:%Y-%m-%dT%H} {_network(address)}", algorithm="sha256")
    return {who.hexdigest(): BY_ADDRESS, _EVERY_STRANGER: BY_STRANGERS}


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((int(found), _IPV6_NETWORK), strict=False))


def _hour() -> datetime:
    now = datetime.now(UTC)
    return now - timedelta(minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
