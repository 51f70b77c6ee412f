"""Uploads to a real server that is killed while bytes are on their way."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import socket
import threading
import time
from contextlib import suppress

import pytest

from tests.faults.machine import Machine, kill_tree
from tests.pictures import a_jpeg

OCTETS = "application/offset+octet-stream"
CHUNK = 40_000


def send(machine: Machine, files: str, name: str, data: bytes) -> None:
    """Do as a patient client does: go on from where the server stands, begin again when it is gone."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException, AssertionError):
            url, offset = machine.create(files, name, len(data))
            while offset < len(data):
                part = data[offset : offset + CHUNK]
                status, headers, _ = machine.ask(
                    "PATCH", url, part, Content_Type=OCTETS, Upload_Offset=str(offset)
                )
                assert status == 204
                offset = int(headers["upload-offset"])
                time.sleep(0.01)
            return
        time.sleep(0.3)
    raise AssertionError(f"{name} was not sent")


@pytest.mark.timeout(300)
def test_files_sent_while_the_server_is_killed_twice_all_arrive_once(machine):
    server = machine.serve()
    deposit = machine.open_deposit()
    pictures = {f"walk/{n:02}.jpg": a_jpeg(size=(900 + n, 700), quality=95) for n in range(12)}
    names = sorted(pictures)

    def client(mine: list[str]) -> None:
        for name in mine:
            send(machine, deposit["files"], name, pictures[name])

    clients = [threading.Thread(target=client, args=(names[n::3],)) for n in range(3)]
    for thread in clients:
        thread.start()
    chance = random.Random(3)
    for _ in range(2):
        time.sleep(chance.uniform(0.6, 1.5))
        kill_tree(server.pid)
        server.wait()
        server = machine.serve()
    for thread in clients:
        thread.join()
    told = machine.wait_until_done(deposit["url"])
    assert {state: n for state, n in told["counts"].items() if n} == {"stored": 12}
    counts = machine.counts()
    assert (counts["photos"], counts["digests"], counts["missing"]) == (12, 12, 0)
    for data in pictures.values():
        digest = hashlib.sha256(data).hexdigest()
        assert machine.original(digest).read_bytes() == data


def test_a_torn_connection_keeps_what_arrived_and_the_upload_goes_on(machine):
    machine.serve()
    deposit = machine.open_deposit()
    data = a_jpeg(size=(1500, 1200), quality=95)
    url, _ = machine.create(deposit["files"], "a.jpg", len(data))
    half = len(data) // 2
    head = (
        f"PATCH {url} HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: {OCTETS}\r\nContent-Length: {len(data)}\r\nX-CSRFToken: {'t' * 32}\r\n"
        f"Cookie: sessionid={machine.session}; csrftoken={'t' * 32}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", machine.port)) as wire:
        wire.sendall(head.encode() + data[:half])
        time.sleep(1)
    time.sleep(1)
    _, headers, _ = machine.ask("HEAD", url)
    offset = int(headers["upload-offset"])
    assert 0 <= offset <= half
    status, headers, body = machine.ask(
        "PATCH", url, data[offset:], Content_Type=OCTETS, Upload_Offset=str(offset)
    )
    assert status == 204, body
    told = machine.wait_until_done(deposit["url"])
    assert told["counts"]["stored"] == 1


def test_one_interrupt_ends_server_and_worker(machine):
    server = machine.serve()
    os.kill(server.pid, 2)
    assert server.wait(timeout=30) == 0
    with pytest.raises(OSError, match=r"refused|reset"):
        socket.create_connection(("127.0.0.1", machine.port), timeout=1)


def test_a_worker_that_dies_is_started_again_by_serve(machine):
    machine.serve()

    def worker(other: int = 0) -> int:
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            told = machine.rows("SELECT process FROM archive_workerlease ORDER BY rowid")
            fresh = [number for (number,) in told if number != other]
            if fresh:
                return int(fresh[-1])
            time.sleep(0.1)
        raise AssertionError("no worker came")

    first = worker()
    os.kill(first, 9)
    assert worker(other=first) != first
