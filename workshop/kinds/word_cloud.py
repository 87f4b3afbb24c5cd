"""Word cloud: one or a few short entries from each phone, counted in people under their most frequent spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field

from workshop.kinds import kind
from workshop.kinds._sizes import bucket, letters
from workshop.kinds._text import entries, folded
from workshop.kinds.kind import BEGINNING, Form, Path, Question
from workshop.release import Release
from workshop.tally import Tally, Words
from workshop.words import N_


class WordCloudConfig(kind.Config):
    """How many entries a phone may send, and how long each may be."""

    max_entries: Annotated[int, Field(strict=True, ge=1, le=5)] = 2
    max_chars: Annotated[int, Field(strict=True, ge=3, le=40)] = 24


class Entries(kind.Answer):
    """What one phone wrote."""

    entries: tuple[str, ...]


class WordCloud(kind.Kind):
    slug = "word_cloud"
    label = N_("Word cloud")
    Config = WordCloudConfig
    small = True

    def question(self, config: WordCloudConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        size = letters(config.max_entries * config.max_chars)
        return Question(answer=Entries, bucket=bucket(size), size=size, moderated=True, values=config.model_dump())

    def read(self, form: Form, question: Question) -> Entries:
        most, chars = question.values["max_entries"], question.values["max_chars"]
        return Entries(entries=entries(form, "entry", most, chars))

    def count(self, answers: Iterable[Entries], question: Question) -> Tally:
        people: Counter[str] = Counter()
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        answerers = 0
        for answer in answers:
            answerers += 1
            people.update({folded(entry) for entry in answer.entries})
            for spelling in set(answer.entries):
                spellings[folded(spelling)][spelling] += 1
        words = ((_usual(spellings[key]), number) for key, number in people.items())
        ordered = tuple(sorted(words, key=lambda word: (-word[1], word[0])))
        return [Words(name="entry", entries=ordered, answerers=answerers)]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        return WordCloudConfig(), [{"entry": ["Relief", "a wall"]}, {"entry": ["relief", ""]}, {"entry": ["Walls"]}]


def _usual(spellings: Counter[str]) -> str:
    """The most frequent spelling; of equals, the one with the fewest signs around its letters."""
    return min(spellings, key=lambda spelling: (-spellings[spelling], _signs(spelling), spelling))


def _signs(spelling: str) -> int:
    return sum(not character.isalnum() and not character.isspace() for character in spelling)
