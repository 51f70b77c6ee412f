"""When columns are built anew, and by whom."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from archive.atlas.columns import following, rebuilding, store
from archive.catalogue import changes
from tests.db.atlas.columns.seeing import held, shown
from tests.db.making import a_photo

pytestmark = pytest.mark.django_db


def test_columns_are_wanted_from_so_many_photos_on(settings):
    settings.ATLAS_COLUMNS_FROM = 2
    a_photo()
    assert rebuilding.reason_to_rebuild() == ""
    a_photo()
    assert "none" in rebuilding.reason_to_rebuild()
    rebuilding.rebuild()
    assert rebuilding.reason_to_rebuild() == ""


@pytest.mark.parametrize(("chosen", "wanted"), [("columns", True), ("sql", False)])
def test_the_setting_decides_whatever_the_size(settings, chosen, wanted):
    settings.ATLAS = chosen
    a_photo()
    assert bool(rebuilding.reason_to_rebuild()) == wanted


def test_columns_are_wanted_anew_after_many_changes(monkeypatch):
    photo = a_photo()
    rebuilding.rebuild()
    monkeypatch.setattr(rebuilding, "REBUILD_AFTER", 3)
    for _ in range(3):
        changes.note(photo)
    assert rebuilding.reason_to_rebuild() == ""
    changes.note(photo)
    assert "changes" in rebuilding.reason_to_rebuild()


def test_columns_are_wanted_anew_when_the_file_has_another_format(monkeypatch):
    a_photo()
    monkeypatch.setattr("archive.atlas.columns.layout.FORMAT", 0)
    rebuilding.rebuild()
    monkeypatch.undo()
    assert "format 0" in rebuilding.reason_to_rebuild()
    assert following.view() is None


def test_one_builds_at_a_time():
    with rebuilding._alone():
        assert rebuilding.is_running()
        with pytest.raises(rebuilding.BusyError, match="wait"):
            rebuilding.rebuild()
    assert not rebuilding.is_running()


def test_a_build_clears_what_killed_ones_left(monkeypatch):
    left = store.path().with_name("columns.12345.part")
    left.parent.mkdir()
    left.write_bytes(b"half")
    rebuilding.rebuild()
    assert sorted(path.name for path in store.folder().iterdir()) == ["columns", "lock"]


def test_the_command_indexes_again_and_builds_the_columns(capsys):
    a_photo()
    call_command("rebuild_atlas")
    told = capsys.readouterr().out
    assert re.search(r"1 photos indexed again\ncolumns of 1 photos built: \d+ bytes, \d+\.\d s", told)
    assert shown(following.view()) == held()


def test_the_command_can_leave_the_rows_as_they_are(capsys):
    a_photo()
    before = held()
    call_command("rebuild_atlas", "--columns")
    assert "indexed" not in capsys.readouterr().out
    assert held() == before == shown(following.view())


def test_the_command_says_why_nothing_was_built():
    with rebuilding._alone(), pytest.raises(CommandError, match="another process"):
        call_command("rebuild_atlas", "--columns")


def ended(child: subprocess.Popen[bytes]) -> None:
    child.wait(timeout=20)


def test_housekeeping_has_a_process_of_its_own_build_and_does_not_wait_for_it(settings, tmp_path):
    settings.ATLAS = "columns"
    a_photo()
    sign = tmp_path / "sign"
    keeping = rebuilding.Housekeeping([sys.executable, "-c", f"open({str(sign)!r}, 'a').write('x')"])
    keeping()
    child = keeping._child
    keeping()
    assert keeping._child in {child, None}
    ended(child)
    assert sign.read_text() == "x"


def test_housekeeping_does_nothing_while_there_is_nothing_to_do():
    a_photo()
    keeping = rebuilding.Housekeeping(["/does/not/exist"])
    keeping()
    assert keeping._child is None
    assert keeping._due == 0


def test_a_build_that_fails_is_tried_again_later_and_later(settings, caplog):
    settings.ATLAS = "columns"
    a_photo()
    keeping = rebuilding.Housekeeping([sys.executable, "-c", "raise SystemExit(1)"])
    keeping()
    ended(keeping._child)
    keeping()
    assert keeping._child is None
    assert keeping._due > time.monotonic() + 30
    assert "next try in 60 s" in caplog.text
    assert keeping._pause == 120


def test_a_folder_that_cannot_be_written_does_not_stop_the_worker(settings, tmp_path, caplog):
    settings.ATLAS = "columns"
    a_photo()
    (tmp_path / "atlas").write_text("in the way")
    keeping = rebuilding.Housekeeping([sys.executable, "-c", ""])
    keeping()
    assert "cannot be built" in caplog.text
    assert keeping._due > time.monotonic()


def test_housekeeping_ends_what_it_began(settings):
    settings.ATLAS = "columns"
    a_photo()
    keeping = rebuilding.Housekeeping([sys.executable, "-c", "import time; time.sleep(60)"])
    keeping()
    keeping.end()
    assert keeping._child.returncode < 0


@pytest.mark.parametrize(
    ("chosen", "is_built", "word"),
    [("auto", False, "sql"), ("auto", True, "columns"), ("columns", False, "missing"), ("sql", True, "sql")],
)
def test_readiness_tells_who_answers_in_one_word(client, settings, chosen, is_built, word):
    a_photo()
    if is_built:
        rebuilding.rebuild()
    settings.ATLAS = chosen
    answer = client.get(reverse("health-ready"))
    assert (answer.status_code, answer.json()["atlas"]) == (200, word)
