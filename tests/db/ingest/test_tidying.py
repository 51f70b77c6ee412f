from __future__ import annotations

import os
import time
from datetime import timedelta

from django.utils import timezone

from archive.ingest import arrivals, staging, tidying
from archive.ingest.models import DepositFile, FileState
from archive.vault import originals
from tests.pictures import a_jpeg


def an_upload(desk, data: bytes, arrived: int, *, days: float) -> DepositFile:
    file, _ = arrivals.announce_one(deposit=desk.deposit, name="a.jpg", byte_count=len(data))
    path = staging.path_of(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data[:arrived])
    then = time.time() - days * 24 * 3600
    os.utime(path, (then, then))
    DepositFile.objects.filter(pk=file.pk).update(changed_at=timezone.now() - timedelta(days=days))
    return file


def test_an_upload_whose_last_byte_came_as_the_server_died_is_queued(desk):
    data = a_jpeg()
    file = an_upload(desk, data, len(data), days=0.01)
    tidying.tidy()
    desk.finish()
    file.refresh_from_db()
    assert file.state == FileState.STORED


def test_half_an_upload_of_yesterday_is_kept_for_its_owner(desk):
    data = a_jpeg()
    file = an_upload(desk, data, 100, days=1)
    tidying.tidy()
    file.refresh_from_db()
    assert file.state == FileState.UPLOADING
    assert staging.received(file) == 100


def test_an_upload_nobody_came_back_to_is_ended(desk):
    file = an_upload(desk, a_jpeg(), 100, days=tidying.ABANDONED_DAYS + 1)
    tidying.tidy()
    file.refresh_from_db()
    assert file.state == FileState.CANCELLED
    assert not staging.path_of(file).exists()


def test_temporary_originals_of_a_dead_process_are_removed_and_young_ones_left(desk):
    originals.root().mkdir(parents=True)
    old, young = (originals.root() / f"{originals.INCOMING}{age}" for age in ("old", "young"))
    for path in (old, young):
        path.write_bytes(b"half")
    then = time.time() - tidying.STALE_SECONDS - 1
    os.utime(old, (then, then))
    tidying.tidy()
    assert (old.exists(), young.exists()) == (False, True)
