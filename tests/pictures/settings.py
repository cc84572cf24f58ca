"""The product's own settings, with a clock that stands."""

from caselight.config.settings import *  # noqa: F403
from caselight.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.pictures.apps.Pictures"]
