"""Every setting that is read from the environment is on its page, and the page has none that is not read."""

from __future__ import annotations

import re

from tests.repository.pages import ROOT, code, rows, text_of

READ = re.compile(r"""["'](CASELIGHT_[A-Z_]+)["']""")
NOT_SETTINGS = {"CASELIGHT_REQUEST_ID"}  # what our own middleware notes in a request


def test_the_page_lists_every_setting_that_the_source_reads() -> None:
    source = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
    documented = [code(row[0]) for row in rows(text_of("docs/reference/settings.md"), "Setting")]
    assert len(documented) == len(set(documented))
    assert set(documented) == set(READ.findall(source)) - NOT_SETTINGS


def test_every_setting_says_what_happens_without_it() -> None:
    for name, without, meaning in rows(text_of("docs/reference/settings.md"), "Setting"):
        assert without, name
        assert meaning.endswith("."), name
