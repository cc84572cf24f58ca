"""Proven reoffending for millions of rows: the statement, the kernel and Spark; each agrees with the method to the unit.

What they compute is defined in ``caselight.method.reoffending``. Nothing here is imported before it is used: the
packages come with ``pip install "caselight[reoffending]"``.
"""
