from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.custody import heads, stamps
from archive.custody.errors import StampError


class Command(BaseCommand):
    help = (
        "Make the head of every finished day: one hash over all custody chains. The worker does "
        "it daily. With WHENCE_TIMESTAMP_URL set, an RFC 3161 authority stamps the newest; otherwise nothing "
        "leaves this machine. Print heads in a newspaper or send them to a friend: nobody can then rewrite "
        "what came before."
    )

    def handle(self, **_options: Any) -> None:
        for head in heads.make_heads():
            self.stdout.write(f"{head.day} {head.hash} over {head.chains} chains")
        newest = heads.newest_head()
        if newest is None:
            self.stdout.write("no day has ended yet on which something happened")
            return
        try:
            stamp = stamps.stamp_newest() or stamps.stamp_of(newest)
        except StampError as error:
            raise CommandError(str(error)) from error
        if stamp is not None:
            self.stdout.write(f"{newest.day} stamped by {stamp.by} at {stamp.at}")
        elif not settings.TIMESTAMP_URL:
            self.stdout.write(f"newest head: {newest.day} {newest.hash}, without a stamp")
