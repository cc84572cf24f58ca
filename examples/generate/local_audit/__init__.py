"""A month's audit of an invented service: ten cases written by hand, everything around them made."""
