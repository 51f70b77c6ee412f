"""The small process that quarantine children are forked from. Run as a module; speaks on one socket.

It imports what the children will need once, stays single-threaded and never touches a foreign byte itself, so
that a fork costs about a millisecond and a child's ruin cannot reach it. Only it reaps children, hence a
process number it is asked to kill cannot have been given to somebody else.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from archive.quarantine import wire
from archive.quarantine.limits import MIB, Limits

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PARENT_CHECK_SECONDS = 2.0
CONTROL_LIMIT = 65536
SLACK_BYTES = 64 * MIB  # beyond the soft limit, to say "out of memory" with
MESSAGE_LENGTH = 2000


def main(control: socket.socket, settings: dict[str, Any]) -> None:
    """Answer fork and end requests until the parent goes away; take every child along then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = Limits(**settings["limits"])
    parent = os.getppid()
    try:
        for name in settings["preload"]:
            importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 - whatever an import raises is told to the parent
        wire.send(control, {"error": f"{type(error).__name__}: {error}"})
        return
    gc.collect()
    gc.freeze()
    wire.send(control, {"ready": os.getpid()})
    children: set[int] = set()
    try:
        _answer(control, limits, parent, children)
    finally:
        for pid in children:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _answer(control: socket.socket, limits: Limits, parent: int, children: set[int]) -> None:
    while os.getppid() == parent:
        if not select.select([control], [], [], PARENT_CHECK_SECONDS)[0]:
            continue
        head, fds, _flags, _address = socket.recv_fds(control, 1, 1)
        if head == b"F":
            pid = _fork(fds[0], control, limits)
            children.add(pid)
            wire.send(control, {"pid": pid})
        elif head == b"E":
            order = wire.receive(control, limit=CONTROL_LIMIT)
            wire.send(control, _end(order["pid"], order["grace"], children))
        else:
            return


def _fork(fd: int, control: socket.socket, limits: Limits) -> int:
    pid = os.fork()
    if pid:
        os.close(fd)
        return pid
    code = 1
    try:
        control.close()
        _confine(limits)
        with socket.socket(fileno=fd) as sock:
            _serve(sock, limits)
        code = 0
    finally:
        os._exit(code)


def _end(pid: int, grace: float, children: set[int]) -> dict[str, int | bool]:
    """Give the child `grace` seconds to finish dying by itself, then kill it; say how it ended."""
    if pid not in children:
        return {"signal": 0, "code": 0, "killed": False}
    killed = False
    deadline = time.monotonic() + grace
    done, status = os.waitpid(pid, os.WNOHANG)
    while not done and time.monotonic() < deadline:
        time.sleep(0.002)
        done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        killed = True
        os.kill(pid, signal.SIGKILL)
        done, status = os.waitpid(pid, 0)
    children.discard(pid)
    if os.WIFSIGNALED(status):
        return {"signal": os.WTERMSIG(status), "code": 0, "killed": killed}
    return {"signal": 0, "code": os.WEXITSTATUS(status), "killed": killed}


def _confine(limits: Limits) -> None:
    zygote = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:  # it died before the kernel was told
        os._exit(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders print what hostile files tell them to
    os.setsid()  # a signal to its own group must not reach the zygote
    with contextlib.suppress(OSError):  # when memory runs out, this process and not the worker
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    _allow(limits.memory_bytes, limits.memory_bytes + SLACK_BYTES)


def _allow(soft: int, hard: int) -> None:
    with contextlib.suppress(ValueError):  # some systems refuse to bound address space
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _serve(sock: socket.socket, limits: Limits) -> None:
    while (job := wire.receive(sock, limit=limits.result_bytes)) is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        reply = _perform(job, limits)
        reply["resident"] = _resident_bytes()
        wire.send(sock, reply)


def _perform(job: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        module, _, name = job["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        result = function(*job["args"], **job["kwargs"])
        json.dumps(result)  # here, where running out of memory is still the job's own fault
    except MemoryError:
        _allow(limits.memory_bytes + SLACK_BYTES, limits.memory_bytes + SLACK_BYTES)
        return {"outcome": "memory"}
    except BaseException as error:  # noqa: BLE001 - sys.exit included: the child is here to survive it
        return {
            "outcome": "failed",
            "kind": type(error).__name__,
            "message": str(error)[:MESSAGE_LENGTH],
        }
    return {"outcome": "done", "result": result}


def _resident_bytes() -> int:
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _start() -> NoReturn:
    control = socket.socket(fileno=int(sys.argv[1]))
    main(control, json.loads(sys.argv[2]))
    raise SystemExit(0)


if __name__ == "__main__":
    _start()
