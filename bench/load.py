"""How many readers a few web workers serve: wrk against the atlas, the list and Explore.

    python bench/load.py [--data FOLDER] [--workers 4] [--seconds 15] [--connections 16] [--json]

Serves the scratch archive that bench/atlas.py filled, as a stranger sees it, and lets `wrk` (of the system)
ask views of all zooms, round some large towns, with and without filters: no answer comes from a shared cache.
Load and server share the machine's cores. Prints requests a second, the median, the 95th percentile, errors,
and what each worker holds in memory of its own.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.site import Site, served

RESULTS = Path(__file__).with_name("results.jsonl")
ADDRESSES = 2000
TILE_PX, WIDTH_PX, HEIGHT_PX = 256, 1200, 700
FILTERS = (
    "",
    "",
    "collection=loadtest-1&",
    "from=1990&to=1999&",
    "status=place-unreviewed&",
    "licence=none&",
)
TOWNS = ((48.8, 2.3), (35.7, 139.7), (-33.9, 151.2), (40.7, -74.0), (30.0, 31.2))
SCRIPT = """
local addresses = {}
for line in io.lines(os.getenv("WHENCE_ADDRESSES")) do addresses[#addresses + 1] = line end
local at = 0
init = function() math.randomseed(os.time()) at = math.random(#addresses) end
request = function()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at], {["Accept-Encoding"] = "gzip"})
end
done = function(summary, latency)
  local errors = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("RESULT %f %f %f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, errors))
end
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Web workers under load.")
    parser.add_argument("--data", type=Path, help="folder of the scratch archive")
    parser.add_argument(
        "--n", type=int, default=1_000_000, help="photos in it, for its usual name and the record"
    )
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--json", action="store_true", help="one object per line")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: apt install wrk")
    folder = options.data or Path(tempfile.gettempdir()) / f"whence-bench-{options.n}"
    lines = []
    with served(folder, workers=options.workers) as site:
        for case, addresses in cases().items():
            figures = hurried(site, addresses, options)
            lines.append({"bench": "load", "engine": "columns", "n": options.n, "case": case, **figures})
        held = site.memory_mb()
    with RESULTS.open("a", encoding="utf-8") as file:
        stamp = datetime.now(tz=UTC).isoformat(timespec="seconds")
        file.writelines(json.dumps({"at": stamp, **line}) + "\n" for line in lines)
    for line in lines:
        words = (
            f"{line['case']:10}{line['per_second']:9.1f} a second   p50 {line['p50_ms']:8.1f} ms"
            f"   p95 {line['p95_ms']:8.1f} ms   errors {line['errors']}"
        )
        print(json.dumps(line) if options.json else words)
    if not options.json:
        print("memory of its own, MB:", ", ".join(str(megabytes) for _, megabytes in sorted(held)))
    return 0


def cases() -> dict[str, list[str]]:
    """Addresses to ask, made the same way in every run."""
    dice = random.Random(1)
    views = [_view(dice) for _ in range(ADDRESSES)]
    return {
        "atlas": [f"/api/atlas?{query}zoom={zoom}" for query, zoom in views],
        "list": [f"/api/photos?{query}limit=60" for query, _ in views],
        "explore": [f"/?{query}" for query, _ in views],
    }


def _view(dice: random.Random) -> tuple[str, int]:
    """A filter and a view of 1200 × 700 pixels round some place where people live."""
    zoom = dice.choice((2, 4, 5, 6, 8, 10, 12, 14))
    query = dice.choice(FILTERS)
    if zoom == 2:
        return query, zoom
    latitude, longitude = dice.choice(
        ((48.8, 2.3), (35.7, 139.7), (-33.9, 151.2), (40.7, -74.0), (30.0, 31.2))
    )
    latitude, longitude = latitude + dice.gauss(0, 2), longitude + dice.gauss(0, 4)
    degrees = 360 / (TILE_PX * 2**zoom)
    wide = WIDTH_PX / 2 * degrees
    high = HEIGHT_PX / 2 * degrees * math.cos(math.radians(latitude))
    sides = (longitude - wide, max(-85, latitude - high), longitude + wide, min(85, latitude + high))
    return f"{query}bbox={','.join(f'{side:.5f}' for side in sides)}&", zoom


def hurried(site: Site, addresses: list[str], options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder) / "wrk.lua", Path(folder) / "addresses"
        script.write_text(SCRIPT, encoding="utf-8")
        listed.write_text("\n".join(addresses), encoding="utf-8")
        command = ["wrk", "-t", "2", "-c", str(options.connections), "-d", f"{options.seconds}s"]
        done = subprocess.run(
            [*command, "--timeout", "20s", "-s", str(script), site.url],
            capture_output=True,
            text=True,
            check=True,
            env={"WHENCE_ADDRESSES": str(listed), "PATH": "/usr/bin:/bin"},
        )
    found = re.search(r"RESULT (\S+) (\S+) (\S+) (\d+)", done.stdout)
    if found is None:
        sys.exit(f"wrk said something else:\n{done.stdout}")
    per_second, p50, p95 = (round(float(text), 1) for text in found.groups()[:3])
    return {"per_second": per_second, "p50_ms": p50, "p95_ms": p95, "errors": int(found[4])}


if __name__ == "__main__":
    sys.exit(main())
