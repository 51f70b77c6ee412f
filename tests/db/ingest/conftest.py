from __future__ import annotations

import pytest

from archive.ingest import arrivals
from tests.db.ingest.arriving import Desk
from tests.db.making import a_collection, a_user


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def desk(db) -> Desk:
    """A curator with an open deposit in a collection of their own; every name is announced beforehand."""
    user = a_user()
    collection = a_collection(by=user)
    deposit = arrivals.open_deposit(collection=collection, by=user)
    arrivals.announce(deposit=deposit, files=[], complete=True)
    deposit.refresh_from_db()
    return Desk(collection, user, deposit)
