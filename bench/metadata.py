"""How much of a folder's metadata is read rightly, and how fast beside ExifTool.

    python bench/metadata.py --truth FOLDER [--json]

FOLDER holds expected.json (see exiftool_truth.py) and the files it names. Both engines use one core: ours
reads in this process, with SHA-256, without a quarantine child (0.5 ms more each); ExifTool runs as one
batch, `-fast2 -n -json`, its start-up included and spread over three passes of the files. Time is processor
time, so that neighbours on the machine disturb it little. Left out: writing the answers.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.metadata import Refused, read, report
from archive.metadata.report import refusal
from bench import exiftool_truth

ROUNDS = 5
PASSES = 3
REACH = 10.0
RESULTS = Path(__file__).with_name("results.jsonl")


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Correctness and speed of reading metadata, beside ExifTool."
    )
    parser.add_argument("--truth", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="one object per line")
    options = parser.parse_args()
    truth = exiftool_truth.load(options.truth)
    paths = {name: options.truth / name for name in truth}
    cells = exiftool_truth.compare(truth, {name: answer(path) for name, path in paths.items()})
    speeds = race(list(paths.values()))
    lines = [*correctness(cells, len(paths)), *throughput(speeds, len(paths))]
    show(cells, speeds, lines, as_json=options.json)
    with RESULTS.open("a", encoding="utf-8") as file:
        stamp = datetime.now(tz=UTC).isoformat(timespec="seconds")
        file.writelines(json.dumps({"at": stamp, **line}) + "\n" for line in lines)
    return 0


def answer(path: Path) -> dict[str, Any]:
    try:
        return report(read(path), path=str(path))
    except Refused as error:
        return refusal(path, code=error.code, reason=error.reason)


def race(paths: Sequence[Path]) -> dict[str, list[float]]:
    """Return photos per processor second of each engine, a figure a round, the engines taking turns."""
    engines: dict[str, Callable[[Sequence[Path]], None]] = {"whence": run_whence}
    if shutil.which("exiftool"):
        engines["exiftool"] = run_exiftool
    speeds: dict[str, list[float]] = {name: [] for name in engines}
    for name, engine in engines.items():
        engine(paths)  # warm: the page cache holds the files for both
        speeds[name].clear()
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            begun = processor_seconds()
            engine([*paths] * PASSES)
            speeds[name].append(len(paths) * PASSES / (processor_seconds() - begun))
    return speeds


def processor_seconds() -> float:
    """Return the time this process and its ended children have computed, in user and kernel mode."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def run_whence(paths: Sequence[Path]) -> None:
    for path in paths:
        answer(path)


def run_exiftool(paths: Sequence[Path]) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".args", encoding="utf-8") as arguments:
        arguments.writelines(f"{path.resolve()}\n" for path in paths)
        arguments.flush()
        subprocess.run(
            ["exiftool", "-fast2", "-n", "-json", "-charset", "filename=utf8", "-@", arguments.name],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,  # it exits 1 when one file has an error, as some here have
        )


def correctness(cells: Sequence[exiftool_truth.Cell], files: int) -> list[dict[str, Any]]:
    tally = {outcome: sum(cell.outcome == outcome for cell in cells) for outcome in exiftool_truth.OUTCOMES}
    asked = tally["exact"] + tally["wrong"] + tally["missing"]
    line = {"bench": "metadata", "engine": "whence", "n": files, "case": "correctness", **tally}
    return [line | {"ratio": round(tally["exact"] / max(1, asked), 4), "against": "exiftool"}]


def throughput(speeds: dict[str, list[float]], files: int) -> list[dict[str, Any]]:
    lines = []
    peer = statistics.median(speeds["exiftool"]) if "exiftool" in speeds else None
    for name, figures in speeds.items():
        line = {"bench": "metadata", "engine": name, "n": files, "case": "one core"}
        line["per_second"] = round(statistics.median(figures), 1)
        if name == "whence" and peer:
            line |= {"ratio": round(statistics.median(figures) / peer, 2), "against": "exiftool"}
        lines.append(line)
    return lines


def show(
    cells: Sequence[exiftool_truth.Cell],
    speeds: dict[str, list[float]],
    lines: Sequence[dict[str, Any]],
    *,
    as_json: bool,
) -> None:
    if as_json:
        for line in lines:
            print(json.dumps(line))
        return
    print(exiftool_truth.table(cells))
    for cell in cells:
        if cell.outcome != "exact":
            print(f"  {cell.outcome:8}{cell.field:14}{cell.name}: {cell.want} / {cell.have}")
    for line in lines[1:]:
        ratio = f", {line['ratio']} × {line['against']} (reach: {REACH:g})" if "ratio" in line else ""
        print(f"{line['engine']:9}{line['per_second']:9.1f} photos/s on one core{ratio}")
    if "exiftool" not in speeds:
        print("exiftool is not installed: no ratio. Install it (Debian: libimage-exiftool-perl).")


if __name__ == "__main__":
    sys.exit(main())
