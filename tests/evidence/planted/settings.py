"""The product's settings, with the fault that ``CASELIGHT_PLANTED`` names."""

import os

from caselight.config.settings import *  # noqa: F403
from caselight.config.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.evidence.planted.faults.Planted"]

if os.environ["CASELIGHT_PLANTED"] == "deferred":
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {"transaction_mode": "DEFERRED"}
