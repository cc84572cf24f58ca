"""Offence events as services deliver them: CSV with a mapping file that says which column is what."""
