"""Frameworks: the question set as data, its closed rule language, and what is wrong with a framework file."""
