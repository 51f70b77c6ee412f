"""The settings of processes that are started to be killed: as in service, without collecting static files."""

from archive.settings import *  # noqa: F403 - all of them
from archive.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
