"""Logging in and out, changing one's password, and the help page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import views as auth
from django.urls import URLPattern, path, reverse_lazy

from archive.pages.context import render_page
from archive.pages.help import KEYS, STATUSES, WORDS, Key, StatusHelp, Word

if TYPE_CHECKING:
    from django.contrib.auth.forms import PasswordChangeForm
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class HelpContext:
    words: tuple[Word, ...]
    statuses: tuple[StatusHelp, ...]
    keys: tuple[Key, ...]


def show_help(request: HttpRequest) -> HttpResponse:
    return render_page(request, "accounts/help.html", HelpContext(WORDS, STATUSES, KEYS))


class ChangePassword(auth.PasswordChangeView):
    """Django's own form; afterwards a message on Explore says that it worked."""

    success_url = reverse_lazy("explore")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, "Your password is changed. Other devices are logged out.")
        return super().form_valid(form)


urlpatterns: list[URLPattern] = [
    path("help/", show_help, name="help"),
    path("accounts/login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password/", ChangePassword.as_view(), name="password_change"),
]
