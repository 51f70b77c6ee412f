"""Searches that an account comes back to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from archive.desk.errors import DeskError, TooManyError
from archive.desk.models import LONGEST_NAME, SavedSearch

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

MOST_SEARCHES: Final = 500
KEPT_AFTER_REMOVAL: Final = timedelta(days=1)


def searches_of(user: User) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(user=user, removed_at=None)


def search_of(user: User, public_id: str) -> SavedSearch | None:
    return searches_of(user).filter(public_id=public_id).first()


def removed_search_of(user: User, public_id: str) -> SavedSearch | None:
    since = datetime.now(UTC) - KEPT_AFTER_REMOVAL
    return SavedSearch.objects.filter(user=user, public_id=public_id, removed_at__gte=since).first()


def save_search(*, user: User, name: str, query: str) -> SavedSearch:
    """Keep the canonical text of a Selection under a name; the same once more is the one that is there.

    Raises DeskError.
    """
    name = _name(name)
    mine = searches_of(user)
    known = mine.filter(name=name, query=query).first()
    if known is not None:
        return known
    if mine.count() >= MOST_SEARCHES:
        raise TooManyError(f"You have {MOST_SEARCHES} saved searches: remove one that you no longer need.")
    return SavedSearch.objects.create(user=user, name=name, query=query, opened_at=datetime.now(UTC))


def rename(*, search: SavedSearch, name: str) -> None:
    """Raises DeskError."""
    search.name = _name(name)
    search.save(update_fields=["name"])


def mark_opened(*, search: SavedSearch) -> None:
    """From now on, photos that come after this moment are its new ones."""
    search.opened_at = datetime.now(UTC)
    search.save(update_fields=["opened_at"])


def remove(*, search: SavedSearch) -> None:
    """Take it off the list; `restore` brings it back for a day."""
    now = datetime.now(UTC)
    search.removed_at = now
    search.save(update_fields=["removed_at"])
    SavedSearch.objects.filter(user=search.user_id, removed_at__lt=now - KEPT_AFTER_REMOVAL).delete()


def restore(*, search: SavedSearch) -> None:
    search.removed_at = None
    search.save(update_fields=["removed_at"])


def _name(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise DeskError("Give the search a name to find it by.")
    if len(name) > LONGEST_NAME:
        raise DeskError(f"Keep the name to {LONGEST_NAME} characters.")
    return name
