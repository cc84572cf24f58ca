"""``python -m examples.generate west-london [folder]``: writes an example's package anew, the same bytes every time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from examples.generate.local_audit.build import local_audit
from examples.generate.plain.build import PLANS, plain
from examples.generate.west_london.build import west_london

EXAMPLES: dict[str, Callable[[Path], None]] = {"west-london": west_london, "local-audit": local_audit}
EXAMPLES |= {name: partial(plain, name) for name in sorted(path.name for path in PLANS.iterdir())}


def main() -> None:
    """Write one example into its folder beside this package, or into another folder."""
    parser = argparse.ArgumentParser(prog="python -m examples.generate", description=__doc__)
    parser.add_argument("name", choices=sorted(EXAMPLES))
    parser.add_argument("folder", nargs="?", type=Path)
    chosen = parser.parse_args()
    EXAMPLES[chosen.name](chosen.folder or Path(__file__).parents[1] / chosen.name)


if __name__ == "__main__":
    main()
