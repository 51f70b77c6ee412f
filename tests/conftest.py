"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as examples

PROJECT = Path(__file__).resolve().parent.parent

# A busy machine is no finding: how long one example may take is the test run's own limit.
# A gate gives one commit one answer: there the examples repeat, elsewhere they are new each time.
examples.register_profile("whence", deadline=None, derandomize=os.environ.get("CI") == "true")
examples.load_profile("whence")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of real photographs; without it the tests skip, or fail where CI=true."""
    folder = Path(os.environ.get("WHENCE_SAMPLES") or PROJECT.parent / "shared" / "samples")
    if (folder / "expected.json").exists():
        return folder
    reason = f"no real photographs at {folder}; set WHENCE_SAMPLES to their folder"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _data_folder_goes() -> Iterator[None]:
    yield
    from django.conf import settings  # noqa: PLC0415 - settings are ready only once the run has begun

    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
