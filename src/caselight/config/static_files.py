"""How files of the pages are stored for serving: a digest in each name, compressed, module imports following."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Hashed(CompressedManifestStaticFilesStorage):
    """A file's name changes with its content, so browsers may keep it for ever; also where a script imports another."""

    support_js_module_import_aggregation = True
