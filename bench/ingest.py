"""How fast a folder of photographs is deposited, beside what a shell does and what decoding alone costs.

    python bench/ingest.py [--n 200] [--rounds 3] [--pictures FOLDER] [--json]

Draws N JPEGs of 12 to 24 megapixels once into FOLDER (default: the user's cache) and runs, in turn and each
in its own processes on two cores:

    whence   `deposit FOLDER --wait --concurrency 2` into a fresh SQLite archive: copy, SHA-256, metadata, two
             JPEGs, database, search words, index, custody; the command's start-up included, the making of
             the empty database not
    shell    `exiftool -json`, then `vipsthumbnail` to 1600 and to 256 pixels, two processes of each
    limit    nothing but Pillow: one `draft()` decode, both sizes saved, two processes

Ratios are photos a second by the wall clock, medians over the rounds; `cpu_ratio` is the same by processor
time, which neighbours on the machine disturb less. Memory is each process's peak resident size. Left out:
uploads over HTTP, PostgreSQL, other formats.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("results.jsonl")
SIZES = (256, 1600)
SHAPES = ((4000, 3000), (4608, 3456), (5184, 3456), (6000, 4000))  # 12, 16, 18, 24 megapixels
REACH = {"shell": 1.2, "limit": 0.8}
PROCESSES = 2
SAMPLE_SECONDS = 0.1


@dataclass
class Spent:
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


@dataclass
class Peak:
    """Most resident bytes of the command itself and of any process below it.

    `processor` holds the seconds each process was last seen to have used: idle decoding children outlive
    their parent by a moment, so that the system's own sum for children misses them.
    """

    worker: int = 0
    child: int = 0
    processor: dict[int, float] = field(default_factory=dict)


def main() -> int:
    parser = argparse.ArgumentParser(description="Speed and memory of depositing a folder.")
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pictures", type=Path, default=cache(), help="where the drawn pictures are kept")
    parser.add_argument("--json", action="store_true", help="one object per line")
    options = parser.parse_args()
    pictures = drawn(options.pictures, options.n)
    spent, peak = race(pictures, options.rounds)
    lines = told(spent, peak, options.n)
    for line in lines:
        print(json.dumps(line) if options.json else in_words(line))
    with RESULTS.open("a", encoding="utf-8") as file:
        stamp = datetime.now(tz=UTC).isoformat(timespec="seconds")
        file.writelines(json.dumps({"at": stamp, **line}) + "\n" for line in lines)
    return 0


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whence-bench"


def drawn(folder: Path, count: int) -> list[Path]:
    """Draw what is not there yet; the same number always has the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"IMG_{number:04}.jpg" for number in range(count)]
    missing = [path for path in paths if not path.exists()]
    for done, path in enumerate(missing):
        draw(path, int(path.stem[4:]))
        if sys.stderr.isatty():
            sys.stderr.write(f"\rdrew {done + 1} of {len(missing)}")
    return paths


