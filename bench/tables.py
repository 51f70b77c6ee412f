"""What bench/atlas.py measured, for people."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

ENGINES = ("columns", "sql", "duckdb", "supercluster")


def show(lines: list[dict[str, Any]], results: Path, *, as_json: bool) -> None:
    if as_json:
        for line in lines:
            print(json.dumps(line))
        return
    from django.db import connection  # noqa: PLC0415 - after django.setup

    built, held = lines[0], lines[-1]
    print(
        f"{built['n']:,} photos, {connection.vendor}; the column file: {built['seconds']} s to build,",
        end=" ",
    )
    print(
        f"{built['bytes_a_photo']} bytes a photo; a worker holds {held['own_mb']} MB of its own and maps",
        end=" ",
    )
    print(f"{held['mapped_mb']} MB that all workers share.\nMedian ms of each engine (worst of its rounds).")
    asked: dict[tuple[str, int, str], dict[str, str]] = {}
    for line in lines[1:-1]:
        cell = f"{line['p50_ms']:.1f} ({line['p95_ms']:.1f})"
        asked.setdefault((line["case"], line["zoom"], line["filter"]), {})[line["engine"]] = cell
    engines = [name for name in ENGINES if any(name in found for found in asked.values())]
    print(f"{'':30}" + "".join(f"{name:>20}" for name in engines))
    for (what, zoom, filtered), found in sorted(asked.items()):
        print(f"{what:8}z{zoom:<4}{filtered:17}" + "".join(f"{found.get(name, ''):>20}" for name in engines))
    for what in ("answer", "again", "cube", "page"):
        figures = [line for line in lines[1:-1] if (line["engine"], line["case"]) == ("columns", what)]
        if figures:
            print(f"columns, {what}: slowest case p95 {max(line['p95_ms'] for line in figures)} ms")
    growth(lines, results)


def growth(lines: list[dict[str, Any]], results: Path) -> None:
    """Compare with the last run kept for a tenth of the photos."""
    earlier = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    before = {
        (line["zoom"], line["filter"]): line["p50_ms"]
        for line in earlier
        if line.get("bench") == "atlas" and line.get("n") == lines[0]["n"] // 10
        if (line["engine"], line["case"]) == ("columns", "answer")
    }
    found: dict[int, list[float]] = {}
    for line in lines[1:-1]:
        then = before.get((line["zoom"], line["filter"]))
        if then and (line["engine"], line["case"]) == ("columns", "answer"):
            found.setdefault(line["zoom"], []).append(line["p50_ms"] / then)
    for zoom, ratios in sorted(found.items()):
        times = statistics.median(ratios)
        print(f"z{zoom}: {times:.1f} × the time of a tenth of the photos (median of filters)")
