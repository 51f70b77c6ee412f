"""verify, rebuild_* and loadtest_data: what an administrator runs."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from archive import vault
from archive.access.rights import scope
from archive.atlas.engine import answer
from archive.catalogue.models import File, IndexRow, Photo, Role, SearchWords
from archive.catalogue.search import matching
from archive.custody.models import CustodyEvent
from archive.values.selection import Selection
from tests.db.making import a_user
from tests.pictures import a_jpeg, exif_of

pytestmark = pytest.mark.django_db


def verified(capsys, *options: str) -> tuple[int, str]:
    code = 0
    try:
        call_command("verify", *options)
    except SystemExit as end:
        code = int(str(end.code))
    return code, capsys.readouterr().err


def test_a_whole_archive_verifies(desk, capsys):
    desk.take("a.jpg", a_jpeg())
    assert verified(capsys) == (0, "")


def test_a_changed_original_is_one_line_and_an_exit_status(desk, capsys):
    file = desk.take("a.jpg", a_jpeg())
    vault.path(file.sha256).chmod(0o600)
    vault.path(file.sha256).write_bytes(bytes(file.byte_count))
    code, told = verified(capsys, "--originals")
    assert code == 1
    assert told.count("\n") == 1
    assert file.sha256 in told
    assert "restore it" in told
    assert verified(capsys, "--custody")[0] == 0


def test_a_missing_original_is_a_loss(desk, capsys):
    file = desk.take("a.jpg", a_jpeg())
    vault.path(file.sha256).unlink()
    assert verified(capsys, "--sample", "5")[0] == 1


def test_a_file_whose_custody_was_removed_is_a_loss(desk, capsys):
    photo = desk.take("a.jpg", a_jpeg()).photo
    CustodyEvent.objects.filter(chain=photo.public_id).delete()
    code, told = verified(capsys, "--custody")
    assert code == 1
    assert "no link in its custody chain" in told


def test_an_altered_link_is_a_loss(desk, capsys):
    photo = desk.take("a.jpg", a_jpeg()).photo
    CustodyEvent.objects.filter(chain=photo.public_id, sequence=0).update(actor="user:999")
    assert verified(capsys, "--custody")[0] == 1


def test_lost_display_sizes_are_made_again_the_right_way_up(desk):
    file = desk.take("a.jpg", a_jpeg(size=(120, 80), exif=exif_of(orientation=6)))
    before = vault.derivative_path(file.sha256, 256).read_bytes()
    for size in vault.SIZES:
        vault.derivative_path(file.sha256, size).unlink()
    call_command("rebuild_derivatives")
    assert vault.derivative_path(file.sha256, 256).read_bytes() == before


@pytest.mark.parametrize("command", ["rebuild_atlas", "rebuild_search"])
def test_index_rows_and_words_can_be_made_again(desk, command):
    desk.take("a.jpg", a_jpeg(exif=exif_of(latitude=51.5, longitude=-0.125)))
    rows = list(IndexRow.objects.order_by("audience").values_list("key", "audience"))
    words = SearchWords.objects.get().words
    IndexRow.objects.all().delete()
    SearchWords.objects.update(words="")
    call_command(command)
    assert list(IndexRow.objects.order_by("audience").values_list("key", "audience")) == rows
    assert SearchWords.objects.get().words == words
    assert Photo.objects.filter(pk__in=matching(words.split()[0])).count() == 1


def test_synthetic_photos_are_counted_like_any_others():
    call_command("loadtest_data", "400")
    assert Photo.objects.count() == File.objects.filter(role=Role.PRIMARY).count() == 400
    assert SearchWords.objects.count() == 400
    found = answer(scope(a_user(is_superuser=True)), Selection(), zoom=2)
    assert found.total == 400
    assert 0 < found.unplaced < 100


def test_crowded_synthetic_photos_share_one_point_and_one_day():
    call_command("loadtest_data", "30", "--crowded", "--index-only")
    rows = IndexRow.objects.values_list("key", "earliest")
    assert len({key for key, _ in rows}) == len({earliest // 86_400 for _, earliest in rows}) == 1
    assert not File.objects.exists()


def test_synthetic_photos_come_on_top_of_what_is_there():
    call_command("loadtest_data", "20")
    call_command("loadtest_data", "20", "--seed", "2")
    assert Photo.objects.count() == 40


def test_synthetic_photos_never_enter_the_archives_own_database(settings, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.DATA_DIR = settings.BASE_DIR / "var"
    with pytest.raises(CommandError, match="own database"):
        call_command("loadtest_data", "20")
    assert not Photo.objects.exists()
