"""YAML read into plain values that remember where they stood, so that a fault can name file, line and column.

Built from PyYAML's events with our own scalar rules (YAML 1.2 without its surprises): ``true``, ``false``, ``null`` and
ordinary numbers are values; ``yes``, ``no``, ``on``, dates, ``012`` and ``1e3`` stay strings. Tags, merge keys, keys
that are not text and further documents are refused; size, depth and what aliases expand to are bounded.
What the values mean is not known here. Nothing but :class:`Faults` is raised, whatever the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from caselight.method.faults import DataPath, Fault, Faults, Place, quoted

LARGEST = 10_000_000  # bytes
DEEPEST = 50  # mappings and lists inside each other
MOST_VALUES = 200_000  # after aliases are expanded; a text of n characters counts 1 + n // 100

# The C parser where PyYAML has it: ten times as fast, the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Up to fifteen digits: a longer number is a key or a seed, and no reader of JSON agrees on it.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNKEYED = object()


@dataclass(slots=True, eq=False)
class _Node:
    """A value with its position (counted from one); a mapping's keys have positions of their own."""

    value: Any
    line: int
    column: int
    parts: Any = None
    keys: Any = None
    weight: int = 1
    height: int = 0
    anchor: str | None = None
    key: Any = _UNKEYED


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A plain value (``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``) and where each part stood."""

    file: str
    value: Any
    root: _Node = field(repr=False)

    def place(self, path: DataPath, *, key: bool = False) -> Place:
        """Line and column of the value at ``path``, or of its key; of the nearest parent when it does not exist."""
        node = self.root
        at = (node.line, node.column)
        for position, step in enumerate(path):
            found = _part(node, step)
            if found is None:
                break
            wants_key = key and position == len(path) - 1 and isinstance(step, str)
            at = node.keys[str(step)] if wants_key else (found.line, found.column)
            node = found
        return Place(self.file, *at)


def _part(node: _Node, step: str | int) -> _Node | None:
    if isinstance(node.parts, dict) and isinstance(step, str):
        return node.parts.get(step)
    if isinstance(node.parts, list) and isinstance(step, int) and 0 <= step < len(node.parts):
        found: _Node = node.parts[step]
        return found
    return None


def read_yaml(data: bytes, file: str) -> Located:
    """Read one YAML document. ``file`` is the name that faults show. Raises :class:`Faults`, and only that.

    >>> read_yaml(b"asked: yes", "framework.yaml").value
    {'asked': 'yes'}
    """
    text = _decoded(data, file)
    builder = _Builder(file)
    try:
        _build(text, builder.handlers)
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        raise Faults([*builder.faults, _syntax(problem, file)]) from None
    if builder.faults:
        raise Faults(builder.faults)
    if builder.root is None:
        raise Faults(
            [Fault("yaml.empty", (), "The file holds no data.", "Write its keys and values.", place=Place(file))]
        )
    return Located(file, builder.root.value, builder.root)


def _build(text: str, handlers: dict[type[yaml.Event], Callable[[Any], None]]) -> None:
    """Hand every event of the parser to its handler."""
    loader = _LOADER(text)
    next_event, end = loader.get_event, yaml.StreamEndEvent
    try:
        event = next_event()
        while type(event) is not end:
            handle = handlers.get(type(event))
            if handle is not None:
                handle(event)
            event = next_event()
    finally:
        loader.dispose()


def _decoded(data: bytes, file: str) -> str:
    """The file as text; a byte order mark is accepted."""
    if len(data) > LARGEST:
        says = f"The file has {len(data):,} bytes, and at most {LARGEST:,} are read."
        raise Faults([Fault("yaml.too-large", (), says, "Split it into parts.", place=Place(file))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        place = _place_of(file, data[: problem.start].decode("utf-8-sig", errors="replace"))
        says = f"The file is not UTF-8 text: byte {problem.start + 1} does not fit."
        raise Faults([Fault("yaml.not-utf-8", (), says, "Save it with the encoding UTF-8.", place=place)]) from None
    if control := _CONTROL.search(text):
        place = _place_of(file, text[: control.start()])
        says = f"The file holds the control character U+{ord(control.group()):04X}, so it may not be plain text."
        raise Faults([Fault("yaml.control-character", (), says, "Remove it, or save the file as UTF-8.", place=place)])
    return text


def _place_of(file: str, before: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _syntax(problem: Exception, file: str) -> Fault:
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    said = str(getattr(problem, "problem", None) or getattr(problem, "reason", None) or "it cannot be read")
    cure = "Check the indentation, the colons and the quotation marks on this line and the one above."
    if "mapping values" in said:
        cure = "Put text that contains a colon and a space between quotation marks."
    elif "cannot start any token" in said:
        cure = "Indent with spaces instead of tabs, and put text that begins with @, ` or % between quotation marks."
    return Fault("yaml.syntax", (), f"The file is not valid YAML here: {said}.", cure, place=place)


def scalar(text: str) -> str | int | float | bool | None:
    """What an unquoted scalar means by our rules.

    >>> [scalar(text) for text in ("true", "yes", "12", "012", "1.5", "2016-01-27")]
    [True, 'yes', 12, '012', 1.5, '2016-01-27']
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


