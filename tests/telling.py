"""What tells who or where somebody is, and what does not: one list for the phone's question and the server's mask."""

from __future__ import annotations

import itertools

from workshop.pack import built_in

HOSTS = ("example.org", "post.example.co.uk", "mail-1.example.com")
MAILS = [f"{who}@{host}" for who, host in itertools.product(("mia", "sam.lee", "k_277", "o'neil+x"), HOSTS)]
LINKS = [
    "https://example.org/a?b=c",
    "http://example.org",
    "www.example.org/me",
    "HTTPS://EXAMPLE.ORG",
    "www.a-b.example",
]
HANDLES = ["@mia_lee", "@sam", "@K77"]
PHONES = [
    "+1 202 555 0143", "(202) 555-0143", "202-555-0143", "202.555.0143",
    "020 7946 0958", "07700 900123", "+44 20 7946 0958", "+447700900123",
    "030 23125 042", "0171 2345678", "+49 171 2345678", "0049 30 23125042",
    "01 99 00 12 34", "06 39 98 12 34", "+33 6 39 98 12 34",
    "01 234 5678", "+353 1 234 5678", "085 123 4567",
    "+91 98765 43210", "098765 43210", "5551234", "555 12 34 99",
]  # fmt: skip
NAMES = [
    "My name is Mia", "I'm called Sam", "I’m called Sam", "Im called Sam", "I am called Sam",
    "ich heiße Lena", "Ich heisse Lena", "mein Name ist Jun",
]  # fmt: skip
PLACES = [
    "Hauptstraße 12", "12 Green Street", "7b Mill Lane", "221 Baker st",
    "Green Street 12", "Mill Road 7", "12 Green Square",
]  # fmt: skip
CONTACTS = [*MAILS, *LINKS, *HANDLES, *PHONES, *NAMES, *PLACES]
FRAMES = ("{}", "Write to me: {}", "{} if you like", "well, {}, as ever", "({})")

ORDINARY = [
    "I said no three times in 2019.", "We are 12 people in room 4.", "He owes me 50 euros.", "Call me old-fashioned.",
    "It costs 1,200 a month.", "On 24/7 duty, at 6:30 in the morning.", "Half past 10, every day for 15 years.",
    "I'm called away a lot at night.", "My name for it is peace.", "She asked me at 3 and again at 4.",
    "100% of the time.", "Ask @ the desk.", "Our street is loud.", "A road to nowhere.", "Aged 9, 12 and 15.",
    "We lived on that street 12 years.", "The road 3 times a day.", "2 on a square of paper.",
]  # fmt: skip


def said_in_the_workshop() -> list[str]:
    """Sentences of the workshop that comes along."""
    (pack,) = [pack for _name, pack in built_in()]
    return [sentence for step in pack.steps for text in (step.prompt, step.body, step.title, *step.facilitator.do)
            for sentence in text.replace("\n", ". ").split(". ") if sentence.strip()]  # fmt: skip
