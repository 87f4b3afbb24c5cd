"""The settings of a step that tells a small story: for examples and tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXAMPLE: Mapping[str, Any] = {
    "stories": [
        {
            "id": "loan",
            "title": "The loan",
            "caption": "What should Mika do?",
            "about": "Lending money, again.",
            "cast": {"lead": "Mika", "other": "Dani"},
            "content_note": "Debt.",
            "say": "Two adults and a loan.",
            "turns": 2,
            "start": "call",
            "nodes": {
                "call": {
                    "turn": 1,
                    "scene": "Dani is short on rent. Mika has the money, just about.",
                    "ask": "What could Mika do first?",
                    "choices": [
                        {"id": "help", "text": "Send it now.", "to": "rest", "lean": "help"},
                        {"id": "limit", "text": "Ask for a night to think.", "to": "rest", "lean": "limit"},
                    ],
                },
                "rest": {
                    "turn": 2,
                    "scene": "It is Sunday, and the rent is still due.",
                    "ask": "And now?",
                    "choices": [
                        {"id": "again", "text": "Send some more.", "to": "round", "lean": "help"},
                        {"id": "gift", "text": "Give what can be spared.", "to": "steady", "lean": "help"},
                        {"id": "soft", "text": "Say no, and stay close.", "to": "steady", "lean": "limit"},
                        {"id": "hard", "text": "Say no, and hang up.", "to": "round", "lean": "limit"},
                    ],
                },
            },
            "endings": {
                "steady": {
                    "title": "A steady line",
                    "tone": "kind",
                    "text": "A hard week, and they still talk.",
                    "kindly": "Nobody was fixed.",
                    "debrief": "What made that possible?",
                },
                "round": {
                    "title": "Round again",
                    "tone": "costly",
                    "text": "Next month it starts at the top.",
                    "kindly": "It was done out of love.",
                    "debrief": "Where could a small no have fitted in?",
                },
            },
            "derole": "That was Mika's story. You are you.",
        }
    ],
    "turn_timing": {"read": 25, "talk": 35, "vote": 25, "result": 15},
    "ending_timing": {"read": 30, "debrief": 90, "derole": 20},
    "rewind": {"seconds": 65},
}
