from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from archive.api import atlas, deposits, files, health, iiif, maps, photos, pins_csv, selections
from archive.pages import (
    accounts,
    archive_import,
    casework,
    collections,
    desk,
    dossier,
    duplicates,
    explore,
    grounds,
    kept,
    photo,
    review,
    studio,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    *explore.urlpatterns,
    *photo.urlpatterns,
    *dossier.urlpatterns,
    *duplicates.urlpatterns,
    *collections.urlpatterns,
    *studio.urlpatterns,
    *review.urlpatterns,
    *casework.urlpatterns,
    *grounds.urlpatterns,
    *archive_import.urlpatterns,
    *kept.urlpatterns,
    *desk.urlpatterns,
    *accounts.urlpatterns,
    *atlas.urlpatterns,
    *photos.urlpatterns,
    *selections.urlpatterns,
    *pins_csv.urlpatterns,
    *files.urlpatterns,
    *iiif.urlpatterns,
    *maps.urlpatterns,
    *deposits.urlpatterns,
    *health.urlpatterns,
]
