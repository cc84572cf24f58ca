"""What outlives a request: models, the actions that change them, the queries that read them.

An *action* is a keyword-only, atomic function that takes the person as ``by=`` and the instant as ``at=``, writes its
row of the audit in the same transaction, and returns a value. A *query* returns values and changes nothing.
Imports go down: ``reports | improvement``, ``assessments``, ``samples``, ``caseloads``, ``inspections``,
``frameworks | identities``, ``accounts``, ``audit``.
"""
