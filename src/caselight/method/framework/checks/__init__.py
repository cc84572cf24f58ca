"""What does not hold together in a framework: every fault at once, each with the data path where it stands.

One module per kind of question that a reviewer would ask. The model (``definition``) has already made sure that every
part has its shape; the formats turn the data paths into file, line and column. Nothing is mended here.
"""

from __future__ import annotations

from caselight.method.faults import Fault
from caselight.method.framework.checks.bands import band_faults
from caselight.method.framework.checks.computed import computed_faults
from caselight.method.framework.checks.designs import design_faults, design_uses
from caselight.method.framework.checks.double_marking import double_marking_faults
from caselight.method.framework.checks.identities import identity_faults
from caselight.method.framework.checks.questions import question_faults
from caselight.method.framework.checks.references import reference_faults
from caselight.method.framework.checks.rules.reachability import reachability_faults
from caselight.method.framework.checks.rules.references import depth_faults, rule_reference_faults
from caselight.method.framework.checks.rules.types import type_faults
from caselight.method.framework.checks.rules.uses import rule_uses
from caselight.method.framework.checks.scores import score_faults
from caselight.method.framework.checks.scores.measures import score_uses
from caselight.method.framework.checks.subjects import subject_faults
from caselight.method.framework.checks.texts import text_faults
from caselight.method.framework.definition import Framework


def check(framework: Framework) -> list[Fault]:
    """Everything that is wrong with a framework: errors, and warnings that stop a publication only.

    A rule that names something unknown, or compares it wrongly, is not asked whether it can ever hold.
    """
    uses = [*rule_uses(framework), *design_uses(framework), *score_uses(framework)]
    in_rules = [*rule_reference_faults(framework, uses), *type_faults(framework, uses), *depth_faults(framework)]
    return [
        *identity_faults(framework),
        *reference_faults(framework),
        *in_rules,
        *subject_faults(framework),
        *question_faults(framework),
        *computed_faults(framework),
        *double_marking_faults(framework),
        *text_faults(framework),
        *band_faults(framework),
        *design_faults(framework, in_rules),
        *score_faults(framework),
        *reachability_faults(framework, uses, in_rules),
    ]
