"""A path with a NUL is answered like any other that leads nowhere, by either database."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/photos/%00/", "/api/photos/%00", "/selections/%00/", "/selections/%00/ids.txt", "/collections/%00/"],
)
def test_a_path_with_a_nul_leads_nowhere(client, address):
    assert client.get(address).status_code == 404
