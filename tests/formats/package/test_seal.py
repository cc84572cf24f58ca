"""The seal says what each file was; in a folder an edit is a warning, and sealing again takes it away."""

import hashlib
import json
from pathlib import Path

import pytest
from tests.factories.folders import inspection_folder

from caselight.formats.package.reading import package_faults
from caselight.formats.package.seal import seal
from caselight.method.faults import Faults, Severity


def warnings(folder: Path) -> list[tuple[str, str]]:
    return [(f.code, str(f.place)) for f in package_faults(folder)[1] if f.severity is Severity.WARNING]


def test_a_sealed_folder_has_no_fault_and_its_seal_lists_every_file_with_size_and_digest(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path, {"private/identities.csv": "names", ".hidden": "x"})
    seal(folder)
    assert package_faults(folder)[1] == []
    resources = {entry["path"]: entry for entry in json.loads((folder / "datapackage.json").read_text())["resources"]}
    assert sorted(resources) == [
        "answers.csv", "caseload.csv", "external.csv", "framework/framework.yaml", "holidays.csv", "inspection.yaml",
        "letter.md", "sample.csv", "subjects.csv",
    ]  # fmt: skip
    for name, entry in resources.items():
        data = (folder / name).read_bytes()
        assert (entry["bytes"], entry["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())
    fields = [field["name"] for field in resources["subjects.csv"]["schema"]["fields"]]
    assert fields == ["subject_kind", "subject_key", "label", "managed_by"]


def test_the_same_files_give_the_same_seal(tmp_path: Path) -> None:
    for name in "ab":
        seal(inspection_folder(tmp_path / name))
    assert (tmp_path / "a/datapackage.json").read_bytes() == (tmp_path / "b/datapackage.json").read_bytes()


def test_an_edit_an_addition_and_a_removal_are_warnings_until_the_seal_is_renewed(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path)
    seal(folder)
    (folder / "letter.md").write_text("# Another letter\n")
    (folder / "note.txt").write_text("new")
    (folder / "external.csv").unlink()
    edited = "package.edited-since-sealed"
    assert warnings(folder) == [(edited, "external.csv"), (edited, "letter.md"), (edited, "note.txt")]
    seal(folder)
    assert warnings(folder) == []


def test_names_are_sealed_only_when_asked_for(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path, {"private/identities.csv": "names"})
    seal(folder, with_private=True)
    (folder / "private/identities.csv").write_text("others")
    assert warnings(folder) == [("package.edited-since-sealed", "private/identities.csv")]


def test_a_link_out_of_the_folder_is_never_sealed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = inspection_folder(tmp_path / "folder")
    (folder / "link.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(Faults, match=r"package\.link"):
        seal(folder)
    assert not (folder / "datapackage.json").exists()