class _Builder:
    """Builds nodes from events without recursion, and collects what our rules refuse."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.root: _Node | None = None
        self._open: list[_Node] = []
        self._anchors: dict[str, _Node | None] = {}
        self._documents = 0
        self._count = 0
        self.handlers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._begin,
            yaml.SequenceStartEvent: self._begin,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def _end(self, _event: Any) -> None:
        self._attach(self._open.pop())

    def _at(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            says = "A second document begins here, and one file holds one document."
            cure = "Remove the line with the three dashes, or make two files."
            raise Faults([*self.faults, Fault("yaml.several-documents", (), says, cure, place=self._at(event))])

    def _node(self, event: Any, value: Any, parts: Any = None) -> _Node:
        if event.tag is not None:
            says = f"The tag {quoted(event.tag)} is not read."
            cure = "Remove the tag; put text that looks like a number between quotation marks."
            self.faults.append(Fault("yaml.tag", (), says, cure, place=self._at(event)))
        mark = event.start_mark
        node = _Node(value, mark.line + 1, mark.column + 1, parts, {} if isinstance(parts, dict) else None)
        if event.anchor is not None:
            node.anchor = event.anchor
        return node

    def _scalar(self, event: Any) -> None:
        text, plain = event.value, event.implicit[0]
        node = self._node(event, scalar(text) if plain else text)
        if len(text) >= 100:
            node.weight += len(text) // 100
        if event.style == '"' and _CONTROL.search(text):
            says = "This text holds a control character, written as an escape."
            cure = "Remove the escape."
            self.faults.append(Fault("yaml.control-character", (), says, cure, place=self._at(event)))
        if plain and text == "<<" and self._expects_key():
            says = "The merge key “<<” is not read."
            cure = "Write the keys out, or give the whole value an alias."
            self.faults.append(Fault("yaml.merge-key", (), says, cure, place=self._at(event)))
        self._attach(node)

    def _begin(self, event: Any) -> None:
        node = self._node(event, {}, {}) if isinstance(event, yaml.MappingStartEvent) else self._node(event, [], [])
        if node.anchor is not None:
            self._anchors[node.anchor] = None
        self._open.append(node)
        self._check_depth(len(self._open), event)

    def _check_depth(self, depth: int, event: Any) -> None:
        if depth > DEEPEST:
            says = f"More than {DEEPEST} lists and mappings stand inside each other."
            raise Faults([*self.faults, Fault("yaml.too-deep", (), says, "Write it flatter.", place=self._at(event))])

    def _alias(self, event: Any) -> None:
        node = self._anchors.get(event.anchor)
        if node is None:
            itself = event.anchor in self._anchors
            says = f"The alias {quoted('*' + event.anchor)} " + (
                "stands inside itself." if itself else "names nothing."
            )
            cure = (
                "Write the value out." if itself else f"Put &{event.anchor} before an earlier value, or write it out."
            )
            raise Faults([*self.faults, Fault("yaml.alias", (), says, cure, place=self._at(event))])
        self._check_depth(len(self._open) + node.height, event)
        mark = event.start_mark
        copy = _Node(node.value, mark.line + 1, mark.column + 1, node.parts, node.keys, node.weight, node.height)
        self._attach(copy)

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].parts, dict) and self._open[-1].key is _UNKEYED

    def _attach(self, node: _Node) -> None:
        """Put a finished value into the list or mapping that is open, as key or as value."""
        if node.anchor is not None:
            self._anchors[node.anchor] = node
        self._count += 1
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.weight += node.weight
        if node.height >= parent.height:
            parent.height = node.height + 1
        if parent.weight > MOST_VALUES or self._count > MOST_VALUES:
            says = f"The file holds more than {MOST_VALUES:,} values once its aliases are written out."
            place = Place(self.file, node.line, node.column)
            raise Faults([*self.faults, Fault("yaml.too-many-values", (), says, "Use fewer aliases.", place=place)])
        if isinstance(parent.parts, list):
            parent.parts.append(node)
            parent.value.append(node.value)
        elif parent.key is _UNKEYED:
            parent.key = self._checked_key(parent, node)
        else:
            if parent.key is not None:
                parent.parts[parent.key] = node
                parent.value[parent.key] = node.value
            parent.key = _UNKEYED

    def _checked_key(self, parent: _Node, node: _Node) -> str | None:
        """The key, or ``None`` for one that is refused, so that its value is dropped."""
        at = node.line, node.column
        if not isinstance(node.value, str):
            says = f"The key {quoted(node.value)} is not text."
            cure = "Put the key between quotation marks."
            self.faults.append(Fault("yaml.key-not-text", (), says, cure, place=Place(self.file, *at)))
            return None
        first = parent.keys.setdefault(node.value, at)
        if first is not at:
            says = f"The key {quoted(node.value)} stands here and on line {first[0]}."
            cure = "Remove or rename one of the two."
            self.faults.append(Fault("yaml.key-twice", (), says, cure, place=Place(self.file, *at)))
            return None
        return node.value
