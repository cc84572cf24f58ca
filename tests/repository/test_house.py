"""The promises the repository makes about itself: contracts, lock, commands, and what is never committed.

Forbidden texts are put together from parts, so that this file does not contain them.
"""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = {"floors", "method", "method-is-plain", "one-room-draws", "formats-have-no-face", "no-circles"}
INDEX_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry." + "npm" + "js.org"]
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:" + "wo" + "rk|roo" + "t|ho" + r"me/\w+|Us" + r"ers/\w+|tm" + r"p/\w+)(?:/|\b)"
)
LOCKS = ("requirements.lock", "requirements.spark.lock", "requirements.node.lock", "requirements.load.lock")
BUNDLES = (".woff", ".woff2", ".ttf", ".otf", ".eot", ".min.js", ".min.css", ".whl", ".jar")
IGNORED_FOLDERS = {".git", "out", "build", "dist", "__pycache__"}


def tracked_files() -> list[Path]:
    """What git tracks or would track; in an unpacked archive, every file that is not made by a tool."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        files = [ROOT / os.fsdecode(name) for name in listing.stdout.split(b"\0") if name]
        return [path for path in files if path.is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not _made_by_a_tool(path)]


def _made_by_a_tool(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts[:-1]
    return any(name in IGNORED_FOLDERS or name.startswith((".venv", ".mypy", ".ruff", ".pytest")) for name in folders)


def texts() -> dict[str, str]:
    found = {}
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", errors="replace")
    return found


def test_every_import_contract_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}
    assert set(contracts) >= CONTRACTS
    assert contracts["floors"]["exhaustive"]
    assert contracts["method"]["exhaustive"]


def test_no_file_names_a_package_index() -> None:
    assert [name for name, text in texts().items() if any(host in text for host in INDEX_HOSTS)] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = {name: hit.group() for name, text in texts().items() if (hit := MACHINE_PATHS.search(text))}
    assert found == {}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE))
    assert len(entries) > (50 if name == "requirements.lock" else 0)
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("package", ["uv", "hatchling", "editables", "pytest", "ruff", "weasyprint"])
def test_the_lock_covers_installing_testing_and_checking(package: str) -> None:
    assert re.search(rf"^{package}==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", ["README.md", ".ci/run"])
def test_readme_and_continuous_integration_give_the_same_command(name: str) -> None:
    assert "./start test" in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["start", ".ci/run"])
def test_scripts_can_be_run(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)


def test_no_third_party_bundle_is_committed() -> None:
    assert [path.name for path in tracked_files() if path.name.endswith(BUNDLES)] == []
