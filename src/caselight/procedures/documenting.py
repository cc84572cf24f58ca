"""The document of a framework, for inspectors to read: a page and a Word document in each of its languages."""

from __future__ import annotations

from pathlib import Path

from caselight.formats.files import write_whole
from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_document.html import framework_html
from caselight.formats.framework_yaml import read_framework
from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.framework.definition import Framework
from caselight.procedures.beginning import pack_folder


def adopted_framework(name: str) -> Framework:
    """A framework by the name of a shipped pack, by its folder, or by the folder of an inspection that holds it.

    Raises ``new.unknown-framework`` and every fault of the framework.
    """
    inside = Path(name) / "framework"
    if (Path(name) / "inspection.yaml").exists() and (inside / "framework.yaml").exists():
        return read_framework(inside)
    return read_framework(pack_folder(name))


def chosen_languages(framework: Framework, language: str) -> tuple[str, ...]:
    """The one language that was asked for, or all. Raises ``framework.no-such-language``."""
    if not language:
        return framework.languages
    if language not in framework.languages:
        says = f"The framework has no texts in {quoted(language)}."
        cure = did_you_mean(language, framework.languages)
        stop(Fault("framework.no-such-language", ("languages",), says, cure))
    return (language,)


def write_document(name: str, out: Path | None, language: str) -> list[Path]:
    """Write ``framework.html`` and ``framework.docx``, other languages as ``framework.cy.html``. Gives the files.

    Without ``out`` they go into ``out/`` and the id of the framework.
    """
    from caselight.formats.framework_document.docx import framework_docx  # large; pages use the rest of this module

    framework = adopted_framework(name)
    files: dict[str, bytes] = {}
    for code in chosen_languages(framework, language):
        suffix = "" if code == framework.languages[0] else f".{code}"
        document = framework_document(framework, code)
        files[f"framework{suffix}.html"] = framework_html(document).encode()
        files[f"framework{suffix}.docx"] = framework_docx(document)
    folder = out or Path("out") / framework.id
    for file, data in files.items():
        write_whole(folder / file, data)
    return [folder / file for file in files]
