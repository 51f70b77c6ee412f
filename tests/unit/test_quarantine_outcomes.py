"""Whatever happens in a child, the caller gets a result or a typed error, soon, and the next job works."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from archive.quarantine import (
    Crashed,
    Failed,
    Killed,
    Limits,
    OutOfMemory,
    Quarantine,
    QuarantineError,
    TimedOut,
    Unavailable,
)
from tests.unit import quarantine_jobs as jobs

MEBIBYTE = 2**20


@pytest.fixture(scope="module")
def quarantine() -> Iterator[Quarantine]:
    limits = Limits(memory_bytes=400 * MEBIBYTE, wall_seconds=2, result_bytes=MEBIBYTE)
    with Quarantine(preload=["tests.unit.quarantine_jobs"], limits=limits, size=2) as pool:
        yield pool


@pytest.fixture(autouse=True)
def _works_afterwards(quarantine: Quarantine) -> Iterator[None]:
    yield
    assert quarantine.run(jobs.double, 21) == 42


def test_a_function_runs_elsewhere_and_its_result_comes_back(quarantine: Quarantine):
    assert quarantine.run(jobs.double, 4, plus=1) == 9
    assert quarantine.run("tests.unit.quarantine_jobs:double", 4) == 8
    assert quarantine.run(jobs.pid) != os.getpid()


def test_an_exception_comes_back_by_name(quarantine: Quarantine):
    with pytest.raises(Failed, match="not a number") as caught:
        quarantine.run(jobs.raise_value_error)
    assert (caught.value.kind, caught.value.message) == ("ValueError", "not a number")


def test_leaving_the_interpreter_is_a_failure_like_others(quarantine: Quarantine):
    with pytest.raises(Failed) as caught:
        quarantine.run(jobs.leave)
    assert caught.value.kind == "SystemExit"


def test_a_function_that_is_not_there_is_a_failure(quarantine: Quarantine):
    with pytest.raises(Failed):
        quarantine.run("tests.unit.quarantine_jobs:nothing")


def test_a_result_that_is_no_json_is_a_failure(quarantine: Quarantine):
    with pytest.raises(Failed) as caught:
        quarantine.run(jobs.unspeakable)
    assert caught.value.kind == "TypeError"


def test_a_loop_is_stopped_by_processor_time():
    limits = Limits(cpu_seconds=1, wall_seconds=60)
    with Quarantine(preload=["tests.unit.quarantine_jobs"], limits=limits) as pool:
        with pytest.raises(TimedOut, match="processor seconds"):
            pool.run(jobs.loop)
        assert pool.run(jobs.double, 1) == 2


@pytest.mark.parametrize("job", [jobs.ignore_signals_and_loop, jobs.close_every_file_and_sleep])
def test_what_hides_from_signals_is_ended_all_the_same(quarantine: Quarantine, job: object):
    begun = time.monotonic()
    with pytest.raises(QuarantineError):
        quarantine.run(job)
    assert time.monotonic() - begun < 8


def test_waiting_is_stopped_by_the_wall_clock(quarantine: Quarantine):
    with pytest.raises(TimedOut, match="longer than 2 seconds"):
        quarantine.run(jobs.sleep, 60)


def test_a_memory_bomb_is_out_of_memory(quarantine: Quarantine):
    with pytest.raises(OutOfMemory, match="400 MiB"):
        quarantine.run(jobs.swallow, 1000)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS])
def test_a_fatal_signal_is_a_crash_with_its_name(quarantine: Quarantine, number: signal.Signals):
    with pytest.raises(Crashed, match=number.name):
        quarantine.run(jobs.signal_self, int(number))


def test_a_real_segmentation_fault_is_a_crash(quarantine: Quarantine):
    with pytest.raises(Crashed, match="SIGSEGV"):
        quarantine.run(jobs.overrun)


def test_a_kill_from_outside_is_told_apart(quarantine: Quarantine):
    with pytest.raises(Killed):
        quarantine.run(jobs.signal_self, int(signal.SIGKILL))


def test_vanishing_without_an_answer_is_a_crash(quarantine: Quarantine):
    with pytest.raises(Crashed, match="7"):
        quarantine.run(jobs.vanish)


@pytest.mark.parametrize("job", [jobs.answer_nonsense, jobs.promise_too_much])
def test_a_child_that_lies_is_a_crash(quarantine: Quarantine, job: object):
    with pytest.raises(Crashed):
        quarantine.run(job)


def test_an_answer_beyond_the_limit_does_not_fill_the_caller(quarantine: Quarantine):
    with pytest.raises(Crashed, match="too long"):
        quarantine.run(jobs.fill_answer, 2)


def test_a_job_that_is_no_json_is_the_callers_own_mistake(quarantine: Quarantine):
    with pytest.raises(TypeError):
        quarantine.run(jobs.double, object())


def test_no_secret_of_the_server_reaches_a_child(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WHENCE_SECRET_KEY", "s" * 50)
    with Quarantine(preload=["tests.unit.quarantine_jobs"]) as pool:
        assert "WHENCE_SECRET_KEY" not in pool.run(jobs.environment)


def test_a_preload_that_cannot_be_imported_says_so():
    with (
        Quarantine(preload=["tests.unit.no_such_module"]) as pool,
        pytest.raises(Unavailable, match="no_such_module"),
    ):
        pool.run(jobs.double, 1)


@pytest.mark.parametrize("limit", ["memory_bytes", "cpu_seconds", "wall_seconds", "jobs"])
def test_limits_of_nothing_are_refused(limit: str):
    with pytest.raises(ValueError, match=limit):
        Limits(**{limit: 0})
