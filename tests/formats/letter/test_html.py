"""The page by itself: nothing fetched, nothing run, every link answered, every word of the letter in its order."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as reader
from tests.factories.traced_letter import BANNER, CASES, traced_letter

from caselight.formats.letter.html import letter_html
from caselight.method.report.traced import TracedLetter

LETTER = traced_letter()
CHART = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" role="img" id="a-chart"><title>A</title></svg>'
PAGE = letter_html(LETTER, {"A": CHART})
TREE = reader.fromstring(PAGE)


def squeezed(text: str) -> str:
    """The text without any space, because pages break lines where they like."""
    return re.sub(r"\s+", "", text)


def in_order(letter: TracedLetter, text: str) -> list[str]:
    """The passages that do not follow each other in the text."""
    missing, position, text = [], 0, squeezed(text)
    for passage in letter.passages:
        for span in passage.spans:
            found = text.find(squeezed(span.text), position)
            if found < 0:
                missing.append(span.text)
            else:
                position = found + len(squeezed(span.text))
    return missing


def test_the_page_asks_nobody_for_anything_and_runs_nothing() -> None:
    addresses = {value for _, _, value, _ in TREE.iterlinks()}
    assert {address for address in addresses if not address.startswith("#")} == set()
    assert TREE.xpath("//script | //link | //img | //iframe | //*[@style] | //*[starts-with(name(@*), 'on')]") == []
    assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org/2000/svg)", PAGE)


def test_every_id_is_there_once_and_every_link_finds_its_id() -> None:
    ids = Counter(TREE.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert {link[1:] for link in TREE.xpath("//a/@href")} - set(ids) == set()
    assert set(TREE.xpath("//@aria-labelledby")) - set(ids) == set()


def test_there_is_one_title_and_headings_skip_no_level() -> None:
    levels = [int(element.tag[1]) for element in TREE.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_word_of_the_letter_is_there_in_order() -> None:
    assert in_order(LETTER, TREE.xpath("//article")[0].text_content()) == []


def test_the_notice_stands_at_both_ends() -> None:
    assert TREE.xpath("//*[@class='banner']/text()") == [BANNER, BANNER]
    assert "banner" not in reader.fromstring(letter_html(replace(LETTER, banner=""))).xpath("//@class")


def test_a_phrase_leads_to_its_figure_and_the_figure_back_to_it() -> None:
    phrase = TREE.get_element_by_id("said-1.1-2")
    assert phrase.text_content() == "9 of 13 relevant cases"
    assert phrase.get("href") == "#figure-A2"
    assert "#said-1.1-2" in TREE.xpath("//section[@id='figure-A2']//a/@href")


def test_the_authors_text_is_never_markup() -> None:
    assert "&lt;angle brackets&gt;" in PAGE
    hostile = replace(
        LETTER, title="</title><script>x</script>", banner="<b>", basis="<i>", labels={"annex.title": "<u>"}
    )
    assert reader.fromstring(letter_html(hostile)).xpath("//script | //u | //i | //b") == []


def test_quotations_lists_and_footnotes_are_what_they_are() -> None:
    assert TREE.xpath("//q[@lang='en-GB']/text()") == ["“she had drawn the whole street with him”"]
    assert [len(found) for found in TREE.xpath("//ul[@class='points']")] == [2, 1]
    assert TREE.xpath("//*[@role='doc-noteref']/@href") == ["#note-rate", "#note-rate"]
    assert TREE.xpath("//*[@role='doc-backlink']/@href") == ["#cites-rate", "#cites-rate-2"]


def test_every_table_names_its_columns_and_rows() -> None:
    tables = TREE.xpath("//table")
    assert len(tables) == 8
    assert [table for table in tables if not table.xpath(".//tbody//th[@scope='row']")] == []
    assert [table for table in tables[1:] if not table.xpath(".//thead//th[@scope='col']")] == []


def test_a_chart_stands_over_its_table() -> None:
    figure = TREE.xpath("//figure/*[@id='a-chart']")[0]
    assert figure.xpath("following::table[1]/@id") == ["table-A"]
    assert "<?xml" not in PAGE


def test_the_working_page_opens_down_to_the_cases_and_the_open_one_names_none() -> None:
    public = letter_html(LETTER, open_=True)
    assert all(case in PAGE for case in CASES)
    assert [case for case in CASES if case in public] == []
    assert "<details" not in public


@pytest.mark.parametrize(("hidden", "shown"), [({"insufficient"}, "[c] of 13 relevant cases"), ({"relevant"}, "[c]")])
def test_what_is_held_back_prints_as_shorthand_and_is_explained(hidden: set[str], shown: str) -> None:
    tree = reader.fromstring(letter_html(LETTER, open_=True, suppressed={"A2": frozenset(hidden)}))
    assert tree.xpath("//section[@id='figure-A2']/p/text()") == [shown]
    assert "[c]" in tree.xpath("//*[@id='reading']//dt/text()")
    assert "[c]" not in TREE.xpath("//*[@id='reading']//dt/text()")


def test_the_language_is_the_letters_and_so_are_its_labels() -> None:
    welsh = letter_html(replace(LETTER, language="cy", labels={"annex.title": "[CY] Atodiad"}))
    assert reader.fromstring(welsh).get("lang") == "cy-GB"
    assert "[CY] Atodiad" in welsh


def test_an_empty_letter_is_still_a_page() -> None:
    bare = TracedLetter("en", "T", "S", "", "", "", (), (), (), {}, (), (), (), (), {}, (), "")
    assert reader.fromstring(letter_html(bare)).xpath("//h1/text()") == ["T"]
