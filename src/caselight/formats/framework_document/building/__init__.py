"""A framework put into the sections of its document, room by room: questions, answers, counts, ratings, sampling, sources."""
