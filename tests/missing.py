"""What a test does where something it needs is not on the machine."""

import os
from typing import NoReturn

import pytest


def missing(says: str) -> NoReturn:
    """Skip the test on a laptop, where the run names it at its end; fail it in continuous integration."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{says} In continuous integration it must be there.", pytrace=False)
    pytest.skip(says)
