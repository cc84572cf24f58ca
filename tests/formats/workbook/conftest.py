"""LibreOffice for the tests of the workbook, and an inspection that is written once."""

from collections.abc import Callable

import pytest
from tests.factories.workbooks import Office


@pytest.fixture(scope="session")
def office(needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice, or a skip that says why."""
    return Office(needs("soffice"), tmp_path_factory.mktemp("office"))
