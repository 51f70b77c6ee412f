"""The main job on real photographs, through the command line."""

from __future__ import annotations

import json

import pytest

from archive.ingest.names import PICTURES

MOST_PIXELS = 100_000_000


@pytest.mark.timeout(300)
def test_every_decodable_photograph_is_stored_and_twice_gives_nothing_new(machine, samples):
    command = ("deposit", str(samples), "--collection", "samples", "--wait", "--json")
    told = [json.loads(line) for line in machine.manage(*command, limit=240).splitlines()]
    outcomes = {line["name"].split("/", 1)[1]: line for line in told if "name" in line}
    expected = json.loads((samples / "expected.json").read_text())
    decodable = {
        name
        for name, row in expected.items()
        if row["pillow"]["decodes"]
        and (samples / name).suffix.lower() in PICTURES
        and row["pillow"]["size"][0] * row["pillow"]["size"][1] <= MOST_PIXELS
    }
    lost = {name: outcomes[name]["reason"] for name in decodable if outcomes[name]["outcome"] not in STORED}
    assert lost == {}
    assert len(decodable) > 100
    refused = [line for line in outcomes.values() if line["outcome"] == "refused"]
    assert all(line["reason"] for line in refused)
    assert {line["outcome"] for line in outcomes.values()} <= STORED | {"refused"}
    before = machine.counts()
    again = [json.loads(line) for line in machine.manage(*command, limit=240).splitlines()]
    assert {line["outcome"] for line in again if "name" in line} <= {"duplicate", "refused"}
    after = machine.counts()
    assert [after[key] for key in ("photos", "files")] == [before[key] for key in ("photos", "files")]
    assert "0 losses" in machine.manage("verify")


STORED = {"stored", "duplicate", "updated"}
