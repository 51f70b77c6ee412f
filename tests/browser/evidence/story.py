"""A case with rival answers on the one photo of close-looks, which only the administrator sees."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User

from archive.catalogue.models import Collection
from tests.db.pages.casemaking import a_story


def fill(_folder: Path) -> None:
    collection = Collection.objects.get(slug="close-looks")
    photo = collection.photos.get()
    a_story(collection, User.objects.get(username="admin"), photo)
