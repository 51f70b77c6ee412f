"""Real processes that build the columns are killed: what stands stays usable, what is left is cleared."""

from __future__ import annotations

import time

import pytest

from archive.atlas.columns import layout
from tests.faults.machine import kill_tree

STOPPING = """
import time
from pathlib import Path
from archive.atlas.columns import building, layout, rebuilding

def stop(*args, **kwargs):
    Path({sign!r}).write_text("here")
    time.sleep(600)

class Half(layout.Writer):
    def add(self, name, array):
        if len(self._arrays) > 9:
            stop()
        super().add(name, array)

{change}
rebuilding.rebuild()
"""
MOMENTS = {
    "while reading": "building.columns_of = stop",
    "half written": "building.Writer = Half",
    "before it is on disk": "layout.os.fsync = stop",
    "before it takes its place": "layout.Path.replace = stop",
    "after it took its place": "layout._sync = stop",
}
SEEN = """
from archive.atlas.columns import following
from archive.catalogue.models import Photo
view = following.view()
shown = sum(len(p.single) - p.hidden.size for p in view.pieces if p.for_inside)
print(following.engine(), shown == Photo.objects.count())
"""


def wait_for(path, limit: float = 60) -> None:
    deadline = time.monotonic() + limit
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} does not come"
        time.sleep(0.02)


@pytest.mark.timeout(300)
def test_killed_at_any_moment_a_build_leaves_a_file_that_is_whole(machine, tmp_path):
    machine.manage("loadtest_data", "200")
    machine.manage("rebuild_atlas", "--columns")
    machine.manage("loadtest_data", "50")
    atlas = machine.folder / "atlas"
    first = (atlas / "columns").stat().st_ino
    for number, (moment, change) in enumerate(MOMENTS.items()):
        sign = tmp_path / f"sign-{number}"
        doomed = machine.start("shell", "-v0", "-c", STOPPING.format(sign=str(sign), change=change))
        wait_for(sign)
        kill_tree(doomed.pid)
        doomed.wait()
        photos = layout.opened(atlas / "columns").said["photos"]
        replaced = (atlas / "columns").stat().st_ino != first
        assert (photos, replaced) == ((250, True) if moment.startswith("after") else (200, False)), moment
        if not replaced:
            assert len(list(atlas.glob("*.part"))) == (0 if moment == "while reading" else 1), moment
    assert machine.manage("shell", "-v0", "-c", SEEN).split() == ["columns", "True"]
    machine.manage("rebuild_atlas", "--columns")
    assert sorted(path.name for path in atlas.iterdir()) == ["columns", "lock"]


@pytest.mark.timeout(300)
def test_a_worker_builds_the_columns_by_itself_and_another_after_it_was_killed(machine):
    machine.manage("loadtest_data", "50")
    columns = machine.folder / "atlas" / "columns"
    for _ in range(2):
        worker = machine.start("work", wrapper=("env", "WHENCE_ATLAS=columns"))
        wait_for(columns)
        kill_tree(worker.pid)
        worker.wait()
        assert layout.opened(columns).said["photos"] == 50
        columns.unlink()


def test_a_worker_that_only_empties_the_queue_builds_nothing(machine):
    machine.manage("loadtest_data", "5")
    worker = machine.start("work", "--once", wrapper=("env", "WHENCE_ATLAS=columns"))
    assert worker.wait(timeout=60) == 0
    assert not (machine.folder / "atlas").exists()
