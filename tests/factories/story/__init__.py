"""The question set and the case list of the story test (``tests/journeys/test_story.py``)."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from tests.factories.case_list import workbook
from tests.factories.store import AT

FOLDER = Path(__file__).parent
HEAD = ("Local ID", "First name", "Surname", "Start of the order", "Sex", "Report written", "Case manager")
FIRST = ("Aurelia", "Balthasar", "Cosima", "Dagobert", "Euphemia", "Ferdinand", "Griselda", "Hieronymus", "Isolde",
         "Jeremias", "Kunigunde", "Leopold", "Melusine", "Nepomuk")  # fmt: skip
SERVICE = "Testshire Youth Offending Service"
LAST = "Quillfeather"
WRONG, RIGHT = "31/02/2015", "28/09/2015"  # the day in cell D6
LATE = date(2015, 11, 20)  # began too late to be looked at


def case_list() -> bytes:
    """Fourteen cases as a workbook: one cell is wrong, one case began too late."""
    rows: list[list[object]] = [
        [f"TS/{4800 + n}", first, f"{LAST}{n}", date(2015, 10, 1 + n), "Female" if n % 2 == 0 else "Male",
         "Yes", f"Worker {'AB'[n % 2]}"]
        for n, first in enumerate(FIRST)
    ]  # fmt: skip
    rows[4][3], rows[13][3] = WRONG, LATE
    return workbook([list(HEAD), *rows])


def names() -> list[str]:
    """Every name and record number of the list, none of which may stand in a published file."""
    return [*FIRST, LAST, *(f"TS/{4800 + n}" for n in range(len(FIRST)))]


def files() -> dict[str, bytes]:
    """The files of the question set, which stands alone: the English of the packs is beside it."""
    own = {name: (FOLDER / name).read_bytes() for name in ("framework.yaml", "letter.md")}
    return {**own, "wording.yaml": (FOLDER.parents[2] / "packs" / "english" / "wording.yaml").read_bytes()}


def managed() -> None:
    """The cast's service manager answers for the service of the story."""
    from caselight.store.accounts.models import User
    from caselight.store.inspections.keys import service_key
    from caselight.store.inspections.models import Membership, Service

    service = Service.objects.create(key=service_key(SERVICE), name=SERVICE, short="Testshire")
    user = User.objects.get(key="sm")
    Membership.objects.create(user=user, role="service_manager", service=service, member_key="sm")


def adopted() -> None:
    """Adopt the question set."""
    from caselight.formats.framework_yaml import canonical, digest, read_framework
    from caselight.store.frameworks.actions import adopt

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files().items():
            Path(folder, name).write_bytes(content)
        framework = read_framework(Path(folder))
    adopt(by="lead", framework=framework, files=files(), document=canonical(framework).decode(),
          digest=digest(framework), at=AT)  # fmt: skip
