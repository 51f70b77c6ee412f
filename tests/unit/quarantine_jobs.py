"""What the quarantine tests run in children: honest work and every way of going wrong."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time


def double(number: int, *, plus: int = 0) -> int:
    return 2 * number + plus


def pid() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)


def loop() -> None:
    while True:
        pass


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def swallow(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def grow(kept: list[bytearray] = []) -> int:  # noqa: B006 - a leak is what this is
    """Keep 20 MiB more at every call."""
    kept.append(bytearray(b"x") * (20 * 2**20))
    return os.getpid()


def fill_answer(megabytes: int) -> str:
    return "x" * (megabytes * 2**20)


def raise_value_error() -> None:
    raise ValueError("not a number")


def leave() -> None:
    sys.exit(3)


def vanish() -> None:
    os._exit(7)


def signal_self(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(5)


def overrun() -> None:
    ctypes.string_at(8)


def unspeakable() -> object:
    return object()


def ignore_signals_and_loop() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):
        signal.signal(number, signal.SIG_IGN)
    loop()


def close_every_file_and_sleep() -> None:
    os.closerange(3, 256)
    time.sleep(60)


def answer_nonsense() -> None:
    """Write into the channel of answers what is none, as code that has taken the child over might."""
    for fd in range(3, 64):
        try:
            os.write(fd, b"\0\0\0\4nope")
        except OSError:
            continue
    os._exit(0)


def promise_too_much() -> None:
    for fd in range(3, 64):
        try:
            os.write(fd, b"\xff\xff\xff\xff")
        except OSError:
            continue
    time.sleep(60)


def hoard(megabytes: int, kept: list[bytearray] = []) -> int:  # noqa: B006 - a leak is what this is
    """Keep address space without using it: what a decoder's leavings look like from outside."""
    kept.append(bytearray(megabytes * 2**20))
    return os.getpid()


def ask_a_library_for(megabytes: int) -> int:
    """Need memory through a library that has its own word for having got none."""
    try:
        return len(bytearray(megabytes * 2**20))
    except MemoryError:
        raise RuntimeError(f"Allocating {megabytes} MB failed") from None
