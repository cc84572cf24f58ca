"""A new inspection folder passes its own check, whatever the folder and the service are called."""

import pytest

from caselight.formats.package.reading import read_package
from caselight.procedures.beginning import new_inspection
from caselight.procedures.checking import check_folder


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("west-london", "west-london"),
        ("Zürich", "Zurich"),
        ("2016-visit", "inspection-2016-visit"),
        ("true", "true"),
        ("St. Mary's (pilot)", "St-Mary-s-pilot"),
        ("\u65e5\u672c", "inspection"),
    ],
)
def test_id_is_made_of_the_folders_name(name, expected, tmp_path):
    new_inspection(tmp_path / name, "sqs", "Testshire")
    assert {fault.severity.value for fault in check_folder(tmp_path / name).faults} <= {"hint"}
    inspection = read_package(tmp_path / name).inspection
    assert (inspection.id, inspection.sample and inspection.sample.seed) == (expected, expected)


@pytest.mark.parametrize(
    "service", ['The "Best" Service', "North: East # West", "{x}", "a\\b", "Gwasanaeth Môn", "yes"]
)
def test_service_may_be_called_anything(service, tmp_path):
    new_inspection(tmp_path / "i", "sqs", service)
    assert read_package(tmp_path / "i").inspection.service.name == service
