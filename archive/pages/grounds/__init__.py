"""Evidence on the picture: marked regions, measured shadows, matched details, and what each bears on."""

from django.urls import URLPattern, path

from archive.pages.grounds import evidence

urlpatterns: list[URLPattern] = [
    path("photos/<str:public_id>/evidence/new/", evidence.of_photo, name="photo-evidence-new"),
    path("series/<str:public_id>/evidence/new/", evidence.of_series, name="series-evidence-new"),
    path("evidence/<int:number>/correct/", evidence.correct, name="evidence-correct"),
    path("evidence/<int:number>/withdraw/", evidence.withdraw, name="evidence-withdraw"),
]
