"""YAML is read by our own scalar rules, every part knows its line and column, and bad bytes give coded faults."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caselight.formats import located_yaml
from caselight.formats.located_yaml import DEEPEST, LARGEST, MOST_VALUES, Located, read_yaml
from caselight.method.faults import Fault, Faults


def read(text: str | bytes) -> Located:
    return read_yaml(text if isinstance(text, bytes) else text.encode(), "framework.yaml")


def faults_of(text: str | bytes) -> list[Fault]:
    with pytest.raises(Faults) as caught:
        read(text)
    return list(caught.value)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.50", 1.5),
        # what YAML 1.1 would turn into something else stays text
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("012", "012"),
        ("+44", "+44"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2016-01-27", "2016-01-27"),
        ("1234567890123456", "1234567890123456"),
        ('"12"', "12"),
        ("'true'", "true"),
        ("|\n  true", "true"),
    ],
)
def test_a_scalar_means_what_it_looks_like(written: str, read_as: object) -> None:
    value = read(f"key: {written}").value["key"]
    assert (type(value), value) == (type(read_as), read_as)


TREE = """\
title: Example
themes:
  - id: T1
    questions:
      - id: R1
        text:
          en: Why?
flow: {one: [1, 2]}
shared: &s
  a: 1
again: *s
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("title",), 1, 8),
        (("themes",), 3, 3),
        (("themes", 0), 3, 5),
        (("themes", 0, "questions", 0, "text", "en"), 7, 15),
        (("flow", "one", 1), 8, 17),
        (("shared", "a"), 10, 6),
        (("again",), 11, 8),
        (("themes", 0, "title"), 3, 5),  # missing: the nearest parent
        (("themes", 0, "questions", 7, "text"), 5, 7),
        (("title", "en"), 1, 8),
        (("nothing",), 1, 1),
    ],
)
def test_a_value_knows_its_place(path: tuple[str | int, ...], line: int, column: int) -> None:
    place = read(TREE).place(path)
    assert (place.file, place.line, place.column) == ("framework.yaml", line, column)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [(("title",), 1, 1), (("themes", 0, "questions"), 4, 5), (("flow", "one"), 8, 8), (("flow", "two"), 8, 7)],
)
def test_a_key_knows_its_place(path: tuple[str | int, ...], line: int, column: int) -> None:
    place = read(TREE).place(path, key=True)
    assert (place.line, place.column) == (line, column)


def laughs() -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 9)]
    return "\n".join(rows)


def deep_by_alias() -> str:
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, DEEPEST)]
    return "\n".join(rows)


REFUSED: list[tuple[str, str | bytes | Callable[[], str | bytes], int | None, int | None]] = [
    ("yaml.key-twice", "a: 1\nb: 2\na: 3\n", 3, 1),
    ("yaml.key-not-text", "a:\n  1: x\n", 2, 3),
    ("yaml.key-not-text", "? [k]\n: v\n", 1, 3),
    ("yaml.key-not-text", "true: v\n", 1, 1),
    ("yaml.merge-key", "a: &a {b: 1}\nc:\n  <<: *a\n", 3, 3),
    ("yaml.tag", "a: 1\nb: !!str 2\n", 2, 4),
    ("yaml.tag", "a: !thing {}\n", 1, 4),
    ("yaml.several-documents", "a: 1\n---\nb: 2\n", 2, 1),
    ("yaml.alias", "a: &a [*a]\n", 1, 8),
    ("yaml.alias", "a: *b\n", 1, 4),
    ("yaml.too-many-values", laughs, 6, 25),
    ("yaml.too-many-values", "[" + "x," * MOST_VALUES + "]", 1, 2 * MOST_VALUES),
    ("yaml.too-deep", "[" * 100_000, 1, DEEPEST + 1),
    ("yaml.too-deep", deep_by_alias, DEEPEST, 12),
    ("yaml.syntax", "a: b: c\n", 1, 5),
    ("yaml.syntax", "\ta: 1\n", 1, 1),
    ("yaml.not-utf-8", b"a: 1\nb: \xe9\n", 2, 4),
    ("yaml.not-utf-8", "a: 1\n".encode("utf-16"), 1, 1),
    ("yaml.control-character", b"a: 1\nb: x\x00\n", 2, 5),
    ("yaml.control-character", 'a: "\\0"\n', 1, 4),
    ("yaml.too-large", b"#" * (LARGEST + 1), None, None),
    ("yaml.empty", "# nothing\n", None, None),
]


@pytest.mark.parametrize(("code", "text", "line", "column"), REFUSED)
def test_what_is_refused_is_named_with_its_place(
    code: str, text: str | bytes | Callable[[], str | bytes], line: int | None, column: int | None
) -> None:
    (fault,) = faults_of(text() if callable(text) else text)
    assert fault.place is not None
    assert (fault.code, fault.place.line, fault.place.column) == (code, line, column)
    assert fault.says.endswith(".")
    assert fault.cure.endswith(".")


def test_a_key_that_stands_twice_names_both_lines() -> None:
    (fault,) = faults_of("a: 1\nb: 2\na: 3\n")
    assert fault.says == "The key “a” stands here and on line 1."


def test_all_refusals_are_collected() -> None:
    assert [fault.code for fault in faults_of("a: 1\na: 2\n1: x\nb: !t x\n")] == [
        "yaml.key-twice",
        "yaml.key-not-text",
        "yaml.tag",
    ]


def test_an_alias_repeats_its_value() -> None:
    assert read("a: &x [1, 2]\nb: *x\n").value == {"a": [1, 2], "b": [1, 2]}


def test_a_byte_order_mark_is_accepted() -> None:
    located = read(b"\xef\xbb\xbfa: 1\n")
    assert located.value == {"a": 1}
    assert str(located.place(("a",), key=True)) == "framework.yaml:1:1"


@pytest.mark.parametrize("loader", [located_yaml._LOADER, yaml.SafeLoader])
def test_both_parsers_read_alike(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(located_yaml, "_LOADER", loader)
    located = read(TREE)
    assert located.value["themes"][0]["questions"][0]["text"] == {"en": "Why?"}
    assert str(located.place(("flow", "one", 1))) == "framework.yaml:8:17"


YAML_LIKE = st.text(alphabet="ab1:-,[]{}&*!|>'\"#%@?<~. \n\t\\x0u", max_size=60).map(str.encode)


@pytest.mark.parametrize("loader", [located_yaml._LOADER, yaml.SafeLoader])
@given(data=st.one_of(st.binary(max_size=200), YAML_LIKE))
@settings(deadline=None)
@example(data=b'"\\ud800"')
@example(data=b'"\\UFFFFFFFF"')
@example(data=b"%YAML 9.9\n---\na")
@example(data=b"\xef\xbb\xbf\xff")
def test_nothing_but_faults_is_raised(loader: Any, data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(located_yaml, "_LOADER", loader)
        with suppress(Faults):
            read(data).place(("a", 0, "b"))
