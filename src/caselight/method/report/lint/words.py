"""The rest of what is printed: the author's own words, fixed text, header, copy list, the scale. Accepted as a whole.

A claim goes stale when its figures change. The words around it have no figures; they are one claim together, made from
the source and not from what is rendered, so that a changed answer leaves it as it is and a changed word does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from caselight.method.faults import Place
from caselight.method.report.compose import Placed
from caselight.method.report.context import Context
from caselight.method.report.letter import Bound, Checked, Divider, Inline, Words
from caselight.method.report.traced import Claim

WORDS = "letter-words"
STYLE = "words"


def words_claim(placed: Sequence[Placed], context: Context) -> Claim:
    """The claim that stands for everything a letter prints beside its figures."""
    inspection, language = context.inspection, context.language
    printed = [
        [[block.kind, block.section, block.number, *(_source(part) for part in block.parts)] for block in placed],
        [[line.label, line.text] for line in inspection.header],
        [[line.role, line.area, *line.names] for line in inspection.distribution],
        inspection.banner.in_(language) if inspection.banner else "",
        {name: text.in_(language) for name, text in context.framework.letter.labels.items()},
        context.words.scale.model_dump(mode="json"),
    ]
    canonical = json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    snapshot = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    place = next((block.place for block in placed if not block.fixed), Place("letter.md"))
    return Claim(WORDS, STYLE, (), "", WORDS, (), snapshot, place)


def _source(part: Inline) -> str:
    """A part as its author wrote it; what a phrase renders to is its own claim's business."""
    match part:
        case Words() | Divider():
            return part.text
        case Checked():
            return f"[{part.text}]{{{', '.join(part.keys)}}}"
        case Bound():
            return f"{{{', '.join(part.keys)}: {part.style} {sorted(part.options.items())}}}"
        case _:
            return f"{{quote: {part.key}}}"
