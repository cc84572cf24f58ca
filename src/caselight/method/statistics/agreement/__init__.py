"""How far people who judged the same cases agree: percent agreement and coefficients corrected for chance.

Every result is a :class:`~caselight.method.statistics.agreement.coefficient.Coefficient`: a value, or the reason why
there is none. Sums are exact fractions, so that the order of cases, raters or categories changes no digit.
"""
