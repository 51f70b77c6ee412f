"""`manage.py settle` puts back what the rules say, and changes nothing the second time."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from archive.catalogue.models import IndexRow, Photo
from archive.values.place import Place
from archive.values.settled import SettledPlace
from tests.db.making import a_photo

pytestmark = pytest.mark.django_db


def told(*photos: str, **options) -> dict[str, int]:
    out = StringIO()
    call_command("settle", *photos, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_what_was_spoilt_is_settled_again_once():
    photo = a_photo(place=Place(37.5, 127.0, 10))
    a_photo()
    Photo.objects.filter(pk=photo.pk).update(settled_place=SettledPlace().to_json())
    IndexRow.objects.filter(photo=photo).update(latitude=None, longitude=None, key=None)
    assert told(all=True) == {"photos": 2, "changed": 1}
    assert told(all=True) == {"photos": 2, "changed": 0}
    assert set(IndexRow.objects.filter(photo=photo).values_list("latitude", flat=True)) == {37.5}


def test_photos_are_named_or_all_of_them_meant():
    photo = a_photo()
    assert told(photo.public_id) == {"photos": 1, "changed": 0}
    with pytest.raises(CommandError, match="no such photo"):
        told("zzzzzzzzzzzzz")
    with pytest.raises(CommandError, match="say which"):
        told()
