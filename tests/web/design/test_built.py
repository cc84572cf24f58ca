"""What the pages are made of: nothing of the Crown, nothing inline, nothing heavy, nothing that the browser would refuse."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from caselight.config import settings

WEB = Path(__file__).parents[3] / "src" / "caselight" / "web"
BUILT = WEB / "design" / "static" / "built"
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
SCRIPTS = sorted(path for path in WEB.rglob("static/**/*.js") if BUILT not in path.parents)
FORBIDDEN = re.compile(rb"GDS Transport|crest|crown", re.IGNORECASE)


def test_nothing_of_the_crown_is_built() -> None:
    files = sorted(path for path in BUILT.iterdir() if path.is_file())
    assert {"main.css", "govuk-frontend.js", "LICENSES.txt"} <= {path.name for path in files}
    files = [path for path in files if path.name != "LICENSES.txt"]  # says whose the components are
    assert [
        path.name for path in files if FORBIDDEN.search(path.read_bytes()) or FORBIDDEN.search(path.name.encode())
    ] == []


def test_what_is_built_asks_for_nothing_from_elsewhere() -> None:
    style = (BUILT / "main.css").read_text("utf-8")
    assert [
        url for url in re.findall(r"url\(([^)]*)\)", style) if not url.strip("\"'").startswith(("data:", "public-sans"))
    ] == []
    assert "sourceMappingURL" not in (BUILT / "govuk-frontend.js").read_text("utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_no_template_holds_a_style_or_a_script_and_none_is_long(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=[\"']|javascript:", text)
    assert re.findall(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", text) == []
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(WEB)))
def test_scripts_are_short_plain_modules_that_write_no_html_and_keep_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 120
    assert not re.search(
        r"(inner|outer)HTML\s*\+?=\s*[`\"']|insertAdjacentHTML|document\.write|\beval\(|localStorage|sessionStorage|https?://",
        text,
    )


def test_the_browser_is_told_to_load_only_what_is_ours() -> None:
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert rules["default-src"] == ["'none'"]
    sources = {source for name, given in rules.items() if name != "report-uri" for source in given}
    assert sources == {"'none'", "'self'", "data:"}
    assert [name for name, given in rules.items() if "data:" in given] == ["img-src"]


LOADED = """
import os, sys
import django
django.setup()
from django.test import Client
from django.urls import get_resolver
get_resolver().url_patterns
for path in ("/design/accessibility", "/design/keyboard", "/health"):
    Client().get(path)
heavy = ("matplotlib", "scipy", "weasyprint", "numba", "pandas", "docx", "xlsxwriter")
print(*(name for name in heavy if name in sys.modules))
"""


def test_pages_start_without_the_heavy_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin", "PYTHONPATH": "."},
    )  # fmt: skip
    assert done.stdout.strip() == ""
