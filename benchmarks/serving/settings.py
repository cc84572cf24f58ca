"""The settings as they are shipped, with the address that writes nothing."""

from caselight.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.serving.urls"
