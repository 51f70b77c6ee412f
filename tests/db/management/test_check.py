from __future__ import annotations

import json
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.checks import run
from archive.checks.models import Finding, Outcome
from tests.db.making import a_collection
from tests.db.photographs import a_kept_photo

pytestmark = pytest.mark.django_db

TAKEN = datetime(2020, 6, 1, 12, 0, 0)


def check(*words: str) -> str:
    out = StringIO()
    call_command("check", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_all_checks_every_photo_and_prints_outcomes_by_check():
    for _ in range(2):
        a_kept_photo(a_collection(), taken=TAKEN)
    table = check("--all").splitlines()
    assert table[0].startswith("2 photos")
    dates = next(line for line in table if line.startswith("Order of the dates"))
    assert dates.split()[-5:] == ["2", "0", "0", "0", "0"]
    assert Finding.objects.filter(check_code="date_chain", outcome=Outcome.FITS).count() == 2


def test_one_collection_leaves_the_others_alone():
    collection = a_collection()
    a_kept_photo(collection, taken=TAKEN)
    other = a_kept_photo(a_collection(), taken=TAKEN)
    check("--collection", collection.slug)
    assert not Finding.objects.filter(photo=other).exists()


def test_a_photo_named_by_its_id_gets_a_sentence_for_each_finding():
    photo = a_kept_photo(a_collection(), taken=TAKEN)
    rows = [json.loads(line) for line in check(photo.public_id, "--json").splitlines()]
    dates = next(row for row in rows if row.get("photo") == photo.public_id and row["check"] == "date_chain")
    assert dates["sentence"].startswith("The dates are in an order that can be")
    counts = next(row for row in rows if "photo" not in row and row["check"] == "date_chain")
    assert (counts["fits"], counts["nothing_to_look_at"]) == (1, 0)


def test_a_check_that_could_not_be_carried_out_is_a_failure_of_the_command(monkeypatch):
    a_kept_photo(a_collection(), taken=TAKEN)
    monkeypatch.setattr(
        run, "_results", lambda *_: [run.Result(Outcome.COULD_NOT_CHECK, {"error": "ValueError"})]
    )
    with pytest.raises(SystemExit) as ended:
        check("--all")
    assert ended.value.code == 1


@pytest.mark.parametrize(
    "words", [(), ("--all", "--collection", "a"), ("--collection", "nowhere"), ("nophoto",)]
)
def test_it_says_which_photos_it_needs(words):
    with pytest.raises(CommandError):
        check(*words)


def test_djangos_own_check_is_still_there():
    assert "no issues" in check("--system")
