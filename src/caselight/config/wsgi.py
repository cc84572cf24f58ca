"""The entry point of a server."""

from __future__ import annotations

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caselight.config.settings")
django.setup(set_prefix=False)

from caselight.procedures.serving.gathering import gather  # noqa: E402 (needs Django set up)

gather()
application = get_wsgi_application()
