"""Drawing the demo into a folder, on all processors, safe to interrupt and to run again."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from archive.management.demo.scenes import DemoFile

_UNFINISHED = ".unfinished-"


def path_of(file: DemoFile, folder: Path) -> Path:
    """Return where a file is drawn to: a folder for each collection."""
    return folder / file.collection / file.name


def sidecar_of(path: Path) -> Path:
    """Return the name of a file's sidecar: the same with `.xmp` for its ending."""
    return path.with_suffix(".xmp")


def produce(
    files: Iterable[DemoFile],
    folder: Path,
    *,
    processes: int | None = None,
    on_done: Callable[[DemoFile, Path], None] | None = None,
) -> int:
    """Draw the files that are not in the folder yet; returns how many were drawn.

    Each appears under its name only when whole. `on_done` is called in this process, in order of
    completion, for each file drawn. `processes` is the number of drawing processes (default: one for each
    processor, at most 8).
    """
    for unfinished in folder.glob(f"{_UNFINISHED}*"):
        unfinished.unlink(missing_ok=True)
    missing = [file for file in files if not _is_there(file, path_of(file, folder))]
    if not missing:
        return 0
    workers = processes or min(8, os.cpu_count() or 1, len(missing))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = {pool.submit(draw_to, file, path_of(file, folder)): file for file in missing}
        try:
            for done in as_completed(waiting):
                path = done.result()
                if on_done is not None:
                    on_done(waiting[done], path)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return len(missing)


def _is_there(file: DemoFile, path: Path) -> bool:
    return path.is_file() and (file.sidecar is None or sidecar_of(path).is_file())


def draw_to(file: DemoFile, path: Path) -> Path:
    """Draw one file, and its sidecar if it has one, each put in place by renaming."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.sidecar is not None:
        _put(sidecar_of(path), file.sidecar)
    _put(path, file.draw())
    return path


def _put(path: Path, content: bytes) -> None:
    unfinished = path.parent.parent / f"{_UNFINISHED}{path.parent.name}-{path.name}"
    unfinished.write_bytes(content)
    unfinished.replace(path)
