from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import autodiscover_modules


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Whence"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from archive.ingest import tasks as _tasks  # noqa: F401, PLC0415 - registers the background tasks


class AdminConfig(SimpleAdminConfig):
    """Django's admin without autodiscovery: `leaflet.admin` needs GDAL and would stop the start-up."""

    def ready(self) -> None:
        super().ready()
        autodiscover_modules("pages.admin")
