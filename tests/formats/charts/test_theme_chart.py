"""A theme's chart says what its table says, stands in a strict page, cuts nothing off and is the same every time."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from lxml import etree
from tests.factories.traced_figures import BANNER, letter

from caselight.formats.charts import style
from caselight.formats.charts.rows import ChartRow, chart_rows
from caselight.formats.charts.theme_chart import theme_chart, width_of

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
LONG = "acting on indicators of sexual exploitation for looked-after children in custody or on remand at the time"
FOURTEEN = [
    ChartRow(f"Q{n}", f"{LONG} {n}" if n % 3 else "W" * 60, n + 5, 20, f"{n + 5} of 20", 0.2, 0.9) for n in range(14)
]


def drawn(rows: list[ChartRow] | tuple[ChartRow, ...], title: str = "Protecting the public", notice: str = ""):
    return etree.fromstring(theme_chart(title, rows, chart_id="chart-P", labels={}, notice=notice))


def texts(chart: etree._Element) -> list[str]:
    return [text.text or "" for text in chart.iter(f"{SVG}text")]


def bars(chart: etree._Element) -> list[tuple[str, str]]:
    paths = [
        path
        for path in chart.iter(f"{SVG}path")
        if path.get("fill") != "none" and float(path.get("stroke-width", "0")) > 0.1
    ]
    return [(path.get("fill"), path.get("stroke")) for path in paths]


def test_the_chart_prints_what_the_table_prints():
    rows = chart_rows(letter(), "P")
    printed = texts(drawn(rows))
    for row in rows:
        assert row.label.capitalize()[0] + row.label[1:] in printed
        assert row.phrase in printed
    assert [text for text in printed if " of " in text and text[0].isdigit()] == ["31 of 34", "28 of 32", "1 of 1"]


def test_no_percentage_is_printed():
    assert "%" not in "".join(texts(drawn(chart_rows(letter(), "P"))))


def test_it_is_an_image_with_a_title_and_the_finding_in_words():
    chart = drawn(chart_rows(letter(), "P"), notice=BANNER)
    title, desc = chart[0], chart[1]
    assert chart.get("role") == "img"
    assert chart.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}" == "chart-P-title chart-P-desc"
    assert title.text == "Protecting the public"
    assert desc.text == (
        "4 measures. Highest: engagement with <MAPPA> & partners, 1 of 1. Lowest: plan to manage risk of harm, "
        f"28 of 32. No case was relevant for: safety of the victim. {BANNER}"
    )
    assert BANNER in texts(chart)


def test_nothing_in_it_needs_a_style_sheet_or_another_file():
    source = theme_chart("T", FOURTEEN, chart_id="x", labels={})
    assert not re.search(r"style|metadata|<!DOCTYPE|<\?xml|href|rdf", source)
    assert set(re.findall(r"https?://[^\"]*", source)) == {"http://www.w3.org/2000/svg"}
    assert source.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')


def test_every_id_begins_with_the_charts_own_so_that_two_charts_never_collide():
    ids = re.findall(r' id="([^"]+)"', theme_chart("T", FOURTEEN, chart_id="chart 7/a", labels={}))
    assert len(ids) == len(set(ids))
    assert all(name.startswith("chart-7-a") for name in ids)


def test_a_small_base_is_outlined_and_said_so():
    big, small = ChartRow("A", "big", 8, 10, "8 of 10"), ChartRow("B", "small", 8, 9, "8 of 9")
    assert (style.GOOD, style.GOOD) in bars(drawn([big]))
    assert (style.PAPER, style.GOOD) in bars(drawn([small]))
    assert (style.GOOD, style.GOOD) not in bars(drawn([small]))
    assert "White with a thick edge: fewer than ten were relevant." in texts(drawn([small]))
    assert "White with a thick edge: fewer than ten were relevant." not in texts(drawn([big]))


def test_a_need_is_said_in_words_beside_its_colour():
    chart = drawn(chart_rows(letter(), "M"))
    assert "counts a need or a failing" in " ".join(texts(chart))
    assert (style.NEED, style.NEED) in bars(chart)


def test_an_interval_is_a_line_with_two_caps():
    with_one = ChartRow("A", "plan", 8, 10, "8 of 10", 0.5, 0.9)
    without = ChartRow("A", "plan", 8, 10, "8 of 10")

    def ink(row: ChartRow) -> int:
        return sum(path.get("stroke") == style.INK for path in drawn([row]).iter(f"{SVG}path"))

    assert (ink(with_one), ink(without)) == (3, 0)


def test_a_base_of_nought_has_words_and_no_bar():
    chart = drawn([ChartRow("A", "plan", 0, 0, "no case was relevant")])
    assert "no case was relevant" in texts(chart)
    assert bars(chart) == []


def test_a_suppressed_figure_is_left_out_and_said_to_be():
    rows = chart_rows(letter(), "P", {"P5": frozenset({"sufficient"})})
    source = theme_chart("P", rows, chart_id="c", labels={})
    assert "plan to manage" not in source
    assert "28" not in re.sub(r'"[^"]*"', "", source)
    assert source.count("One measure is left out because its numbers are too small to publish.") == 2


def test_a_theme_of_suppressed_figures_still_gives_a_chart():
    assert "No figure of this theme can be shown." in texts(drawn([ChartRow("X", hidden=True)]))


def test_bars_are_as_long_as_their_shares():
    chart = drawn([ChartRow("A", "all", 20, 20, "20 of 20"), ChartRow("B", "half", 10, 20, "10 of 20")])
    spans = []
    for path in chart.iter(f"{SVG}path"):
        if path.get("fill") == style.GOOD:
            xs = [float(x) for x in re.findall(r"[ML] (-?[\d.]+) ", path.get("d"))]
            spans.append(max(xs) - min(xs))
    assert spans[0] == pytest.approx(style.BAR_RIGHT - style.BAR_LEFT, abs=1)
    assert spans[1] == pytest.approx(spans[0] / 2, abs=1)


@pytest.mark.parametrize(
    "rows", [FOURTEEN, FOURTEEN[:1], [ChartRow("A", LONG, 0, 0, "no case at all was relevant " * 6)]]
)
def test_nothing_is_cut_off_and_no_two_lines_of_text_overlap(rows: list[ChartRow]):
    chart = drawn(rows, title=LONG * 2, notice=BANNER * 3)
    _, _, width, height = (float(part) for part in chart.get("viewBox").split())
    boxes = []
    for text in chart.iter(f"{SVG}text"):
        size = float(text.get("font-size"))
        long = width_of(text.text, size, text.get("font-weight") == "700")
        left = float(text.get("x")) - {"start": 0, "middle": long / 2, "end": long}[text.get("text-anchor")]
        foot = float(text.get("y"))
        boxes.append((left, left + long, foot - size * 0.73, foot + size * 0.2))
    assert all(left >= 0 and right <= width and top >= 0 and foot <= height for left, right, top, foot in boxes)
    overlaps = [
        (one, two)
        for number, one in enumerate(boxes)
        for two in boxes[number + 1 :]
        if one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]
    ]
    assert overlaps == []


def test_awkward_text_stays_text():
    awkward = '$x^2$ <b> & "q" \x00 \\frac %s {n}'
    assert '$x^2$ <b> & "q" \ufffd \\frac %s {n}' in texts(drawn([], title=awkward))


def test_the_bytes_depend_on_no_clock_zone_locale_or_hash_seed():
    program = (
        "from caselight.formats.charts.theme_chart import theme_chart; from caselight.formats.charts.rows import chart_rows;"
        "from tests.factories.traced_figures import letter; import sys;"
        "sys.stdout.write(theme_chart('P', chart_rows(letter(), 'P'), chart_id='c', labels={}))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT,
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"},
        ).stdout
        for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2"))
    }  # fmt: skip
    assert said == {theme_chart("P", chart_rows(letter(), "P"), chart_id="c", labels={})}


def test_charts_drawn_side_by_side_come_out_the_same():
    alone = theme_chart("T", FOURTEEN, chart_id="c", labels={})
    found: list[str] = []
    workers = [
        threading.Thread(target=lambda: found.append(theme_chart("T", FOURTEEN, chart_id="c", labels={})))
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [alone] * 3


def test_the_drawing_library_is_loaded_only_when_a_chart_is_drawn():
    program = (
        "import sys; import caselight.formats.charts.theme_chart, caselight.formats.tables.ods;"
        "print([name for name in ('matplotlib', 'odfdo') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
