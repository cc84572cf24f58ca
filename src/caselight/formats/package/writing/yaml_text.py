"""``inspection.yaml`` from an :class:`Inspection`: keys in the order of the model, nothing that only repeats a default.

Text is put between quotation marks unless it can be nothing but text in every version of YAML.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from caselight.method.inspection.definition import Inspection

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*(?: [A-Za-z][A-Za-z0-9_.\-]*)*", re.ASCII)
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


class _Dumper(yaml.SafeDumper):
    """A dumper of ours, so that its rules for text change nobody else's."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002
        return super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML's signature: lists are indented


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


_Dumper.add_representer(str, _represent)


def inspection_bytes(inspection: Inspection) -> bytes:
    """The file as UTF-8, ending with a line feed."""
    value = inspection.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False, line_break="\n"
    )
    return text.encode("utf-8", "backslashreplace")


def scalar(text: str) -> str:
    """A text as YAML on one line, between quotation marks where it needs them.

    >>> scalar('The "best" service')
    '"The \\\\"best\\\\" service"'
    """
    dumped = yaml.dump(text, Dumper=_Dumper, allow_unicode=True, width=float("inf"))
    return str(dumped).removesuffix("\n").removesuffix("\n...")
