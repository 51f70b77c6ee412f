from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from archive.custody.chain import Kind, record
from archive.custody.errors import StampError
from archive.custody.heads import make_heads, newest_head
from archive.custody.models import DayHead
from archive.custody.stamps import stamp_newest, verify_stamps
from archive.ingest import sealing
from tests.unit.custody.authority import an_authority

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def authority():
    return an_authority()


@pytest.fixture(scope="module")
def address(authority):
    """Where the test's own authority answers, on this machine."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            body = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if self.path == "/stamp" else 503)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def head():
    record(chain="aaone", kind=Kind.RECEIVED, actor="system", detail={})
    make_heads(datetime.now(UTC) + timedelta(days=2))
    return newest_head()


@pytest.fixture
def trusted(settings, authority, address, tmp_path):
    settings.TIMESTAMP_URL = f"{address}/stamp"
    settings.TIMESTAMP_ROOTS = str(tmp_path / "roots.pem")
    (tmp_path / "roots.pem").write_bytes(authority.root_pem())


def test_without_an_authority_nothing_is_asked(head, capsys):
    assert stamp_newest() is None
    call_command("stamp")
    assert "without a stamp" in capsys.readouterr().out


def test_the_newest_head_is_stamped_once(head, trusted):
    assert stamp_newest().by == "CN=Test Authority"
    assert stamp_newest() is None
    assert newest_head().stamped_by == "CN=Test Authority"
    assert verify_stamps() == []


def test_a_stamp_over_a_head_that_was_made_anew_is_found(head, trusted):
    stamp_newest()
    DayHead.objects.update(hash="0" * 64)
    assert "over something else" in verify_stamps()[0].what


def test_a_stamp_by_somebody_else_is_found(head, trusted, settings):
    stamp_newest()
    Path(settings.TIMESTAMP_ROOTS).write_bytes(an_authority("Another").root_pem())
    assert "does not hold" in verify_stamps()[0].what


def test_an_authority_that_does_not_answer_is_asked_again_later(head, settings, address):
    settings.TIMESTAMP_URL = f"{address}/out-of-order"
    with pytest.raises(StampError, match="did not answer"):
        stamp_newest()
    assert newest_head().stamp is None
    sealing.seal()


def test_the_worker_queues_the_duty_once(head, trusted):
    sealing.queue_if_due()
    sealing.queue_if_due()
    assert DBTaskResult.objects.count() == 1
    sealing.seal()
    assert newest_head().stamp is not None


def test_verify_tells_of_a_head_that_does_not_hold(head, capsys):
    call_command("verify", "--custody")
    DayHead.objects.update(root="0" * 64)
    with pytest.raises(SystemExit):
        call_command("verify", "--custody")
    assert "was altered after it was made" in capsys.readouterr().err


def test_roots_that_cannot_be_read_are_a_loss_with_a_reason(head, trusted, settings, capsys):
    stamp_newest()
    settings.TIMESTAMP_ROOTS = "/nowhere.pem"
    with pytest.raises(SystemExit):
        call_command("verify", "--custody")
    assert "WHENCE_TIMESTAMP_ROOTS" in capsys.readouterr().err
