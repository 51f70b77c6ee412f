from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError

from archive.management.commands.serve import _refuse_known_passwords
from archive.management.demo.stocking import is_loopback, open_accounts

pytestmark = pytest.mark.django_db


def test_a_demo_archive_is_not_opened_to_the_network_with_the_known_password():
    open_accounts(loopback=True)
    _refuse_known_passwords("127.0.0.1")
    with pytest.raises(CommandError, match="well-known password"):
        _refuse_known_passwords("0.0.0.0")


def test_changed_or_deactivated_accounts_do_not_stop_it():
    open_accounts(loopback=True)
    User.objects.filter(username="reader").update(is_active=False)
    open_accounts(loopback=False)
    _refuse_known_passwords("0.0.0.0")


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("a.b", False),
    ],
)
def test_loopback_is_told_from_the_network(host, alone):
    assert is_loopback(host) is alone
