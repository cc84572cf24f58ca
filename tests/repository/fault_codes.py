"""Every fault code of the source, found by reading it: literals handed to what makes a fault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "caselight"
CODE = re.compile(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
MAKERS = {"Fault", "Refusal"}


@cache
def fault_codes() -> frozenset[str]:
    """The codes: first arguments of ``Fault``, ``Refusal`` and functions with a parameter ``code``, and what is put in a name ``code``."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))]
    makers = MAKERS | {
        function.name for tree in trees for function in _functions(tree) if "code" in _parameters(function)
    }
    return frozenset(code for tree in trees for node in ast.walk(tree) for code in _codes(node, makers))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _parameters(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}


def _codes(node: ast.AST, makers: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Call) and _name(node.func) in makers:
        given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
        yield from (code for argument in given for code in _literals(argument))
    elif isinstance(node, ast.Assign) and "code" in {_name(target) for target in node.targets}:
        yield from _literals(node.value)


def _literals(node: ast.AST) -> Iterator[str]:
    """The codes in an expression: ``"a.b"``, or the two of ``"a.b" if … else "a.c"``."""
    match node:
        case ast.Constant(value=str(text)) if CODE.fullmatch(text):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from (*_literals(one), *_literals(other))


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
