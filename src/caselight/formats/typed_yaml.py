"""Plain values turned into a pydantic model, or into faults that say in a sentence what is wrong and how to mend it.

Used for every YAML file of ours: frameworks and ``inspection.yaml``. pydantic's own names of union branches are taken
out of the paths, several complaints about one union become one, and each fault stands at the value or key it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from caselight.method.faults import DataPath, Fault, Place, did_you_mean, quoted

ModelType = TypeVar("ModelType", bound=BaseModel)

_NEEDED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "tuple_type": "a list",
    "list_type": "a list",
    "date_type": "a date",
}
_HOW_TO_WRITE = {
    "text": "Put it between quotation marks.",
    "a whole number": "Write digits, without quotation marks.",
    "a number": "Write digits, without quotation marks.",
    "true or false": "Write true or false, without quotation marks.",
    "a mapping of keys to values": "Write its keys below it, indented, each followed by a colon and its value.",
    "a list": "Write one entry per line, each after a dash.",
    "a date": "Write it as year, month and day: 2016-01-27.",
}


class Places(Protocol):
    """Whatever knows where a part of the value stood: a :class:`Located` file, or several merged into one."""

    def place(self, path: DataPath, *, key: bool = False) -> Place:
        """File, line and column of the value at ``path`` or of its key."""


@dataclass(frozen=True, slots=True)
class _Problem:
    """One complaint of pydantic about the value at a path of the file."""

    kind: str
    path: DataPath
    value: Any
    context: dict[str, Any]
    message: str
    off_branch: bool  # about a kind of value that the author did not mean to write

    @property
    def needed(self) -> str:
        return _NEEDED.get(self.kind, "")


def read_as(model: type[ModelType], value: Any, places: Places) -> tuple[ModelType | None, list[Fault]]:
    """The value as a model, or ``None`` and every fault it has, each with its place."""
    try:
        return model.model_validate(value, by_alias=True, by_name=False), []
    except ValidationError as refusal:
        errors = refusal.errors(include_url=False)
    problems = list(_relevant([_problem(dict(error), value) for error in errors]))
    return None, [_fault(problem, model, places) for problem in problems]


def _problem(error: dict[str, Any], value: Any) -> _Problem:
    """Follow pydantic's path through the value; what is neither key nor index there is the name of a branch."""
    path: list[str | int] = []
    off_branch = False
    for position, step in enumerate(error["loc"]):
        there = error["input"] is value and error["type"] != "missing"
        if _holds(value, step) and not there:
            value = value[step]
            path.append(step)
        elif error["type"] == "missing" and position == len(error["loc"]) - 1:
            path.append(step)
        else:
            off_branch = off_branch or not _fits(str(step), value)
    return _Problem(error["type"], tuple(path), value, error.get("ctx", {}), error["msg"], off_branch)


def _holds(value: Any, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)


def _fits(branch: str, value: Any) -> bool:
    """Whether a value is of the kind that a branch of a union is for."""
    kinds: dict[str, type | tuple[type, ...]] = {"str": str, "constrained-str": str, "int": int, "float": (int, float)}
    kind = dict if branch.startswith("dict[") else list if branch.startswith("tuple[") else kinds.get(branch, object)
    return isinstance(value, kind) and not (isinstance(value, bool) and kind is not object)


def _relevant(problems: list[_Problem]) -> Iterator[_Problem]:
    """Leave out what only follows from another problem: other branches, and lists too short for their bad entries."""
    meant = {
        problem.path[:depth] for problem in problems if not problem.off_branch for depth in range(len(problem.path) + 1)
    }
    needs: dict[DataPath, list[str]] = {}
    for problem in problems:
        if problem.off_branch and problem.needed:
            needs.setdefault(problem.path, []).append(problem.needed)
    for problem in problems:
        if not problem.off_branch:
            if problem.kind != "too_short" or len(problem.value) < problem.context["min_length"]:
                yield problem
        elif problem.path not in meant:
            context = {"needs": list(dict.fromkeys(needs.pop(problem.path, ())))}
            if context["needs"]:
                yield replace(problem, kind="wrong_type", context=context)


def _fault(problem: _Problem, model: type[BaseModel], places: Places) -> Fault:
    if problem.kind == "extra_forbidden":
        return _unknown_key(problem, model).at(places.place(problem.path, key=True))
    if problem.kind == "wrong_type" or problem.needed:
        return _wrong_type(problem).at(places.place(problem.path))
    return _TELL.get(problem.kind, _not_allowed)(problem).at(places.place(problem.path))


