"""The pages: a folder per journey, which never import each other, and one design that all share.

A view fetches a value, calls an action and answers with a template. Views write no HTML, templates compute nothing.
"""
