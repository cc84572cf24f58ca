"""A practice case: one subject that nobody examined, filled in question by question, so that an author sees the rules at work."""

from caselight.method.answers.practice.asking import Ask, ask, asked_at
from caselight.method.answers.practice.practice import Practice, Reply
from caselight.method.answers.practice.steps import Step

__all__ = ["Ask", "Practice", "Reply", "Step", "ask", "asked_at"]
