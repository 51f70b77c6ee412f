"""What an account keeps for itself: pinned photos with notes, saved searches, the lists it froze."""

from django.urls import URLPattern, path

from archive.pages.desk import lists, pins, searches

urlpatterns: list[URLPattern] = [
    path("desk/", pins.desk, name="desk"),
    path("photos/<str:public_id>/pin", pins.add, name="pin-add"),
    path("desk/pins/<str:public_id>/", pins.note, name="pin-note"),
    path("desk/pins/<str:public_id>/remove", pins.remove, name="pin-remove"),
    path("desk/pins/<str:public_id>/restore", pins.restore, name="pin-restore"),
    path("desk/searches/", searches.searches, name="saved-searches"),
    path("desk/searches/new", searches.new, name="saved-new"),
    path("desk/searches/<str:public_id>/open", searches.opened, name="saved-open"),
    path("desk/searches/<str:public_id>/count", searches.counted, name="saved-count"),
    path("desk/searches/<str:public_id>/rename", searches.rename, name="saved-rename"),
    path("desk/searches/<str:public_id>/remove", searches.remove, name="saved-remove"),
    path("desk/searches/<str:public_id>/restore", searches.restore, name="saved-restore"),
    path("desk/lists/", lists.lists, name="desk-selections"),
]
