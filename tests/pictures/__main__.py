"""The command: ``python -m tests.pictures --help``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.pictures import documents
from tests.pictures.camera import Camera, chromium, furnished
from tests.pictures.catalogue import pictured


def main() -> None:
    """Take the pictures that are asked for; ends with 1 where a page was not as it should be."""
    given = argparse.ArgumentParser(prog="python -m tests.pictures", description="Pictures of the pages.")
    given.add_argument("folder", type=Path, nargs="?", help="take every page at 1280 and 320 px into this folder")
    given.add_argument("--only", default="", help="only pages whose name begins so, such as letter:")
    given.add_argument("--docs", action="store_true", help="make the pictures in docs/images/tutorial again")
    asked = given.parse_args()
    if bool(asked.folder) is asked.docs:
        given.error("name a folder, or --docs")
    said: list[str] = []
    with tempfile.TemporaryDirectory() as data, furnished(Path(data)) as site, chromium() as browser:
        camera = Camera(site, browser)
        if asked.docs:
            for name, shot in documents.in_order().items():
                file = documents.FOLDER / f"{name}.png"
                said += camera.one(shot, file, documents.WIDTH, documents.HEIGHT)
        else:
            asked.folder.mkdir(parents=True, exist_ok=True)
            said += camera.take([shot for shot in pictured() if shot.page.startswith(asked.only)], asked.folder)
    sys.exit("\n".join(said) or 0)


if __name__ == "__main__":
    main()