def draw(path: Path, number: int) -> None:
    """Soft shapes under fine grain, which compress about as photographs do: 3 bits a pixel."""
    chance = random.Random(number)
    size = SHAPES[number % len(SHAPES)]
    base = Image.frombytes("RGB", (24, 16), chance.randbytes(24 * 16 * 3)).resize(
        size, Image.Resampling.BICUBIC
    )
    grain = Image.effect_noise((size[0] // 2, size[1] // 2), 24).resize(size).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Drawn", f"Bench {number % 5}"
    exif.get_ifd(0x8769)[0x9003] = f"2019:06:{number % 28 + 1:02} 10:{number % 60:02}:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (48.0 + number % 10, float(number % 60), 0.0)
    gps[3], gps[4] = "E", (2.0 + number % 20, float(number % 60), 0.0)
    half = path.with_suffix(".half")
    Image.blend(base, grain, 0.25).save(half, "JPEG", quality=90, exif=exif)
    half.rename(path)


def race(pictures: list[Path], rounds: int) -> tuple[dict[str, Spent], Peak]:
    peak = Peak()
    engines: dict[str, Callable[[list[Path], Path], None]] = {
        "whence": lambda paths, folder: by_whence(paths, folder, peak),
        "limit": by_limit,
    }
    if shutil.which("vipsthumbnail") and shutil.which("exiftool"):
        engines["shell"] = by_shell
    else:
        sys.stderr.write(
            "exiftool and vipsthumbnail (libvips-tools) are not both here: no comparison with them\n"
        )
    spent = {name: Spent() for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            with tempfile.TemporaryDirectory(prefix="whence-bench-") as folder:
                if name == "whence":
                    manage(Path(folder), "migrate", "-v0").wait()
                before, began = processor_seconds(), time.monotonic()
                engine(pictures, Path(folder))
                spent[name].wall.append(time.monotonic() - began)
                seen = sum(peak.processor.values()) if name == "whence" else 0.0
                spent[name].processor.append(max(seen, processor_seconds() - before))
                peak.processor.clear()
    return spent, peak


def by_whence(pictures: list[Path], folder: Path, peak: Peak) -> None:
    words = ["deposit", *map(str, pictures), "--collection", "bench", "--wait"]
    process = manage(folder, *words, "--concurrency", str(PROCESSES))
    watch = threading.Thread(target=observe, args=(process, peak), daemon=True)
    watch.start()
    out, _ = process.communicate()
    watch.join()
    if f"{len(pictures)} stored" not in out.decode():
        raise SystemExit(f"not every picture was stored: {out.decode()[-300:]}")


def manage(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("WHENCE_", "DATABASE_"))
    }
    return subprocess.Popen(
        [sys.executable, str(PROJECT / "manage.py"), *words],
        env=kept | {"WHENCE_DATA_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def by_shell(pictures: list[Path], folder: Path) -> None:
    """As the numbers of a mature toolbox: batches, no process per file."""
    halves = [pictures[n::PROCESSES] for n in range(PROCESSES)]
    commands = [["exiftool", "-json", *map(str, half)] for half in halves]
    together(commands, folder)
    for size in SIZES:
        options = ["--size", f"{size}x{size}>", "-o", f"{folder}/%s-{size}.jpg[Q=82,strip]"]
        together([["vipsthumbnail", *map(str, half), *options] for half in halves], folder)


def together(commands: list[list[str]], folder: Path) -> None:
    environment = os.environ | {"VIPS_CONCURRENCY": "1"}
    with (folder / "out").open("ab") as out:
        running = [subprocess.Popen(command, stdout=out, env=environment) for command in commands]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit(f"{commands[0][0]} failed")


def by_limit(pictures: list[Path], folder: Path) -> None:
    halves = [(pictures[n::PROCESSES], folder) for n in range(PROCESSES)]
    running = [multiprocessing.Process(target=decode_all, args=half) for half in halves]
    for process in running:
        process.start()
    for process in running:
        process.join()
        if process.exitcode:
            raise SystemExit("decoding failed")


def decode_all(pictures: list[Path], folder: Path) -> None:
    for path in pictures:
        with Image.open(path) as image:
            width, height = image.size
            large, small = (
                (round(width * size / max(width, height)), round(height * size / max(width, height)))
                for size in (1600, 256)
            )
            image.draft("RGB", large)
            shown = image.resize(large, Image.Resampling.BICUBIC, reducing_gap=2.0)
        shown.save(folder / f"{path.stem}-1600.jpg", quality=82)
        shown.resize(small, Image.Resampling.BICUBIC, reducing_gap=2.0).save(
            folder / f"{path.stem}-256.jpg", quality=82
        )


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def observe(process: subprocess.Popen[bytes], peak: Peak) -> None:
    while process.poll() is None:
        peak.worker = max(peak.worker, resident_peak(process.pid))
        peak.processor[process.pid] = used_by(process.pid)
        for child in descendants(process.pid):
            peak.child = max(peak.child, resident_peak(child))
            peak.processor[child] = max(used_by(child), peak.processor.get(child, 0.0))
        time.sleep(SAMPLE_SECONDS)


def descendants(pid: int) -> list[int]:
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text().split():
                    found += [int(child), *descendants(int(child))]
    return found


def used_by(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def resident_peak(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def told(spent: dict[str, Spent], peak: Peak, count: int) -> list[dict[str, Any]]:
    wall = {name: statistics.median(each.wall) for name, each in spent.items()}
    processor = {name: statistics.median(each.processor) for name, each in spent.items()}
    lines: list[dict[str, Any]] = [
        {
            "bench": "ingest",
            "engine": name,
            "n": count,
            "case": "12-24 MP JPEG, two cores",
            "per_second": round(count / wall[name], 2),
            "cpu_ms": round(1000 * processor[name] / count, 1),
        }
        for name in spent
    ]
    for other, reach in REACH.items():
        if other in spent:
            ratios = {
                "ratio": round(wall[other] / wall["whence"], 2),
                "cpu_ratio": round(processor[other] / processor["whence"], 2),
            }
            lines.append(lines[0] | ratios | {"against": other, "reach": reach})
    memory = {"worker_mb": round(peak.worker / 2**20), "child_mb": round(peak.child / 2**20)}
    return [*lines, {"bench": "ingest", "engine": "whence", "n": count, "case": "peak memory", **memory}]


def in_words(line: dict[str, Any]) -> str:
    if "worker_mb" in line:
        return f"peak memory: worker {line['worker_mb']} MB, decoding child {line['child_mb']} MB"
    if "against" in line:
        return (
            f"{line['ratio']} x {line['against']} by the clock, {line['cpu_ratio']} x by processor time"
            f" (to reach: {line['reach']})"
        )
    return f"{line['engine']:7} {line['per_second']:6} photos/s, {line['cpu_ms']} ms of processor time each"


if __name__ == "__main__":
    raise SystemExit(main())
