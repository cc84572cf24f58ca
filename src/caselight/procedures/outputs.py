"""Every file of a letter as bytes, from one traced letter: the same input gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from caselight.formats.charts.rows import chart_rows
from caselight.formats.charts.theme_chart import theme_chart
from caselight.formats.letter.docx import letter_docx
from caselight.formats.letter.html import letter_html
from caselight.formats.letter.pdf import letter_pdf
from caselight.formats.tables.csvw import figures_csv, figures_csvw
from caselight.formats.tables.json import figures_json
from caselight.formats.tables.ods import figures_ods
from caselight.method.report.traced import TracedLetter

Suppressed = Mapping[str, frozenset[str]]
Files = dict[str, bytes]
Step = Callable[[str], None]


def letter_files(letter: TracedLetter, suffix: str, suppressed: Suppressed, *, open_: bool, step: Step) -> Files:
    """The letter itself as HTML, PDF and DOCX. ``suffix`` tells languages apart (``.cy``)."""
    step(f"Drawing charts ({letter.language})")
    charts = charts_of(letter, suppressed, inline=True)
    step(f"Writing HTML ({letter.language})")
    files = {f"letter{suffix}.html": letter_html(letter, charts, open_=open_, suppressed=suppressed).encode()}
    step(f"Writing PDF ({letter.language})")
    files[f"letter{suffix}.pdf"] = letter_pdf(letter, charts, open_=open_, suppressed=suppressed)
    step(f"Writing DOCX ({letter.language})")
    files[f"letter{suffix}.docx"] = letter_docx(letter, open_=open_, suppressed=suppressed)
    return files


def data_files(letter: TracedLetter, suppressed: Suppressed, *, open_: bool, step: Step) -> Files:
    """The figures as ODS, CSV with its metadata and JSON, and each theme's chart as a file of its own."""
    step("Writing tables")
    files = {
        "figures.ods": figures_ods(letter, suppressed),
        "figures.csv": figures_csv(letter, suppressed),
        "figures.csv-metadata.json": figures_csvw(letter, "figures.csv"),
        "figures.json": figures_json(letter, suppressed, working=not open_),
    }
    for theme, svg in charts_of(letter, suppressed, inline=False).items():
        files[f"charts/{theme}.svg"] = svg.encode()
    return files


def charts_of(letter: TracedLetter, suppressed: Suppressed, *, inline: bool) -> dict[str, str]:
    """A chart for each theme that has shares, by theme id: inside a page, or with title and banner on its own."""
    charts = {}
    notice = "" if inline else letter.banner
    for theme, title, _keys in letter.themes:
        rows = chart_rows(letter, theme, suppressed)
        if rows:
            charts[theme] = theme_chart(
                title, rows, chart_id=f"chart-{theme}", labels=letter.labels, notice=notice, inline=inline
            )
    return charts


# Parts of a Word document that hold no word of a letter, and the names of typefaces and styles: of "Shruti", "Strong".
_LOOKS = ("word/theme/theme1.xml", "word/styles.xml", "word/fontTable.xml", "word/webSettings.xml")


def readable(files: Files) -> Iterator[tuple[str, str]]:
    """The text in the final bytes, for the last look for names: pages and data as they are, archives member by member.

    A PDF holds its words as glyphs; they are those of the page it was made from, which is looked at. What only says how
    a Word document looks is left out.
    """
    for name, data in files.items():
        if name.endswith((".docx", ".ods")):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for member in archive.namelist():
                    if member in _LOOKS:
                        continue
                    yield f"{name}/{member}", archive.read(member).decode("utf-8", "replace")
        elif not name.endswith(".pdf"):
            yield name, data.decode("utf-8", "replace")
