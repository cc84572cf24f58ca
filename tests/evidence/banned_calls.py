"""Calls that turn text into SQL, code or commands: none may stand in the product but where a reason is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

QUERYSETS = {"extra", "raw"}  # methods of a Django queryset
NAMES = {"RawSQL", "eval", "exec", "compile", "__import__"}
DOTTED = {("os", "system"), ("os", "popen"), ("pickle", "loads"), ("pickle", "load"), ("marshal", "loads"),
          ("yaml", "load"), ("yaml", "unsafe_load")}  # fmt: skip
REQUESTED = {"GET", "POST", "data", "headers", "META"}
ALLOWED = {
    "caselight/formats/located_yaml.py: yaml.load",  # with our own safe loader, which makes plain values only
}


def banned(source: Path) -> list[str]:
    """Every banned call in the Python files below a folder, with its place."""
    found = []
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source).as_posix()
        for line, what in banned_in(path.read_text("utf-8")):
            if f"{name}: {what}" not in ALLOWED:
                found.append(f"{name}:{line} calls {what}.")
    return found


def banned_in(text: str) -> list[tuple[int, str]]:
    """The banned calls of one module: its line and what is called."""
    return [(node.lineno, what) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)
            for what in _called(node)]  # fmt: skip


def _called(node: ast.Call) -> Iterator[str]:
    function = node.func
    if isinstance(function, ast.Name) and function.id in NAMES:
        yield function.id
    if isinstance(function, ast.Attribute):
        owner = function.value.id if isinstance(function.value, ast.Name) else ""
        if (owner, function.attr) in DOTTED:
            yield f"{owner}.{function.attr}"
        if function.attr in QUERYSETS and _is_queryset(function.value):
            yield f".{function.attr}()"
    for keyword in node.keywords:
        if keyword.arg == "shell" and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False):
            yield "a shell"
        if keyword.arg is None and isinstance(keyword.value, ast.Attribute) and keyword.value.attr in REQUESTED:
            yield f"**request.{keyword.value.attr}"


def _is_queryset(value: ast.expr) -> bool:
    """Whether an expression is a manager or what a manager's method gave."""
    while isinstance(value, ast.Call | ast.Attribute):
        if isinstance(value, ast.Attribute) and value.attr == "objects":
            return True
        value = value.func if isinstance(value, ast.Call) else value.value
    return False
