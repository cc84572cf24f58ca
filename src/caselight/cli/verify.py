"""``caselight verify [EXPORT]``: the audit of this store, or of an export, checked by the stand-alone verifier."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from caselight import verifier
from caselight.cli.opening import open_store


@click.command()
@click.argument("export", type=click.Path(exists=True, path_type=Path), required=False)
@click.option(
    "--heads",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Heads that were kept outside: a file, or a folder of them.",
)
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The public key (receipts.pub)."
)
@click.option(
    "--receipts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Receipts to check too, one JSON object on a line.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def verify(
    export: Path | None, heads: tuple[Path, ...], key: Path | None, receipts: Path | None, as_json: bool
) -> None:
    """Check the audit of this store, or of EXPORT: a folder of audit-export, or a SQLite file."""
    asked = [*(f"--heads={path}" for path in heads)]
    asked += [f"--{name}={path}" for name, path in (("key", key), ("receipts", receipts)) if path]
    asked += ["--json"] if as_json else []
    if export is not None:
        sys.exit(verifier.main([str(export), *asked]))
    with TemporaryDirectory(prefix="caselight-verify-") as folder:
        sys.exit(verifier.main([str(_live(Path(folder))), *asked, *_known(heads, key)]))


def _live(folder: Path) -> Path:
    """An export of the store of this machine."""
    open_store()
    from caselight.procedures.exporting_audit import export_audit

    export_audit(folder / "audit")
    return folder / "audit"


def _known(heads: tuple[Path, ...], key: Path | None) -> list[str]:
    """What this machine knows besides: its heads and its keys, where none were named."""
    from django.conf import settings

    own = [] if heads or not settings.HEADS.exists() else [f"--heads={settings.HEADS}"]
    own += [] if key else [f"--key={settings.KEYS / 'receipts.pub'}"]
    seals = settings.KEYS / "audit.key"
    return [*own, f"--audit-key={seals}"] if seals.exists() else own
