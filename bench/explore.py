"""What a reader's browser feels on Explore: first view, moving the map, brushing the timeline.

    python bench/explore.py [--data FOLDER] [--rounds 5] [--query QUERY] [--chromium PATH] [--json]

Serves the scratch archive that bench/atlas.py filled and drives Chromium at 1440 × 900, a fresh browser with
a cold cache each round. Wire bytes are counted without thumbnails (the scratch archive has no pictures). A
task is long from 50 ms, as the browser itself reports it. Frames are counted while the brush is dragged in 60
steps over the timeline; requests meanwhile should be none. Drawing is done by software where there is no GPU,
which is part of what is measured. Peer: the limits to reach, printed beside each figure.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.site import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RESULTS = Path(__file__).with_name("results.jsonl")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET_MS = 700
STEPS = 60
REACH = {"wire_kb": 350, "lcp_ms": 1000, "task_ms": 50, "frame_ms": 16, "brush_requests": 0}
WATCH = """
  window.__seen = {lcp: 0, tasks: []};
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({type, buffered: true});
  watch("largest-contentful-paint", (entry) => { window.__seen.lcp = entry.startTime; });
  watch("longtask", (entry) => { window.__seen.tasks.push(entry.duration); });
"""
TRANSFERRED = """
  () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter((entry) => !/\\/256\\.jpg/.test(entry.name)).reduce((sum, entry) => sum + entry.transferSize, 0)
"""
FRAMES = """
  () => {
    window.__frames = [];
    let last = performance.now();
    const tick = (now) => {
      window.__frames.push(now - last);
      last = now;
      window.__ticking = requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="First view, panning, zooming and brushing in a browser.")
    parser.add_argument("--data", type=Path, help="folder of the scratch archive")
    parser.add_argument(
        "--n", type=int, default=1_000_000, help="photos in it, for its usual name and the record"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--query", default="", help="Selection to open, as in the address")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "/usr/bin/chromium")
    parser.add_argument("--json", action="store_true", help="one object per line")
    options = parser.parse_args()
    folder = options.data or Path(tempfile.gettempdir()) / f"whence-bench-{options.n}"
    lines = measure(folder, options)
    with RESULTS.open("a", encoding="utf-8") as file:
        stamp = datetime.now(tz=UTC).isoformat(timespec="seconds")
        file.writelines(json.dumps({"at": stamp, **line}) + "\n" for line in lines)
    for line in lines:
        reach = REACH.get(line["case"].split(",")[-1].strip())
        print(
            json.dumps(line)
            if options.json
            else f"{line['case']:34}{line['p50']:10.1f}   worst {line['worst']:8.1f}   "
            + (f"to reach {reach}" if reach is not None else "")
        )
    return 0


def measure(folder: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this benchmark needs it

    figures: dict[str, list[float]] = {}
    with served(folder, workers=2) as site, sync_playwright() as play:
        address = f"{site.url}/?{options.query}" if options.query else f"{site.url}/"
        for round_ in range(options.rounds + 1):
            browser = play.chromium.launch(executable_path=options.chromium, args=FLAGS)
            found = one_reader(browser, address)
            browser.close()
            if round_:  # the first warms the server
                for name, value in found.items():
                    figures.setdefault(name, []).append(value)
    return [
        {
            "bench": "explore",
            "engine": "columns",
            "n": options.n,
            "case": name,
            "p50": round(statistics.median(values), 1),
            "worst": round(max(values), 1),
        }
        for name, values in figures.items()
    ]


def one_reader(browser: Browser, address: str) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    page.goto(address)
    settle(page)
    found: dict[str, float] = {
        "first view, wire_kb": page.evaluate(TRANSFERRED) / 1000,
        "first view, lcp_ms": page.evaluate("() => window.__seen.lcp"),
        "first view, task_ms": longest(page),
    }
    surface = page.locator("photo-map .map-surface")
    box = surface.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(3):
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(middle[0] - 180, middle[1] + 40, steps=12)
        page.mouse.up()
        settle(page)
    found["pan, task_ms"] = longest(page)
    for _ in range(4):
        page.get_by_role("button", name="Zoom in", exact=True).click()
        settle(page)
    found["zoom, task_ms"] = longest(page)
    page.get_by_role("button", name="Show everything, everywhere").click()
    settle(page)
    longest(page)
    return found | brush(page)


def brush(page: Page) -> dict[str, float]:
    """Drag a range over the timeline and back."""
    track = page.locator("time-line .track").bounding_box()
    assert track is not None
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    height = track["y"] + track["height"] / 3
    left, wide = track["x"] + track["width"] * 0.45, track["width"] * 0.5
    page.mouse.move(left, height)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(1, STEPS + 1):
        page.mouse.move(left + wide * step / STEPS, height)
        page.wait_for_timeout(16)
    frames = page.evaluate(
        "() => { cancelAnimationFrame(window.__ticking); return window.__frames.slice(1); }"
    )
    requests = len(asked)
    task = longest(page)
    page.mouse.up()
    settle(page)
    ordered = sorted(frames)
    return {
        "brush, frame_ms": statistics.median(ordered),
        "brush, frame p95": ordered[int(0.95 * len(ordered)) - 1],
        "brush, task_ms": task,
        "brush, brush_requests": float(requests),
    }


def settle(page: Page) -> None:
    """Wait until the answer is drawn and nothing was asked for a while."""
    page.wait_for_function("() => !document.querySelector('explore-view')?.hasAttribute('aria-busy')")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(QUIET_MS)


def longest(page: Page) -> float:
    """Return the longest task since last asked, 0 when none was long, and begin anew."""
    return float(page.evaluate("() => Math.max(0, ...window.__seen.tasks.splice(0))"))


if __name__ == "__main__":
    sys.exit(main())
