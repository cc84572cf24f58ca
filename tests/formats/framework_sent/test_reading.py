"""A framework from outside is read whole in a limited process; whatever it holds, what comes back is faults or a framework."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from caselight.formats.framework_sent.reading import Sent, read_sent
from caselight.formats.framework_sent.unpacking import LARGEST, MOST_BYTES, MOST_FILES
from caselight.formats.framework_yaml import canonical, read_framework
from caselight.formats.held_files import Held

MINIMAL = (Path(__file__).parents[2] / "factories" / "minimal_framework.yaml").read_bytes()
PACKS = Path(__file__).parents[3] / "packs"


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def codes(sent: Sent) -> list[str]:
    return [fault.code for fault in sent.faults]


def test_one_file_gives_its_framework_and_itself_byte_for_byte() -> None:
    sent = read_sent("mine.yaml", MINIMAL)
    assert sent.faults == ()
    assert sent.framework is not None
    assert sent.document == canonical(sent.framework).decode()
    assert sent.files == {"framework.yaml": MINIMAL}


def test_a_zip_of_a_pack_beside_the_words_that_it_shares_is_the_same_framework() -> None:
    folders = (PACKS / "sqs", PACKS / "english")
    files = {
        str(path.relative_to(PACKS)): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    sent = read_sent("sqs.zip", zipped({**files, "__MACOSX/sqs/._framework.yaml": b"junk", "sqs/.DS_Store": b"junk"}))
    assert sent.framework == read_framework(PACKS / "sqs")
    assert "english/wording.yaml" in sent.files
    assert sent.files["letter.md"] == files["sqs/letter.md"]
    assert not any("DS_Store" in name for name in sent.files)


def test_every_fault_is_found_at_once_with_file_line_and_cure() -> None:
    broken = MINIMAL.replace(b"version:", b"vrsn:", 1).replace(b"scale: ", b"scale: un", 1)
    sent = read_sent("mine.yaml", broken)
    assert sent.framework is None
    assert len(sent.faults) > 1
    assert all(fault.place and fault.place.line and fault.cure for fault in sent.faults)


BROKEN = {
    "empty": (b" \n", "framework.sent-empty"),
    "too large": (b"x" * (LARGEST + 1), "framework.sent-too-large"),
    "a damaged zip": (b"PK\x03\x04" + b"\0" * 40, "framework.sent-unreadable"),
    "no framework inside": (zipped({"a/readme.txt": b"hello"}), "framework.sent-no-main"),
    "two frameworks": (zipped({"a/framework.yaml": MINIMAL, "b/framework.yaml": MINIMAL}), "framework.sent-no-main"),
    "too many files": (zipped({f"{n}.yaml": b"" for n in range(MOST_FILES + 1)}), "framework.sent-too-large"),
    "a bomb": (zipped({"framework.yaml": b"a" * (MOST_BYTES + 1)}), "framework.sent-too-large"),
    "an escape": (zipped({"../framework.yaml": MINIMAL}), "framework.sent-no-main"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "yaml.not-utf-8"),
    "an anchor bomb": (b"a: &a [x,x,x,x]\n" + b"".join(
        b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n + 1, n + 1, *[n] * 7) for n in range(97, 115)), "yaml."),
    "another kind of YAML": (b"- just\n- a list\n", "framework.not-a-mapping"),
    "a part that is missing": (MINIMAL + b"\nparts:\n  - themes/one.yaml\n", "framework.file-missing"),
    "a part outside": (MINIMAL + b"\nparts:\n  - ../../../etc/passwd.yaml\n", "framework."),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_whatever_else_is_sent_is_refused_in_plain_words_and_breaks_nothing(name: str) -> None:
    data, code = BROKEN[name]
    sent = read_sent("sent", data)
    assert sent.framework is None
    assert codes(sent)[0].startswith(code), codes(sent)
    assert all(fault.says.endswith(".") and fault.cure for fault in sent.faults)


def test_what_takes_too_long_is_ended_and_refused() -> None:
    assert codes(read_sent("mine.yaml", MINIMAL, seconds=0.01)) == ["framework.sent-unreadable"]


def test_held_files_are_named_as_in_a_folder_and_nothing_lies_outside() -> None:
    files = Held({"/framework.yaml": b"a", "/themes/one.yaml": b"b"}, "/")
    assert (files / "themes/one.yaml").open().read() == b"b"
    assert not (files / "../../etc/passwd").is_file()
    assert not (files / "themes").is_file()
