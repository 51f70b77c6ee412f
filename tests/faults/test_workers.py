"""Real worker processes, killed at moments nobody chose."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time

import pytest

from tests.faults.machine import kill_tree
from tests.pictures import a_jpeg, exif_of

FILES = 16
BEGUN = {"working", "stored"}


def fill(folder, count=FILES) -> None:
    for number in range(count):
        exif = exif_of(taken=f"2019:06:12 10:00:{number:02}", latitude=51.0, longitude=number / 10)
        (folder / f"{number:03}.jpg").write_bytes(a_jpeg(size=(1200, 900), exif=exif))


def is_whole(machine, count=FILES) -> None:
    told = machine.counts()
    assert told["states"] == {"stored": count}, told["reasons"]
    assert told["photos"] == told["files"] == told["digests"] == told["indexed"] == count
    assert (told["missing"], told["claims_doubled"]) == (0, 0)
    assert not [path for path in (machine.folder / "staging").rglob("*") if path.is_file()]
    assert "0 losses" in machine.manage("verify")


@pytest.mark.timeout(300)
def test_killed_at_random_moments_a_worker_loses_and_doubles_nothing(machine, folder):
    fill(folder)
    machine.manage("deposit", str(folder), "--collection", "walk")
    chance = random.Random(7)
    for _ in range(5):
        worker = machine.start("work", "--once")
        time.sleep(chance.uniform(0.8, 2.5))
        kill_tree(worker.pid)
        worker.wait()
    machine.manage("work", "--once")
    is_whole(machine)


def both_are_up(machine) -> bool:
    return machine.rows("SELECT count(*) FROM archive_workerlease") == [(2,)]


@pytest.mark.timeout(300)
def test_a_living_worker_takes_over_from_a_killed_one(machine, folder):
    fill(folder)
    machine.manage("deposit", str(folder), "--collection", "walk")
    doomed, other = machine.start("work"), machine.start("work")
    machine.wait_until(lambda states: not states.keys().isdisjoint(BEGUN) and both_are_up(machine))
    kill_tree(doomed.pid)
    machine.wait_until(lambda states: states == {"stored": FILES})
    assert other.poll() is None
    is_whole(machine)


@pytest.mark.timeout(300)
def test_two_workers_share_the_queue_without_doubling(machine, folder):
    fill(folder)
    for number in range(4):
        shutil.copy(folder / "000.jpg", folder / f"copy-{number}.jpg")
    machine.manage("deposit", str(folder), "--collection", "walk")
    workers = [machine.start("work", "--once", "--concurrency", "3") for _ in range(2)]
    for worker in workers:
        assert worker.wait(timeout=120) == 0
    told = machine.counts()
    assert told["states"] == {"stored": FILES, "duplicate": 4}
    assert told["photos"] == FILES


def test_asked_to_stop_a_worker_finishes_what_it_has_begun(machine, folder):
    fill(folder)
    machine.manage("deposit", str(folder), "--collection", "walk")
    worker = machine.start("work")
    machine.wait_until(lambda states: "stored" in states)
    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    assert "working" not in machine.counts()["states"]
    machine.manage("work", "--once")
    is_whole(machine)


def test_a_file_that_always_kills_the_worker_is_given_up_and_the_rest_goes_on(machine, folder):
    fill(folder, 3)
    machine.manage("deposit", str(folder), "--collection", "walk")
    code = (
        "from archive.ingest import queue\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "row = DBTaskResult.objects.ready().first()\n"
        "for n in range(3):\n"
        "    mine = queue.claim(f'dead{n}')\n"
        "    while mine.pk != row.pk:\n"
        "        queue.put_back(mine, seconds=5, counted=False)\n"
        "        mine = queue.claim(f'dead{n}')\n"
        "    queue.recover()\n"
    )
    machine.manage("shell", "-v0", "-c", code)
    machine.manage("work", "--once")
    told = machine.counts()
    assert told["states"] == {"stored": 2, "failed": 1}
    assert "three times" in told["reasons"][0]
