"""Each operator, comparison, measure, way to a rating, size and allocation is needed by a pack or a specimen.

One after the other is taken away, and the worked examples of the packs are counted again: something must come out
otherwise. So nothing of the language is there that no framework uses, and no worked example passes by accident.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parents[2]
