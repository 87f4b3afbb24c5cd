"""What groups are called, so that people find each other: an animal, a colour and a number, each said in words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from workshop.words import N_

ANIMALS = (
    N_("Antelope"), N_("Bear"), N_("Bee"), N_("Bison"), N_("Blackbird"), N_("Butterfly"), N_("Canary"), N_("Cat"),
    N_("Crane"), N_("Cricket"), N_("Deer"), N_("Dolphin"), N_("Dove"), N_("Dragonfly"), N_("Eagle"), N_("Falcon"),
    N_("Finch"), N_("Firefly"), N_("Flamingo"), N_("Fox"), N_("Gazelle"), N_("Gecko"), N_("Giraffe"), N_("Hedgehog"),
    N_("Heron"), N_("Horse"), N_("Hummingbird"), N_("Ibex"), N_("Jaguar"), N_("Kingfisher"), N_("Kiwi"), N_("Koala"),
    N_("Ladybird"), N_("Lark"), N_("Leopard"), N_("Lion"), N_("Llama"), N_("Lynx"), N_("Marmot"), N_("Meerkat"),
    N_("Moose"), N_("Nightingale"), N_("Octopus"), N_("Orca"), N_("Otter"), N_("Owl"), N_("Panda"), N_("Pelican"),
    N_("Penguin"), N_("Pony"), N_("Puffin"), N_("Puma"), N_("Rabbit"), N_("Raven"), N_("Reindeer"), N_("Robin"),
    N_("Salmon"), N_("Seahorse"), N_("Seal"), N_("Sparrow"), N_("Squirrel"), N_("Starfish"), N_("Stork"),
    N_("Swallow"), N_("Swan"), N_("Tiger"), N_("Toucan"), N_("Turtle"), N_("Wolf"), N_("Wombat"), N_("Zebra"),
)  # fmt: skip
"""None that is a bad name for somebody anywhere, that we know of. As many as have no divisor in common with colours."""

COLOURS = (
    N_("orange"), N_("light blue"), N_("green"), N_("yellow"), N_("dark blue"), N_("red"), N_("pink"), N_("black"),
)  # fmt: skip
"""Also told apart by people who see few colours; always with their word, for those who see none."""


class Name(NamedTuple):
    """Which animal and which colour, by their places in the lists, and a number that counts groups from 1."""

    animal: int
    colour: int
    number: int


def names(chance: random.Random, after: int = 0) -> Iterator[Name]:
    """New names without end, numbered from `after` + 1; the first 568 differ in animal or colour too."""
    animals = list(range(len(ANIMALS)))
    chance.shuffle(animals)
    number = after
    while True:
        animal, colour = animals[number % len(animals)], number % len(COLOURS)
        number += 1
        yield Name(animal, colour, number)
