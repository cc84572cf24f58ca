"""The cases that could be examined: their facts, their dates, who is eligible and which days are working days."""
