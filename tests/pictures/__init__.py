"""Pictures of the pages, made by a script: of every page at two widths to be looked at, and a few that the documents show.

    .venv/bin/python -m tests.pictures FOLDER            every page, at 1280 and 320 px, into a folder
    .venv/bin/python -m tests.pictures FOLDER --only letter:
    .venv/bin/python -m tests.pictures --docs            the pictures of the tutorials, in docs/images/

It lies with the tests because it needs what they have: the served product, its cast, and the list of addresses, from
which the list of pictures is derived.
"""
