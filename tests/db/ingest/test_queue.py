from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from archive.ingest import queue
from archive.ingest.models import FileState, WorkerLease
from archive.ingest.tasks import take_in_file
from tests.pictures import a_jpeg

pytestmark = pytest.mark.django_db


def enqueued(count: int = 1) -> None:
    for number in range(count):
        take_in_file.enqueue(1_000_000 + number)


def claimed(worker: str) -> queue.Row:
    row = queue.claim(worker)
    assert row is not None
    return row


def states() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_a_task_is_claimed_once():
    enqueued()
    assert queue.claim("one") is not None
    assert queue.claim("two") is None


def test_a_claim_that_comes_too_late_takes_the_next():
    enqueued(2)
    first, stale = DBTaskResult.objects.ready().first(), DBTaskResult.objects.ready().first()
    assert first is not None
    assert stale is not None
    assert claimed("one").pk == first.pk
    assert not queue._swap(stale, TaskResultStatus.READY, status=TaskResultStatus.RUNNING)
    assert claimed("two").pk != first.pk


def test_a_task_put_back_waits_for_its_time():
    enqueued()
    queue.put_back(claimed("one"), seconds=60, counted=False)
    assert queue.claim("one") is None
    assert queue.pending()
    assert DBTaskResult.objects.get().worker_ids == []


def test_the_tasks_of_a_worker_without_a_fresh_lease_go_back():
    enqueued()
    queue.claim("dead")
    old = timezone.now() - timedelta(seconds=queue.LEASE_SECONDS + 1)
    WorkerLease.objects.create(worker="dead", host="elsewhere", process=1, beat_at=old)
    assert queue.recover() == 1
    assert states() == [TaskResultStatus.READY]


def test_the_tasks_of_a_living_worker_stay():
    enqueued()
    queue.claim("alive")
    WorkerLease.objects.create(worker="alive", host="elsewhere", process=1, beat_at=timezone.now())
    assert queue.recover() == 0
    assert states() == [TaskResultStatus.RUNNING]


def test_a_worker_of_this_machine_that_let_go_of_its_lock_is_dead_at_once(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    lease = queue.Lease("w" * 32)
    lease.take()
    assert queue.lives("w" * 32)
    os.close(lease._lock)
    assert not queue.lives("w" * 32)


def test_a_lease_given_back_leaves_nothing(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    lease = queue.Lease("w" * 32)
    lease.take()
    lease.end()
    assert not WorkerLease.objects.exists()
    assert list((tmp_path / "workers").iterdir()) == []


def test_a_worker_claims_back_what_it_forgot_but_not_what_it_runs():
    enqueued(2)
    kept, lost = claimed("me"), claimed("me")
    assert queue.recover(me="me", mine=[kept.pk]) == 1
    lost.refresh_from_db()
    kept.refresh_from_db()
    assert (kept.status, lost.status) == (TaskResultStatus.RUNNING, TaskResultStatus.READY)


def test_after_three_starts_the_file_fails_with_its_reason(desk):
    file = desk.bring("a.jpg", a_jpeg())
    for _ in range(3):
        assert queue.claim("dead") is not None
        queue.recover()
    file.refresh_from_db()
    assert file.state == FileState.FAILED
    assert "three times" in file.reason
    assert states() == [TaskResultStatus.FAILED]


def test_a_late_worker_cannot_end_a_task_that_was_given_to_another():
    enqueued()
    late = claimed("slow")
    queue.recover()
    now = claimed("quick")
    queue.succeeded(late)
    assert states() == [TaskResultStatus.RUNNING]
    queue.succeeded(now)
    assert states() == [TaskResultStatus.SUCCESSFUL]


def test_finished_tasks_of_yesterday_are_forgotten():
    enqueued(2)
    queue.succeeded(claimed("one"))
    DBTaskResult.objects.finished().update(finished_at=timezone.now() - timedelta(days=2))
    queue.prune()
    assert states() == [TaskResultStatus.READY]
