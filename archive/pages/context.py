"""One typed context per page: a frozen dataclass whose fields are all the names its template may use."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from django.http import HttpRequest, HttpResponse


def as_context(page: DataclassInstance) -> dict[str, Any]:
    """Return the fields by name, shallow: values stay what they are."""
    return {field.name: getattr(page, field.name) for field in fields(page)}


def render_page(
    request: HttpRequest, template: str, page: DataclassInstance, *, status: int = 200
) -> HttpResponse:
    return render(request, template, as_context(page), status=status)
