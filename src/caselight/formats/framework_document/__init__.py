"""A framework as a document that inspectors read: one value, written as a page and as a Word document.

Every question with when it applies in words, every rule with where it comes from, and those that are not checked against
a source named at the front.
"""
