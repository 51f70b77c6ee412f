"""Settings of the test run: a data folder of its own, a fast password hasher, no collected static files."""

import os
import tempfile

os.environ["WHENCE_DATA_DIR"] = tempfile.mkdtemp(prefix="whence-test-")

from archive.settings import *  # noqa: F403 - the data folder must be named before settings are read
from archive.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of its absence, and warnings are errors
