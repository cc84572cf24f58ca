"""Small valid values for tests: `minimal()` is a framework, `told(…)` the faults of it once broken."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from caselight.formats.framework_yaml import framework_faults, read_framework
from caselight.method.framework.definition import Framework

MINIMAL = Path(__file__).with_name("minimal_framework.yaml")


@cache
def minimal() -> Framework:
    """The smallest framework that is worth testing with. It is frozen, so every test may share it."""
    return framework_of(minimal_text())


def minimal_text(*changes: tuple[str, str]) -> str:
    """The minimal framework as YAML, with each `(old, new)` replaced; `old` must stand in it exactly once."""
    text = MINIMAL.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the minimal framework"
        text = text.replace(old, new)
    return text


def framework_of(text: str) -> Framework:
    """A framework from the text of one file."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "framework.yaml").write_text(text, "utf-8")
        return read_framework(Path(folder))


def told(*changes: tuple[str, str]) -> tuple[list[tuple[str, str]], str]:
    """The faults of the minimal framework after changes, as (code, place), and the place that `«` marks in them."""
    text = minimal_text(*changes)
    before, mark, after = text.partition("«")
    with TemporaryDirectory() as folder:
        (Path(folder) / "framework.yaml").write_text(before + after, "utf-8")
        _, faults = framework_faults(Path(folder))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return [(fault.code, str(fault.place)) for fault in faults], f"framework.yaml:{line}:{column}" if mark else ""
