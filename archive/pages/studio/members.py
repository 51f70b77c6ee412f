"""Who belongs to a collection, and as what. Owners only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from archive.access.members import grant, revoke
from archive.access.models import MemberRole, Membership
from archive.catalogue.errors import CatalogueError
from archive.pages.context import render_page
from archive.pages.studio.gate import collection_to_manage, curator_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Collection


@dataclass(frozen=True, slots=True)
class MembersContext:
    collection: Collection
    members: list[Membership]
    roles: list[tuple[str, str]]
    form: MemberForm
    own_name: str


class MemberForm(forms.Form):
    username = forms.CharField(label="User name", max_length=150)
    role = forms.ChoiceField(choices=MemberRole.choices, initial=MemberRole.CURATOR)

    def clean_username(self) -> User:
        name = self.cleaned_data["username"].strip()
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise forms.ValidationError(
                f"No account is called “{name}”. Check the spelling, or ask an administrator to create it."
            )
        return user


@login_required
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """List the members; a POST makes somebody a member or changes a role."""
    collection = collection_to_manage(request, slug)
    form = MemberForm(request.POST or None)
    if form.is_valid() and _granted(request, collection, form.cleaned_data):
        return redirect("studio-members", slug=slug)
    page = MembersContext(
        collection=collection,
        members=list(collection.memberships.select_related("user").order_by("user__username")),
        roles=[(role.value, role.label.partition(":")[0]) for role in MemberRole],
        form=form,
        own_name=curator_of(request).get_username(),
    )
    return render_page(request, "studio/members.html", page)


@login_required
@require_POST
def dismiss(request: HttpRequest, slug: str) -> HttpResponse:
    """End a membership; the last owner stays."""
    collection = collection_to_manage(request, slug)
    user = get_object_or_404(User.objects, username=request.POST.get("username", ""))
    try:
        revoke(user=user, collection=collection)
    except CatalogueError as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, f"{user.get_username()} is no longer a member.")
    if user == request.user:
        return redirect("studio")
    return redirect("studio-members", slug=slug)


def _granted(request: HttpRequest, collection: Collection, wanted: dict[str, Any]) -> bool:
    user, role = wanted["username"], MemberRole(wanted["role"])
    try:
        grant(user=user, collection=collection, role=role)
    except CatalogueError as wrong:
        messages.error(request, str(wrong))
        return False
    messages.success(request, f"{user.get_username()} is now {role.label.partition(':')[0]}.")
    return True
