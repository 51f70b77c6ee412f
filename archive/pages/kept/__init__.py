"""Lists of photos that were frozen so that they can be cited."""

from django.urls import URLPattern, path

from archive.pages.kept import new, page

urlpatterns: list[URLPattern] = [
    path("selections/new", new.new, name="selection-new"),
    path("selections/<str:public_id>/", page.selection, name="selection"),
    path("selections/<str:public_id>/end", page.end, name="selection-end"),
]
