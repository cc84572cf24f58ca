"""The inspection package: a whole inspection as a folder of plain files, or one zip of it (letter.md).

``reading`` and ``writing`` turn the folder into a :class:`~caselight.method.inspection.package.Package` and back,
``seal`` writes its checksums, ``archive`` packs and unpacks it. What the files are called is in ``layout``.
"""
