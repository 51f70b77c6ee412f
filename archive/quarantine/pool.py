from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from archive.quarantine import wire
from archive.quarantine.errors import Crashed, Failed, Killed, OutOfMemory, TimedOut, Unavailable
from archive.quarantine.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

START_SECONDS = 60.0
CONTROL_SECONDS = 20.0
_SHORT = re.compile(r"\bmemory\b|\ballocat", re.IGNORECASE)
DYING_SECONDS = 0.5  # between a child's last word and its exit status
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "LD_LIBRARY_PATH")


@dataclass(slots=True)
class _Child:
    pid: int
    sock: socket.socket
    jobs: int = 0
    ended: bool = False

    def is_alive(self) -> bool:
        """An idle child never speaks first: anything to read is its end."""
        poll = select.poll()
        poll.register(self.sock, select.POLLIN | select.POLLHUP)
        return not poll.poll(0)


class Quarantine:
    """A pool of killable children that run named functions on untrusted bytes.

    Threads may share one. At most `size` jobs run at once; others wait their turn, which comes because every
    job's wall clock is bounded. A process forked from the owner starts its own pool at first use. Children
    end with the owner, however it dies. `preload` names the modules every child finds already imported.

    Arguments and results are JSON values (paths travel as text).
    """

    def __init__(self, *, preload: Sequence[str] = (), limits: Limits | None = None, size: int = 2) -> None:
        if size < 1:
            raise ValueError("a pool needs room for one child")
        self.limits = limits or Limits()
        self._preload = tuple(preload)
        self._size = size
        self._forget()
        _pools.add(self)

    def run(self, function: Callable[..., Any] | str, *args: object, **kwargs: object) -> Any:
        """Call a top-level function, given itself or as "module:name", in a child and return its result.

        Raises `Failed` when it raised, `TimedOut`, `OutOfMemory`, `Crashed`, `Killed` when its child was
        ended, and `Unavailable` when none could be started.
        """
        name = function if isinstance(function, str) else f"{function.__module__}:{function.__qualname__}"
        job = {"function": name, "args": args, "kwargs": kwargs}
        with self._slots:
            reply, was_used = self._once(job, fresh=False)
            if was_used and _ran_short(reply):
                # What earlier jobs left in a child's memory must not cost a later one its chance.
                reply, _ = self._once(job, fresh=True)
        return _result(reply, self.limits)

    def _once(self, job: dict[str, Any], *, fresh: bool) -> tuple[dict[str, Any], bool]:
        """Do a job in one child; return its reply, and whether the child had done others before."""
        child = self._take(fresh=fresh)
        try:
            reply = self._perform(child, job)
        except BaseException:  # a caller's interrupt included: the child is in no known state
            self._end(child)
            raise
        was_used = child.jobs > 0
        child.jobs += 1
        spent = reply["resident"] > self.limits.keep_bytes or child.jobs >= self.limits.jobs
        if spent or _ran_short(reply):
            self._end(child)
        else:
            self._give_back(child)
        return reply, was_used

    def close(self) -> None:
        """End all children now. The pool may be used again and then starts afresh."""
        with self._lock:
            for child in self._idle:
                child.sock.close()
            self._idle.clear()
            self._stop_zygote()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self.close()

    def _forget(self) -> None:
        """Begin without a zygote, as at first and in a fork of the owner."""
        self._lock = threading.RLock()
        self._slots = threading.BoundedSemaphore(self._size)
        self._idle: list[_Child] = []
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def _abandon(self) -> None:
        """In a fork: let go of the owner's sockets, or its children would outlive it."""
        for child in self._idle:
            child.sock.close()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.returncode = 0  # not ours to wait for
        self._forget()

    def _perform(self, child: _Child, job: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + self.limits.wall_seconds
        try:
            wire.send(child.sock, job, deadline=deadline)
            reply = wire.receive(child.sock, limit=self.limits.result_bytes, deadline=deadline)
        except TimeoutError:
            raise TimedOut(
                f"The work took longer than {self.limits.wall_seconds:g} seconds and was stopped."
            ) from None
        except ConnectionError:
            reply = None
        except wire.TooLong as error:
            raise Crashed(f"The answer was too long: {error}.") from None
        except ValueError:
            raise Crashed("The answer could not be understood.") from None
        if reply is None:
            raise self._post_mortem(child)
        if not _is_reply(reply):
            raise Crashed("The answer could not be understood.")
        return dict(reply)

    def _post_mortem(self, child: _Child) -> Exception:
        end = self._end(child, grace=DYING_SECONDS)
        number = end.get("signal", 0)
        if number == signal.SIGXCPU:
            return TimedOut(
                f"The work used more than {self.limits.cpu_seconds} processor seconds and was stopped."
            )
        if number == signal.SIGKILL and not end.get("killed"):
            return Killed(
                "The work was killed from outside, most likely because the machine ran out of memory; "
                "try again with fewer workers."
            )
        if number and not end.get("killed"):
            return Crashed(f"The work crashed ({signal.Signals(number).name}).")
        return Crashed(f"The work ended without an answer (exit status {end.get('code', 0)}).")

    def _take(self, *, fresh: bool) -> _Child:
        with self._lock:
            while self._idle and not fresh:
                child = self._idle.pop()
                if child.is_alive():
                    return child
                self._end(child)
            for attempt in (1, 2):
                try:
                    return self._fork()
                except (OSError, ValueError) as error:
                    self._stop_zygote()  # a dead zygote is replaced once before giving up
                    if attempt == 2:
                        raise Unavailable(f"No helper process could be started ({error}).") from error
        raise AssertionError("unreachable")

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            self._idle.append(child)

    def _end(self, child: _Child, *, grace: float = 0.0) -> dict[str, Any]:
        child.sock.close()
        with self._lock:
            if self._control is None or child.ended:
                return {}
            child.ended = True  # from here on its number may belong to another
            try:
                self._control.settimeout(CONTROL_SECONDS)
                self._control.sendall(b"E")
                deadline = time.monotonic() + CONTROL_SECONDS
                wire.send(self._control, {"pid": child.pid, "grace": grace}, deadline=deadline)
                end = wire.receive(self._control, limit=4096, deadline=deadline)
            except (OSError, ValueError, wire.TooLong):
                end = None
            if end is None:
                self._stop_zygote()
                return {}
            return dict(end)

    def _fork(self) -> _Child:
        control = self._zygote()
        mine, theirs = socket.socketpair()
        try:
            with theirs:
                control.settimeout(CONTROL_SECONDS)
                socket.send_fds(control, [b"F"], [theirs.fileno()])
                reply = wire.receive(control, limit=4096, deadline=time.monotonic() + CONTROL_SECONDS)
        except BaseException:
            mine.close()
            raise
        if reply is None:
            mine.close()
            raise ConnectionError("the helper process has gone")
        return _Child(pid=int(reply["pid"]), sock=mine)

    def _zygote(self) -> socket.socket:
        if self._control is not None:
            return self._control
        mine, theirs = socket.socketpair()
        settings = json.dumps({"preload": self._preload, "limits": dataclasses.asdict(self.limits)})
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [
                    sys.executable,
                    "-m",
                    "archive.quarantine.zygote",
                    str(theirs.fileno()),
                    settings,
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        self._control = mine
        hello = wire.receive(mine, limit=65536, deadline=time.monotonic() + START_SECONDS)
        if not hello or "ready" not in hello:
            self._stop_zygote()
            raise ConnectionError((hello or {}).get("error", "it ended at once"))
        return mine

    def _stop_zygote(self) -> None:
        control, self._control = self._control, None
        process, self._process = self._process, None
        for child in self._idle:
            child.sock.close()
        self._idle.clear()
        if control is not None:
            control.close()
        if process is not None:
            try:
                process.wait(timeout=2.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ran_short(reply: dict[str, Any]) -> bool:
    """Out of memory, or what a library that asked for some made of it."""
    said = str(reply.get("message", ""))
    return reply["outcome"] == "memory" or (reply["outcome"] == "failed" and bool(_SHORT.search(said)))


def _is_reply(reply: object) -> bool:
    return isinstance(reply, dict) and isinstance(reply.get("resident"), int) and "outcome" in reply


def _result(reply: dict[str, Any], limits: Limits) -> Any:
    if reply["outcome"] == "done":
        return reply.get("result")
    if reply["outcome"] == "memory":
        raise OutOfMemory(f"The work needed more than {limits.memory_bytes // 2**20} MiB and was stopped.")
    raise Failed(str(reply.get("message", "")), str(reply.get("kind", "Exception")))


def _environment() -> dict[str, str]:
    """No secret of the server's reaches a process that reads foreign bytes."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100 - entries may be zips
    # threads in the zygote would make forking unsafe
    return kept | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


_pools: weakref.WeakSet[Quarantine] = weakref.WeakSet()


def _after_fork() -> None:
    for pool in list(_pools):
        pool._abandon()  # noqa: SLF001 - same module


os.register_at_fork(after_in_child=_after_fork)
