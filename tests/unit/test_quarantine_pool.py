"""Children are few, recycled, shared by threads, and never outlive their owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive.quarantine import Limits, Quarantine, TimedOut
from tests.unit import quarantine_jobs as jobs

PROJECT = Path(__file__).resolve().parents[2]
MEBIBYTE = 2**20
PRELOAD = ["tests.unit.quarantine_jobs"]


@pytest.fixture
def quarantine() -> Iterator[Quarantine]:
    limits = Limits(wall_seconds=20, jobs=1000)  # no test here should meet a child's replacement by chance
    with Quarantine(preload=PRELOAD, limits=limits, size=2) as pool:
        yield pool


def is_gone(pid: int, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":  # dead; whoever adopted it has not looked yet
            return True
        time.sleep(0.05)
    return False


def test_a_child_does_many_jobs(quarantine: Quarantine):
    assert len({quarantine.run(jobs.pid) for _ in range(20)}) == 1


def test_a_child_is_replaced_after_its_number_of_jobs():
    with Quarantine(preload=PRELOAD, limits=Limits(jobs=3), size=1) as pool:
        pids = [pool.run(jobs.pid) for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]
    assert all(is_gone(pid) for pid in pids)


def test_a_child_that_grows_is_replaced():
    limits = Limits(keep_bytes=100 * MEBIBYTE, memory_bytes=600 * MEBIBYTE)
    with Quarantine(preload=PRELOAD, limits=limits, size=1) as pool:
        pids = [pool.run(jobs.grow) for _ in range(12)]
    assert 1 < len(set(pids)) < 12


@pytest.mark.parametrize("job", [jobs.swallow, jobs.ask_a_library_for])
def test_what_earlier_jobs_left_in_memory_costs_a_later_one_nothing(job):
    limits = Limits(memory_bytes=600 * MEBIBYTE, keep_bytes=600 * MEBIBYTE)
    with Quarantine(preload=PRELOAD, limits=limits, size=1) as pool:
        first = pool.run(jobs.hoard, 300)
        assert pool.run(job, 300) == 300 * MEBIBYTE
        assert pool.run(jobs.pid) != first


def test_threads_share_the_children_and_get_their_own_answers(quarantine: Quarantine):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: quarantine.run(jobs.double, n), range(300)))
        pids = set(threads.map(lambda _: quarantine.run(jobs.pid), range(50)))
    assert answers == [2 * n for n in range(300)]
    assert len(pids) <= 2


def test_a_slow_job_does_not_hold_up_the_others(quarantine: Quarantine):
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(quarantine.run, jobs.sleep, 2)
        time.sleep(0.2)
        begun = time.monotonic()
        assert quarantine.run(jobs.double, 1) == 2
        assert time.monotonic() - begun < 1.5
        assert slow.result() == 2


def test_a_child_killed_while_idle_is_replaced_unseen(quarantine: Quarantine):
    victim = quarantine.run(jobs.pid)
    os.kill(victim, signal.SIGKILL)
    assert is_gone(victim)
    assert quarantine.run(jobs.pid) != victim


def test_a_zygote_killed_takes_its_children_and_is_replaced(quarantine: Quarantine):
    child = quarantine.run(jobs.pid)
    zygote = int(Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[1])
    os.kill(zygote, signal.SIGKILL)
    assert is_gone(child)
    assert quarantine.run(jobs.double, 1) == 2


def test_a_closed_pool_leaves_nothing_and_may_be_used_again():
    pool = Quarantine(preload=PRELOAD, size=1)
    before = pool.run(jobs.pid)
    pool.close()
    assert is_gone(before)
    assert pool.run(jobs.pid) != before
    pool.close()


def test_files_do_not_pile_up_in_the_caller():
    with Quarantine(preload=PRELOAD, limits=Limits(wall_seconds=0.3, jobs=2), size=1) as pool:
        pool.run(jobs.double, 1)
        before = sum(1 for _ in Path("/proc/self/fd").iterdir())
        for _ in range(10):
            pool.run(jobs.double, 1)
            with pytest.raises(TimedOut):
                pool.run(jobs.sleep, 5)
        assert sum(1 for _ in Path("/proc/self/fd").iterdir()) <= before + 1


def test_children_of_a_fork_are_its_own(quarantine: Quarantine):
    mine = quarantine.run(jobs.pid)
    receive, send = os.pipe()
    fork = os.fork()
    if not fork:  # the forked half of this test
        code = 1
        try:
            os.write(send, str(quarantine.run(jobs.pid)).encode())
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(fork, 0)[1] == 0
    theirs = int(os.read(receive, 20))
    assert theirs != mine
    assert is_gone(theirs)  # with the fork that owned it
    os.close(receive)
    os.close(send)
    assert quarantine.run(jobs.pid) == mine


@pytest.mark.parametrize("job", ["loop", "sleep"])
def test_nothing_outlives_an_owner_that_is_killed(job: str):
    script = f"""
        import threading, time
        from archive.quarantine import Quarantine
        from tests.unit import quarantine_jobs as jobs
        pool = Quarantine(preload=["tests.unit.quarantine_jobs"], size=2)
        job = (jobs.{job},{"" if job == "loop" else " 50"})
        busy = threading.Thread(target=pool.run, args=job, daemon=True)
        print(pool.run(jobs.pid), flush=True)
        busy.start()
        time.sleep(0.5)
        print(pool.run(jobs.pid), flush=True)
        time.sleep(60)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        pids = [int(owner.stdout.readline()) for _ in range(2)]
        zygote = int(Path(f"/proc/{pids[1]}/stat").read_text().rsplit(")", 1)[1].split()[1])
        owner.kill()
    assert len(set(pids)) == 2  # one busy, one idle
    assert all(is_gone(pid) for pid in (*pids, zygote))
