"""`inspect PATH...`: what each file says, without storing it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from archive.gazetteer import zone_at
from archive.metadata import Reading, report
from archive.metadata.report import refusal
from archive.quarantine import Failed, Limits, OutOfMemory, Quarantine, QuarantineError, TimedOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AHEAD = 8  # files under way for each worker: bounds memory, keeps order
BAR_WIDTH = 30
CODES = {TimedOut: "took_too_long", OutOfMemory: "took_too_much_memory", Failed: "unreadable"}
SIDECAR = ".xmp"


class Command(BaseCommand):
    help = (
        "Read photographs without storing them. Folders are searched through; XMP sidecars are paired by "
        "name (a.jpg with a.xmp or a.jpg.xmp) and get a line of their own too. Exit status 0 when every file "
        "was read, 1 when one was refused, 2 on wrong usage."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        parser.add_argument("--workers", type=_count, default=os.cpu_count() or 2, help="files read at once")

    def handle(self, *args: Any, **options: Any) -> None:
        roots = [Path(name) for name in options["paths"]]
        missing = [root for root in roots if not root.exists()]
        for root in missing:
            self.stderr.write(f"{root}: there is no such file or folder.")
        if missing:
            raise SystemExit(2)
        files = [path for root in roots for path in _files(root)]
        bar = Bar(len(files), shown=sys.stderr.isatty())
        try:
            unread = self._show(files, bar, **options)
        except BrokenPipeError:  # the reader of our lines has gone, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None
        if unread:
            raise SystemExit(1)

    def _show(self, files: list[Path], bar: Bar, **options: Any) -> int:
        """Print the answers and return how many files were not read."""
        unread = 0
        for answer in _answers(files, workers=options["workers"]):
            unread += not answer.was_read
            bar.clear()
            self.stdout.write(json.dumps(answer.line) if options["json"] else words(answer.line))
            bar.step()
        bar.clear()
        return unread


class Bar:
    """A progress bar on standard error, silent when that is no terminal."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self.total, self.done, self.shown = total, 0, shown

    def step(self) -> None:
        self.done += 1
        if self.shown:
            full = BAR_WIDTH * self.done // max(1, self.total)
            sys.stderr.write(f"\r[{'#' * full}{'.' * (BAR_WIDTH - full)}] {self.done} of {self.total}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")


@dataclass(frozen=True, slots=True)
class Answer:
    line: dict[str, Any]
    was_read: bool


def words(answer: dict[str, Any]) -> str:
    """Return one line for people."""
    size = f"{answer['width']}×{answer['height']}" if answer["width"] else None
    where = f"{answer['latitude']:.6f},{answer['longitude']:.6f}" if answer["latitude"] is not None else None
    when = f"{answer['taken_local']}{answer['taken_offset'] or ''}" if answer["taken_local"] else None
    device = " ".join(part for part in (answer["make"], answer["model"]) if part) or None
    problems = "; ".join(problem["message"] for problem in answer["problems"]) or None
    parts = (answer["path"], answer["format"], size, when, where, device, problems)
    return "  ".join(_plain(part) for part in parts if part)


def _plain(text: str) -> str:
    """Escape what would move a terminal's cursor or break the line."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return
    for folder, folders, names in os.walk(root):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names))


def _answers(files: Iterable[Path], *, workers: int) -> Iterator[Answer]:
    """Yield an answer for each file, in order, `workers` of them read at once."""
    limits = Limits(
        memory_bytes=settings.CHILD_MEMORY_BYTES,
        cpu_seconds=settings.CHILD_SECONDS,
        wall_seconds=settings.CHILD_SECONDS * 2.0,
    )
    neighbours = Neighbours()
    with (
        Quarantine(preload=["archive.metadata.errand"], limits=limits, size=workers) as quarantine,
        ThreadPoolExecutor(workers) as threads,
    ):
        waiting: deque[Future[Answer]] = deque()
        for path in files:
            waiting.append(threads.submit(_answer, quarantine, path, neighbours.sidecars(path)))
            if len(waiting) >= AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _answer(quarantine: Quarantine, path: Path, sidecars: list[Path]) -> Answer:
    try:
        told = quarantine.run(
            "archive.metadata.errand:read_apart",
            str(path),
            sidecars=[str(sidecar) for sidecar in sidecars],
            most_pixels=settings.MAX_PIXELS,
        )
        if "refused" in told:
            return Answer(refusal(path, **told["refused"]), was_read=False)
        reading = Reading.from_json(told["reading"])
    except QuarantineError as error:
        return _unread(path, CODES.get(type(error), "unreadable"), str(error))
    except (ValueError, TypeError, KeyError) as error:  # a child that lost its mind answers nonsense
        return _unread(path, "unreadable", f"The answer made no sense: {error}.")
    zone = zone_at(reading.place.latitude, reading.place.longitude) if reading.place else None
    return Answer(report(reading, path=str(path), zone=zone), was_read=True)


def _unread(path: Path, code: str, reason: str) -> Answer:
    return Answer(refusal(path, code=code, reason=reason), was_read=False)


class Neighbours:
    """The sidecars beside a file, names compared without case; remembers one folder at a time."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._sidecars: dict[str, Path] = {}

    def sidecars(self, path: Path) -> list[Path]:
        if path.suffix.lower() == SIDECAR:
            return []
        if path.parent != self._folder:
            self._folder = path.parent
            beside = sorted(path.parent.iterdir())
            self._sidecars = {p.name.lower(): p for p in beside if p.suffix.lower() == SIDECAR}
        wanted = (path.stem.lower() + SIDECAR, path.name.lower() + SIDECAR)
        return [self._sidecars[name] for name in wanted if name in self._sidecars]


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("write a whole number of at least 1")
    return int(text)
