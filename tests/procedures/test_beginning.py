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


def test_a_local_audit_begins_with_ten_cases_and_the_service_that_is_graded(tmp_path):
    new_inspection(tmp_path / "march", "local-case-audit", "Testshire Youth Justice Service", local=True)
    package = read_package(tmp_path / "march")
    assert package.inspection.kind == "local_audit"
    assert package.inspection.sample is not None
    assert (package.inspection.sample.size, package.inspection.sample.reserves) == (10, 4)
    assert [(subject.kind, subject.key, subject.label) for subject in package.subjects] == [
        ("service", "service", "Service")
    ]


def test_an_inspection_without_ratings_begins_without_subjects(tmp_path):
    new_inspection(tmp_path / "march", "sqs", "Testshire")
    assert read_package(tmp_path / "march").subjects == ()
    assert read_package(tmp_path / "march").inspection.kind == "external"
