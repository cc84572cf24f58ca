"""Heads leave the database signed; a change that cannot be witnessed is refused."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import OperationalError, transaction

from caselight.method.faults import Faults
from caselight.store.audit import heads, keys
from caselight.store.audit.actions import canonical, record
from caselight.store.audit.acts import Act
from caselight.store.audit.models import AuditRow, Head, Tip

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def outside(tmp_path, settings):
    settings.HEADS = tmp_path / "heads"
    return settings.HEADS


def added(chain="inspection:north", times=1):
    with transaction.atomic():
        for i in range(times):
            link = record(chain=chain, by="a-lead", act=Act.ANSWER_RECORDED, of=("answer", f"op-{i}"), detail={}, at=AT)
    return link


@transaction.atomic
def changed():
    link = record(chain="system", by="a", act=Act.ANSWER_RECORDED, of=("answer", "1"), detail={}, at=AT)
    heads.write_head(chain="system", at=AT)
    return link


def lines(chain="inspection:north"):
    return [json.loads(line) for line in heads.mirror(chain).read_text("utf-8").splitlines() if line]


@pytest.mark.django_db(transaction=True)
def test_a_head_is_the_signed_end_of_its_chain_in_the_file_and_the_table():
    link = added(times=3)
    assert len(heads.write_heads(at=AT)) == 1
    (line,) = lines()
    assert (line["kind"], line["n"], line["hash"]) == ("head", 3, link.hash)
    said = canonical({name: line[name] for name in ("at", "chain", "hash", "kind", "n")}).encode()
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys.public_key()))
    public.verify(bytes.fromhex(line["signature"]), said)
    assert Head.objects.values_list("n", "hash", "signature").get() == (3, link.hash, line["signature"])


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_did_not_grow_gets_no_second_head():
    added()
    added("system")
    assert len(heads.write_heads(at=AT)) == 2
    added("system")
    assert [head.chain for head in heads.write_heads(at=AT)] == ["system"]


@pytest.mark.django_db(transaction=True)
def test_heads_are_written_again_where_their_file_is_gone():
    added()
    heads.write_heads(at=AT)
    heads.mirror("inspection:north").unlink()
    assert len(heads.write_heads(at=AT)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_of_state_is_announced_before_and_witnessed_after_its_commit():
    with transaction.atomic():
        link = record(chain="system", by="a", act=Act.ANSWER_RECORDED, of=("answer", "1"), detail={}, at=AT)
        heads.write_head(chain="system", at=AT)
        assert [line["kind"] for line in lines("system")] == ["announced"]
        assert not Head.objects.exists()
    assert [(line["kind"], line["hash"]) for line in lines("system")] == [("announced", link.hash), ("head", link.hash)]
    assert Head.objects.get().hash == link.hash


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_leaves_no_head():
    with transaction.atomic():
        record(chain="system", by="a", act=Act.ANSWER_RECORDED, of=("answer", "1"), detail={}, at=AT)
        heads.write_head(chain="system", at=AT)
        transaction.set_rollback(True)
    assert [line["kind"] for line in lines("system")] == ["announced"]
    assert not Head.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_cannot_be_witnessed_is_refused(outside):
    outside.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(Faults, match=r"audit\.head-not-kept"):
        changed()
    assert not AuditRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_refuses_the_change_and_leaves_no_half_line(monkeypatch):
    added()
    heads.write_heads(at=AT)
    before = heads.mirror("inspection:north").read_bytes()
    monkeypatch.setattr(os, "fsync", _full)
    added()
    with pytest.raises(Faults, match=r"audit\.head-not-kept"):
        heads.write_heads(at=AT)
    assert heads.mirror("inspection:north").read_bytes() == before
    assert Head.objects.count() == 1


def _full(descriptor):
    raise OSError(28, "No space left on device")


@pytest.mark.django_db(transaction=True)
def test_a_line_cut_short_by_a_crash_spoils_no_other():
    added()
    heads.write_heads(at=AT)
    with heads.mirror("inspection:north").open("ab") as stream:
        stream.write(b'{"at":"2026')
    link = added()
    heads.write_heads(at=AT)
    last = heads.mirror("inspection:north").read_text("utf-8").splitlines()[-1]
    assert json.loads(last)["hash"] == link.hash


@pytest.mark.django_db(transaction=True)
def test_no_head_is_signed_of_a_chain_that_does_not_end_as_its_tip_says():
    added()
    added("system")
    Tip.objects.filter(chain="inspection:north").update(hash="f" * 64)
    with pytest.raises(Faults, match=r"audit\.chain-broken"):
        heads.write_heads(at=AT)
    assert not heads.mirror("inspection:north").exists()
    assert [line["n"] for line in lines("system")] == [1]


def test_files_of_chains_have_names_that_are_safe_and_differ():
    names = {heads.mirror(chain).name for chain in ("reads:A/../b", "reads:a/../B", "reads:" + "é" * 190, "system")}
    assert len(names) == 4
    assert all(len(name) < 90 and name.isascii() and "/" not in name for name in names)


@pytest.mark.django_db(transaction=True)
def test_a_head_that_the_database_cannot_take_is_refused_in_words(monkeypatch):
    def away(**_):
        raise OperationalError("disk I/O error")

    added()
    monkeypatch.setattr(Head.objects, "create", away)
    with pytest.raises(Faults, match=r"store\.not-written"):
        heads.write_heads(at=AT)
