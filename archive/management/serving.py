"""Runs the web server and the background worker as children, and keeps both alive."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
PATIENCE_SECONDS: Final = 30.0
STEADY_SECONDS: Final = 10.0  # a child that lived so long is started again at once
LONGEST_PAUSE: Final = 30.0
EARLY_DEATHS: Final = 5
TICK_SECONDS: Final = 0.2


@dataclass
class Child:
    """A command that is started again whenever it ends, later and later while it keeps ending early."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules, no shell
            self.command,
            process_group=0,  # Ctrl-C reaches the supervisor alone, which ends the children in order
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has one thread
        )

    def look(self) -> None:
        """Start it when it is due; note its end. Raises `ChildProcessError` when it never stays up."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._sweep()
        self.process = None
        self.deaths = 0 if now - self.started > STEADY_SECONDS else self.deaths + 1
        if self.deaths >= EARLY_DEATHS:
            raise ChildProcessError(f"the {self.name} ended {self.deaths} times right after its start")
        pause = min(LONGEST_PAUSE, 2.0**self.deaths - 1)
        self.due = now + pause
        sys.stderr.write(f"the {self.name} ended ({code}); starting it again in {pause:g} s\n")

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        self._sweep()
        self.process.wait()

    def _sweep(self) -> None:
        """End what a killed child leaves of its group, such as server processes that hold the port."""
        assert self.process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def supervise(children: Sequence[Child]) -> None:
    """Run until SIGINT or SIGTERM; a second one ends everything at once."""
    asked: list[int] = []

    def stop(number: int, _frame: object) -> None:
        asked.append(number)
        if len(asked) > 1:
            for child in children:
                child._sweep()  # noqa: SLF001 - same module

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        while not asked:
            for child in children:
                child.look()
            time.sleep(TICK_SECONDS)
    finally:
        for child in children:
            child.ask_to_end()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in children:
            child.end(deadline)


def _die_with_parent() -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
