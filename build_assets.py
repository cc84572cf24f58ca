"""Builds what the pages look like: style sheet, scripts and font, from pinned npm packages that are never committed.

Runs when the project is installed or made into a wheel (``[tool.hatch.build.hooks.custom]``), and does nothing when what
it made last is still right. Needs Node: the machine's own, or the one that ``start`` takes from PyPI
(``CASELIGHT_NODE`` names its folder of programs).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = Path("src/caselight/web/design/assets")
BUILT = Path("src/caselight/web/design/static/built")
GOVUK = Path("node_modules/govuk-frontend/dist")
FONT = Path("node_modules/@fontsource-variable/public-sans/files")
FONTS = ("public-sans-latin-wght-normal.woff2", "public-sans-latin-ext-wght-normal.woff2")


class Assets(BuildHookInterface):
    """Called by hatchling before it gathers the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless the stamp says that nothing has changed since."""
        del version, build_data
        root = Path(self.root)
        stamp, now = root / BUILT / "stamp", state(root)
        if not stamp.is_file() or stamp.read_text() != now:
            build(root)
            stamp.write_text(now)


def state(root: Path) -> str:
    """A digest of everything that the result is made from."""
    sources = [root / "package-lock.json", root / "build_assets.py", *sorted((root / ASSETS).rglob("*.scss"))]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def build(root: Path) -> None:
    """Make the folder anew; a failure leaves the one that was there."""
    node = Path(os.environ["CASELIGHT_NODE"]) if "CASELIGHT_NODE" in os.environ else None
    _run(root, *_npm(node), "ci", "--ignore-scripts", "--silent", node=node)
    new = root / BUILT.with_name("built.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    compiled = _run(
        root, *_node(node), "node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--quiet-deps",
        f"--load-path={GOVUK}", str(ASSETS / "main.scss"), node=node,
    )  # fmt: skip
    (new / "main.css").write_text(compiled, encoding="utf-8")
    script = (root / GOVUK / "govuk/govuk-frontend.min.js").read_text(encoding="utf-8")
    (new / "govuk-frontend.js").write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", script), encoding="utf-8")
    for name in FONTS:
        shutil.copyfile(root / FONT / name, new / name)
    (new / "LICENSES.txt").write_text(licences(root), encoding="utf-8")
    shutil.rmtree(root / BUILT, ignore_errors=True)
    new.rename(root / BUILT)


def licences(root: Path) -> str:
    """What those who made the font and the components ask to be kept with them."""
    permission = (root / "LICENSE").read_text(encoding="utf-8").partition("\nPermission is")
    font = (root / FONT.parent / "LICENSE").read_text(encoding="utf-8")
    govuk = (
        f"GOV.UK Frontend\nCopyright (C) 2017 Crown Copyright (Government Digital Service)\n{''.join(permission[1:])}"
    )
    return f"Public Sans\n{font.rstrip()}\n\n{'-' * 60}\n\n{govuk}"


def _npm(node: Path | None) -> list[str]:
    # The npm of the Node on PyPI cannot be called by its own name, only through its script.
    return [*_node(node), str(node.parent / "lib/node_modules/npm/bin/npm-cli.js")] if node else ["npm"]


def _node(node: Path | None) -> list[str]:
    return [str(node / "node")] if node else ["node"]


def _run(root: Path, *command: str, node: Path | None) -> str:
    path = f"{node}{os.pathsep}{os.environ['PATH']}" if node else os.environ["PATH"]
    try:
        done = subprocess.run(
            command, cwd=root, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        raise SystemExit("The pages are made with Node 20.19 or newer, and none was found.") from None
    except subprocess.CalledProcessError as failed:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{failed.stderr}") from None
    return done.stdout
