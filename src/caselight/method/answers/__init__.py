"""Answers: events and their addresses, the heads that are the current answers, and what is still missing or at odds."""
