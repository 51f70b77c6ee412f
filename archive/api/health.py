"""Whether the process lives, and whether it can do its work. Says nothing about what the archive holds."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.atlas.columns import following


@require_safe
@never_cache
def live(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 503 until the database answers and is migrated and the data folder can be written.

    `atlas` is who answers for the map: `columns`, `sql`, or `missing` where columns were asked for and SQL
    has to stand in; the archive works then, but slower.
    """
    checks = {"database": _database(), "storage": _storage()}
    fine = all(word == "ok" for word in checks.values())
    told = {"status": "ok" if fine else "unready", **checks}
    if fine:
        told["atlas"] = following.engine()
    return JsonResponse(told, status=200 if fine else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "migrations are waiting: run manage.py migrate" if waiting else "ok"


def _storage() -> str:
    return "ok" if os.access(settings.DATA_DIR, os.W_OK) else "the data folder cannot be written"


urlpatterns: list[URLPattern] = [
    path("health/live", live, name="health-live"),
    path("health/ready", ready, name="health-ready"),
]
