"""Our components are GOV.UK's: asked for the same, they make the same HTML, but for what is said to differ on purpose."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from tests.web.design.counterparts import COUNTERPARTS
from tests.web.design.examples import Counterpart, Options, examples, lines, tree
from tests.web.design.on_purpose import ON_PURPOSE

MOST = {"button", "checkboxes", "input", "radios"}  # which the pages are full of, with the states of each


def made(counterpart: Counterpart, options: Options) -> list[str]:
    said = counterpart.ours(options)
    assert said is not None
    template, values = said
    shown = Template("{% load ui %}" + template).render(Context({**values, "request": RequestFactory().get("/")}))
    return lines(tree(shown))


@pytest.mark.parametrize("counterpart", COUNTERPARTS, ids=lambda one: one.component)
def test_a_component_is_made_as_govuk_makes_it(counterpart: Counterpart) -> None:
    fitting = [example for example in examples(counterpart.component) if counterpart.fits(example)]
    assert len(fitting) >= (10 if counterpart.component in MOST else 1), "GOV.UK asks by other names now"
    for example in fitting:
        theirs = tree(example.html)
        if counterpart.component in ON_PURPOSE:
            ON_PURPOSE[counterpart.component](theirs)
        assert made(counterpart, example.options) == lines(theirs), example.called
