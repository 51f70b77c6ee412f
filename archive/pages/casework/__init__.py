"""Casework: series, sources, who says what, where it appeared, what would change our mind."""

from django.urls import URLPattern, path

from archive.pages.casework import (
    appearances,
    attachments,
    claim_ends,
    claims,
    falsifiers,
    lookups,
    series,
    series_page,
    sources,
)

urlpatterns: list[URLPattern] = [
    path("series/<str:public_id>/", series_page.page, name="series"),
    path("series/<str:public_id>/edit/", series.edit, name="series-edit"),
    path("series/<str:public_id>/claims/new/", claims.about_series, name="series-claim-new"),
    path("series/<str:public_id>/appearances/new/", appearances.of_series, name="series-appearance-new"),
    path("series/<str:public_id>/falsifiers/new/", falsifiers.of_series, name="series-falsifier-new"),
    path("photos/<str:public_id>/claims/new/", claims.about_photo, name="photo-claim-new"),
    path("photos/<str:public_id>/appearances/new/", appearances.of_photo, name="photo-appearance-new"),
    path("photos/<str:public_id>/falsifiers/new/", falsifiers.of_photo, name="photo-falsifier-new"),
    path("claims/<int:number>/correct/", claims.correct, name="claim-correct"),
    path("claims/<int:number>/retract/", claim_ends.retract, name="claim-retract"),
    path("claims/<int:number>/undo/", claim_ends.undo, name="claim-undo"),
    path("claims/<int:number>/except/", claim_ends.make_exception, name="claim-except"),
    path("appearances/<int:number>/correct/", appearances.correct, name="appearance-correct"),
    path("appearances/<int:number>/withdraw/", appearances.withdraw, name="appearance-withdraw"),
    path("falsifiers/<int:number>/update/", falsifiers.update, name="falsifier-update"),
    path("attachments/<str:public_id>/", attachments.download, name="attachment"),
    path("studio/collections/<slug:slug>/series/new/", series.new, name="series-new"),
    path("studio/collections/<slug:slug>/sources/", sources.sources, name="sources"),
    path("studio/collections/<slug:slug>/sources/new/", sources.new, name="source-new"),
    path("studio/sources/<str:public_id>/", sources.edit, name="source-edit"),
    path("studio/ask/relation/", lookups.relation, name="casework-ask-relation"),
    path("studio/ask/shape/", lookups.shape, name="casework-ask-shape"),
    path("studio/ask/bounds/", lookups.bounds, name="casework-ask-bounds"),
]
