from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import URLPattern, path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def explore(request: HttpRequest) -> HttpResponse:
    return render(request, "explore/index.html")


urlpatterns: list[URLPattern] = [path("", explore, name="explore")]