def _unknown_key(problem: _Problem, model: type[BaseModel]) -> Fault:
    says = f"The key {quoted(problem.path[-1])} is not known here."
    cure = did_you_mean(str(problem.path[-1])[:60], known_keys(model, problem.path[:-1]))
    return Fault("yaml.unknown-key", problem.path, says, cure)


def _missing_key(problem: _Problem) -> Fault:
    key = problem.path[-1]
    return Fault(
        "yaml.missing-key", problem.path, f"The key {quoted(key)} is missing here.", f"Add “{key}:” with its value."
    )


def _wrong_type(problem: _Problem) -> Fault:
    needs = problem.context.get("needs") or [problem.needed]
    says = f"Here stands {_found(problem.value)}, but {' or '.join(needs)} is needed."
    cure = _HOW_TO_WRITE[needs[0]]
    if problem.value is None:
        cure = "Give it a value, or remove the key."
    elif needs[0] == "text" and isinstance(problem.value, (list, dict)):
        cure = "Write text instead."
    return Fault("yaml.wrong-type", problem.path, says, cure)


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping of keys to values"
    if isinstance(value, list):
        return "a list"
    return f"the text {quoted(value)}" if isinstance(value, str) else f"the number {value}"


def _unlisted(problem: _Problem) -> Fault:
    known = [part.strip(" '") for part in str(problem.context["expected"]).replace(" or ", ", ").split(",")]
    if isinstance(problem.value, bool):
        known = [word.lower() for word in known]
    says = f"One of certain values may stand here, and {_found(problem.value)} is not among them."
    return Fault("yaml.unlisted-value", problem.path, says, did_you_mean(str(problem.value)[:60], known))


def _not_an_identifier(problem: _Problem) -> Fault:
    says = f"{quoted(problem.value)} cannot be an identifier."
    cure = "Begin with a letter from A to Z and go on with letters, digits, full stops, hyphens and underscores."
    return Fault("yaml.not-an-identifier", problem.path, says, cure)


def _wrong_size(problem: _Problem) -> Fault:
    unit = "characters" if isinstance(problem.value, str) else "entries"
    too_few = "min_length" in problem.context
    limit = problem.context["min_length" if too_few else "max_length"]
    says = f"Number of {unit} here: {len(problem.value)}. Allowed: {'at least' if too_few else 'at most'} {limit}."
    cure = "Add what is missing." if too_few else "Remove what is too much."
    return Fault("yaml.wrong-length", problem.path, says, cure)


def _out_of_range(problem: _Problem) -> Fault:
    says = f"The number {problem.value} is out of range."
    limit = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    cure = " and ".join(f"{limit[key]} {bound}" for key, bound in problem.context.items() if key in limit)
    return Fault("yaml.out-of-range", problem.path, says, f"It must be {cure}.")


def _not_a_date(problem: _Problem) -> Fault:
    says = f"{quoted(problem.value)} is not a day of the calendar."
    return Fault("yaml.not-a-date", problem.path, says, _HOW_TO_WRITE["a date"])


def _not_allowed(problem: _Problem) -> Fault:
    reason = str(problem.context.get("error", problem.message)).rstrip(".")
    says = f"This does not fit together: {reason}."
    return Fault("yaml.does-not-fit", problem.path, says, "Change the keys or values of this entry so that it does.")


_TELL: dict[str, Callable[[_Problem], Fault]] = {
    "missing": _missing_key,
    "literal_error": _unlisted,
    "enum": _unlisted,
    "string_pattern_mismatch": _not_an_identifier,
    "too_short": _wrong_size,
    "too_long": _wrong_size,
    "string_too_short": _wrong_size,
    "string_too_long": _wrong_size,
    "greater_than_equal": _out_of_range,
    "greater_than": _out_of_range,
    "less_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "date_parsing": _not_a_date,
    "date_from_datetime_parsing": _not_a_date,
    "date_from_datetime_inexact": _not_a_date,
}


def known_keys(model: type[BaseModel], path: DataPath) -> list[str]:
    """The keys that may stand in the mapping at ``path``, in the order of the model."""
    schema = _schema(model)
    nodes = list(_branches(schema, schema))
    for step in path:
        nodes = [inner for node in nodes for found in _below(node, step) for inner in _branches(found, schema)]
    return list(dict.fromkeys(key for node in nodes for key in node.get("properties", ())))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _branches(node: Any, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        yield from _branches(schema["$defs"][node["$ref"].rpartition("/")[2]], schema)
        return
    yield node
    for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _branches(branch, schema)


def _below(node: dict[str, Any], step: str | int) -> Iterable[Any]:
    if isinstance(step, int):
        return [node.get("items")]
    return [node.get("properties", {}).get(step, node.get("additionalProperties"))]
