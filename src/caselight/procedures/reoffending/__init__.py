"""Whole pieces of work about proven reoffending: published figures brought in, rates computed and drawn."""
