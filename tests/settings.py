"""Caselight's settings for tests: everything in a temporary folder, on a database file of its own.

The folder is in memory where there is room: tests wait for no disk. What a disk does is the matter of the evidence.

``CASELIGHT_TEST_DATABASE`` may name a PostgreSQL server that the tests started; see ``tests.postgres``.
"""

import os
import tempfile

from tests.evidence.shim import in_memory

# Removed at the end of the run (tests.conftest).
os.environ["CASELIGHT_DATA"] = tempfile.mkdtemp(prefix="caselight-tests-", dir=in_memory())
for name in ("CASELIGHT_KEYS", "CASELIGHT_HEADS", "CASELIGHT_FILES", "CASELIGHT_SECRET_KEY", "CASELIGHT_DATABASE"):
    os.environ.pop(name, None)
os.environ["CASELIGHT_SECOND_FACTOR"] = "false"  # asked for where it is tested
if os.environ.get("CASELIGHT_TEST_DATABASE"):
    os.environ["CASELIGHT_DATABASE"] = os.environ["CASELIGHT_TEST_DATABASE"]

from caselight.config.settings import *  # noqa: E402,F403
from caselight.config.settings import DATA, DATABASES  # noqa: E402

# A database in memory has no write-ahead log: durability and triggers are tested on a file.
if DATABASES["default"]["ENGINE"] == "caselight.config.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
else:  # each worker of a parallel run makes and empties a database of its own
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}_{worker}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; strength is tested where it matters

# Files of the pages are served from where they are; that they can be gathered is tested by itself.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT.mkdir()  # noqa: F405 - WhiteNoise warns where it is not
WHITENOISE_USE_FINDERS = True
