"""The example's letter in every format and its tally, as whole processes, held against what their libraries cost.

``caselight letter`` beside a process that imports WeasyPrint and renders the letter's print page once, with the same
fonts and as the same kind of PDF; ``caselight tally`` beside a process that imports yaml and pydantic and ends.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import ROOT, Line, compared, doing, in_turns, machine, table, whole

EXAMPLE = ROOT / "examples" / "west-london"
COMMAND = (str(Path(sys.executable).with_name("caselight")),)
LIMIT_LETTER, LIMIT_TALLY = 3, 4
RENDER = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""


def lines(folder: Path, *, times: int = 5) -> list[Line]:
    """Letter and tally, measured now; ``folder`` takes what is written."""
    page = folder / "letter.html"
    page.write_text(print_page(EXAMPLE), "utf-8")
    with doing(f"Writing the letter and rendering its page, {times} times each"):
        runs = in_turns(
            times,
            ours=lambda: whole(*COMMAND, "letter", str(EXAMPLE), "--out", str(folder / "out")),
            weasyprint=lambda: whole(sys.executable, "-c", RENDER, str(page), str(folder / "letter.pdf")),
        )
    names = "ours", "weasyprint"
    found = [compared("`caselight letter`, every format; WeasyPrint, its page once", runs, LIMIT_LETTER, names)]
    with doing(f"Tallying the example, {4 * times} times"):
        runs = in_turns(
            4 * times,
            ours=lambda: whole(*COMMAND, "tally", str(EXAMPLE)),
            bare=lambda: whole(sys.executable, "-c", "import yaml, pydantic"),
        )
    what = '`caselight tally`; `python -c "import yaml, pydantic"`'
    return [*found, compared(what, runs, LIMIT_TALLY, ("ours", "bare"))]


def print_page(folder: Path) -> str:
    """The page that the letter's PDF is made from, with its fonts named as files instead of handed out by us."""
    from caselight.formats.letter import pdf
    from caselight.procedures import publishing

    pages: list[str] = []

    def caught(html: str, _labels: object) -> bytes:
        pages.append(html)
        return b""

    former, pdf.html_pdf = pdf.html_pdf, caught
    try:
        with tempfile.TemporaryDirectory() as place:
            publishing.write_letter(folder, Path(place), publish=False, step=lambda _doing: None)
    finally:
        pdf.html_pdf = former
    page = pages[0]
    for name in pdf.FONTS:
        page = page.replace(f"font:{name}", pdf.font_file(name).as_uri())
    return page


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5, help="how often each is run (the tally four times as often)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = lines(Path(place), times=arguments.times)
    sys.stdout.write(f"{machine()}\n\n{table(found)}")


if __name__ == "__main__":
    main()
