"""The English that the packs share, as tests of wording use it: the real data, not a stand-in."""

from functools import lru_cache
from pathlib import Path

from caselight.formats.located_yaml import read_yaml
from caselight.method.wording.definition import Language

PACK = Path(__file__).parents[2] / "packs" / "english" / "wording.yaml"


@lru_cache(maxsize=1)
def english() -> Language:
    """The language ``en`` of ``packs/english/wording.yaml``."""
    return Language.model_validate(read_yaml(PACK.read_bytes(), PACK.name).value["wording"]["en"])
