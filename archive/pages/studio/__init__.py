"""Where curators work: collections, uploads, photos one by one."""

from django.urls import URLPattern, path

from archive.pages.studio import collections, deposits, grid, home, lookups, members, photos

urlpatterns: list[URLPattern] = [
    path("studio/", home.home, name="studio"),
    path("studio/new-collection/", collections.found, name="studio-new-collection"),
    path("studio/collections/<slug:slug>/", grid.grid, name="studio-collection"),
    path("studio/collections/<slug:slug>/edit/", collections.change, name="studio-edit-collection"),
    path("studio/collections/<slug:slug>/members/", members.members, name="studio-members"),
    path("studio/collections/<slug:slug>/members/remove/", members.dismiss, name="studio-remove-member"),
    path("studio/collections/<slug:slug>/upload/", deposits.upload, name="studio-upload"),
    path("studio/photos/<str:public_id>/", photos.photo, name="studio-photo"),
    path("studio/photos/<str:public_id>/undo/", photos.take_back, name="studio-undo"),
    path("studio/photos/<str:public_id>/remove/", photos.remove, name="studio-remove-photo"),
    path("studio/ask/date/", lookups.date, name="studio-ask-date"),
    path("studio/ask/place/", lookups.place, name="studio-ask-place"),
    path("studio/ask/towns/", lookups.towns, name="studio-ask-towns"),
    path("studio/ask/preview/", lookups.preview, name="studio-preview"),
    path("studio/deposits/<str:public_id>/", deposits.deposit, name="studio-deposit"),
    path("studio/deposits/<str:public_id>/summary/", deposits.summary, name="studio-deposit-summary"),
]
