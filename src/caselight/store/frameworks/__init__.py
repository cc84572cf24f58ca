"""Adopted frameworks: content-addressed, never edited."""
