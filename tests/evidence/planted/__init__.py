"""Faults that are planted in the product from outside, so that an attack can show that it would see them.

``CASELIGHT_PLANTED`` names one; ``tests.evidence.planted.settings`` are the product's settings with it.
"""
