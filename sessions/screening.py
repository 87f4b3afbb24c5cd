"""Free text before the room sees it: contacts masked, and a mark on what a person should look at twice.

`static/js/telling.js` asks a phone's owner about the same; `tests/telling.py` is the list that both are held to.
"""

from __future__ import annotations

import re

REGIONS = ("US", "GB", "DE", "FR", "IE", "IN")
"""National ways of writing a telephone number that are recognised without a country code."""

MASK = "…"

ELSE = "away|back|on|in|out|over|to|up|upon|when|by"
SMALL = "the|this|that|my|our|your|his|her|their|a|an|one|each|every|same|next|on|in|of|no|down|up|into|off"
UNITS = "years?|months?|weeks?|days?|hours?|minutes?|times|miles?|km"

PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"\b(?:https?://|www\.)\S+",
        r"(?<!\w)@\w{2,}",
        r"\+?\b\d(?:[ .-]?\d){6,}\b",
        rf"\b(?:my name is|i(?:['’ʼ]?m| am) called|ich hei(?:ß|ss)e|mein name ist)\s+(?!(?:{ELSE})\b)\w+",
        r"\b\w+(?:straße|strasse)\s+\d+\w?\b",
        rf"\b(?!(?:{SMALL})\s)\w+\s+(?:street|road|lane|avenue|square)\s+\d+[a-z]?\b(?!\s+(?:{UNITS})\b)",
        rf"\b\d+\w?\s+(?!(?:{SMALL})\s)\w+\s+(?:street|st|road|rd|avenue|ave|lane|drive|square)\b",
    )
)

WATCH = re.compile(
    r"\b(?:kill(?:s|ed|ing|er)?|suicid\w*|die[sd]?|dying|dead|hurt(?:s|ing)? (?:me|myself|him|her|them)|hit(?:s|ting)?"
    r"|beat(?:s|en|ing)?|rap(?:e[sd]?|ing|ist)|weapons?|knife|knives|guns?|overdos\w*|stupid\w*|idiots?|hat(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
"""Plain words that ask for a second look. They block nothing, and say nothing about who wrote them."""


def masked(text: str) -> str:
    """`text` with whatever may say who or where somebody is put out of sight."""
    for start, end in sorted(_spans(text), reverse=True):
        text = text[:start] + MASK + text[end:]
    return text


def second_look(text: str) -> bool:
    """True when a person should look twice: something was masked, or a word on the list is in it."""
    return bool(_spans(text) or WATCH.search(text))


def _spans(text: str) -> list[tuple[int, int]]:
    """Where contacts stand; overlapping ones joined."""
    found = [match.span() for pattern in PATTERNS for match in pattern.finditer(text)]
    if any(character.isdigit() for character in text):
        import phonenumbers  # when there is a number to look at: a start has no use for it

        found += [(m.start, m.end) for region in REGIONS for m in phonenumbers.PhoneNumberMatcher(text, region)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
