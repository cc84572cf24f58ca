"""The search of S8 itself: what it says is nowhere must be nowhere."""

import base64
from pathlib import Path

import pytest
from tests.evidence import searching
from tests.evidence.searching import files, found, spellings, written

SECRET = b"\x00\x10secret\xfe\xff bytes"


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"])
@pytest.mark.parametrize("form", ["plain", "hex", "HEX", "base64", "urlsafe"])
def test_a_secret_is_found_however_it_is_written_and_wherever_it_begins(
    tmp_path: Path, before: bytes, form: str
) -> None:
    whole = before + SECRET + b"after"
    forms = {
        "plain": whole, "hex": whole.hex().encode(), "HEX": whole.hex().upper().encode(),
        "base64": base64.b64encode(whole), "urlsafe": base64.urlsafe_b64encode(whole),
    }  # fmt: skip
    (tmp_path / "file").write_bytes(b"noise " + forms[form])
    assert [label for label, _ in found(files(tmp_path), {"it": written(SECRET)})] == ["it"]


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_word_is_found_in_other_encodings_and_cases(tmp_path: Path, code: str) -> None:
    (tmp_path / "file").write_bytes("x Sentinelwords x SENTINELWORDS".encode(code))
    assert found(files(tmp_path), {"it": spellings("sentinelwords")})


def test_a_secret_that_lies_across_two_chunks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "CHUNK", 64)
    for start in range(50, 70):
        (tmp_path / "file").write_bytes(b"." * start + b"sentinel" + b"." * 100)
        assert found(files(tmp_path), {"it": [b"sentinel"]}), start


def test_nothing_is_found_where_nothing_is_and_nothing_too_short_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"sentine sentinee")
    assert found(files(tmp_path), {"it": [b"sentinel"]}) == []
    with pytest.raises(ValueError, match="too short"):
        found(files(tmp_path), {"it": [b"sent"]})
