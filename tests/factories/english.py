"""The English that the packs share, as tests of wording use it: the real data, not a stand-in."""

from functools import lru_cache
from pathlib import Path

import yaml

from caselight.method.wording.definition import Language

PACK = Path(__file__).parents[2] / "packs" / "english" / "wording.yaml"


@lru_cache(maxsize=1)
def english() -> Language:
    """The language ``en`` of ``packs/english/wording.yaml``."""
    return Language.model_validate(yaml.safe_load(PACK.read_text("utf-8"))["wording"]["en"])
