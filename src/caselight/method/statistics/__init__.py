"""Shares and how sure one can be of them: intervals, and the suppression of small numbers."""
