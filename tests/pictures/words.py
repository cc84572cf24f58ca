"""What the people of the pictures wrote and are called: nothing of anybody's."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = {"C1": "Robin Ashby", "C2": "Sasha Birch", "C3": "Alex Cobb", "C4": "Kim Dunn"}
# By the end of the key of a text (furnished.py of the evidence): the longest that fits is said.
WORDS: Mapping[str, str] = {
    "nickname": "Rob",
    "local id": "TS/4812",
    "carer": "Dana Ashby, mother",
    "school": "Marl Hill Academy",
    "address": "14 Weir Lane, Testshire",
    "note": "The plan names the risk at home but not what would change it. The worker knows more than the file says.",
    "document": "Plan of 12 January",
    "excerpt": "I go to boxing on Tuesdays because of the worker.",
    "what": "The young person said that they had not been home since Saturday and were staying with somebody they "
    "had met that week.",
    "whom": "Sami Manager, head of service",
    "when": "at once, by telephone",
    "answer": "A strategy meeting is called for this afternoon.",
    "old": "The plans that we read were clear.",
    "text": "The plans that we read were clear, and the children knew them.",
    "place": "The second paragraph",
    "says": "It reads as if every plan had been late.",
    "instead": "Say how many were late.",
    "evidence": "The dates in the case list.",
    "reason": "The base is too small to say it by itself.",
    "number": "Both the number and its base are in the table.",
    "word": "Marl Hill",
    "why": "It is the name of the town.",
    "opening": "Thank you for the welcome. This is what we found, as things stand.",
    "strength": "You know the children you work with.",
    "area": "Say in the plan what would make things safer.",
    "closing": "The letter will follow in six weeks.",
    "owner": "Sami Manager",
    "because": "The service is small.",
}


def say(key: str) -> str:
    """The words for a text by its key."""
    parts = key.split(".")
    if parts[0] == "identity" and parts[-1] == "name":
        return NAMES[parts[2]]
    if parts[0] == "aside":  # the same answer, which came once more with other words
        return "The plan names the risk at home." if parts[-1] == "note" else "It is the older of the two."
    if parts[0] == "presence":
        return "The case manager and a colleague"
    if parts[0] == "sheet" and parts[-1] in ("strength", "area"):
        return WORDS[parts[-1]]
    return WORDS.get(parts[-1], "The worker will look again in a month.")
