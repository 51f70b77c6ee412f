"""Short ways to bring files in and to let a worker finish them, all in the test's own thread."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from archive.catalogue.models import Collection, Role
from archive.ingest import arrivals
from archive.ingest.models import Deposit, DepositFile
from archive.ingest.worker import Worker


@dataclass
class Desk:
    collection: Collection
    user: User
    deposit: Deposit

    def bring(self, name: str, data: bytes, *, role: Role = Role.PRIMARY, of: str = "") -> DepositFile:
        """Receive a file and queue it."""
        file, _ = arrivals.announce_one(
            deposit=self.deposit, name=name, byte_count=len(data), role=role, of=of
        )
        arrivals.store(file=file, stream=io.BytesIO(data))
        return file

    def finish(self) -> None:
        work_through()

    def take(self, name: str, data: bytes, **options) -> DepositFile:
        """Receive a file and see it through."""
        file = self.bring(name, data, **options)
        self.finish()
        file.refresh_from_db()
        return file


def work_through(limit: int = 200) -> None:
    """Run every task, deferred ones without waiting for their time."""
    worker = Worker(concurrency=1)
    for _ in range(limit):
        waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        if not worker._one() and not waiting.update(run_after=timezone.now()):
            return
    raise AssertionError("the queue does not come to its end")
