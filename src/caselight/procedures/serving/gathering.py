"""Gathers the files of the pages into one folder before they are served: named by digest, compressed, once a version."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import Storage, storages
from django.utils.module_loading import import_string

from caselight.method.faults import Fault, stop

STAMP = ".gathered"
Files = dict[str, tuple[Storage, str]]


def gather() -> bool:
    """Whether anything had to be gathered; nothing is where what is there was made from the same files.

    The new folder takes the place of the old one in one step, so that a server that begins at the same moment finds
    either. Raises ``store.no-static-files`` where the folder cannot be written.
    """
    # Not the storage itself: it reads its list of names when it is made, and that list is made here.
    if not issubclass(import_string(settings.STORAGES["staticfiles"]["BACKEND"]), ManifestFilesMixin):
        return False  # files are served from where they are
    root = Path(settings.STATIC_ROOT)
    files = _found()
    now = _state(files)
    if (root / STAMP).is_file() and (root / STAMP).read_text() == now:
        return False
    try:
        _replace(root, files, now)
    except OSError as error:
        stop(Fault("store.no-static-files", (str(root),), f"The files of the pages could not be written: {error.strerror}.",
                   "Let the user who serves write in the data folder, then start again."))  # fmt: skip
    return True


def _found() -> Files:
    """Every file by the path it is served under; the first that is found counts."""
    files: Files = {}
    for finder in get_finders():
        for path, storage in finder.list([]):
            files.setdefault(path, (storage, path))
    return files


def _state(files: Files) -> str:
    """A digest of all names and contents."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path, (storage, inner) in sorted(files.items()):
        with storage.open(inner) as stream:
            digest.update(f"\n{path}\n{stream.size}\n".encode() + stream.read())
    return digest.hexdigest()


def _replace(root: Path, files: Files, now: str) -> None:
    root.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="static-", dir=root.parent))
    try:
        storage: Any = storages.create_storage({**settings.STORAGES["staticfiles"], "OPTIONS": {"location": str(new)}})
        for path, (source, inner) in files.items():
            with source.open(inner) as stream:
                storage.save(path, stream)
        for name, _, done in storage.post_process(files):
            if isinstance(done, Exception):
                raise RuntimeError(f"{name} could not be made ready for serving.") from done
        (new / STAMP).write_text(now)
        new.chmod(0o755)
        old = new.with_name(f"{new.name}-old")
        if root.exists():
            root.rename(old)
        new.rename(root)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)
