"""Nobody can be found in what moved: words, and from ten people on two dots, turned round over all tables there are."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement

import pytest

from sessions.publishing import publish, shift
from sessions.publishing.rules import Sensitivity
from tests.privacy.attack import compositions
from tests.privacy.broken import dots_anyway
from tests.privacy.moves import Dots, Moves, Pair, Words, half, words
from workshop.release import Release, ShownShift
from workshop.tally import Shift

SIZES = [(10, 1), (13, 1), (10, 2), (11, 2), (12, 2), (13, 2), (10, 3), (11, 3), (10, 4), (11, 4), (12, 4)]


def line(people: Counter[Pair], width: int = 4) -> Shift:
    return Shift("line", "A line", 0, width, tuple(sorted(people.items())))


def release(*lines: Shift, sensitivity: Sensitivity = "personal", k: int = 5) -> Release:
    return publish(lines, step="s", round=1, phase=0, sensitivity=sensitivity, k=k)


def said(moved: ShownShift) -> tuple[object, ...]:
    return (*(cell.shown for cell in moved.cells), moved.before, moved.after)


# ---------- words ----------


@pytest.mark.parametrize("n", range(5, 25))
def test_no_word_about_who_moved_stands_for_one_number(n: int) -> None:
    numbers: dict[tuple[str, ...], list[set[int]]] = {}
    for up, stayed, down in compositions(n, 3):
        found = numbers.setdefault(words(n, up, down), [set(), set(), set()])
        for values, value in zip(found, (up, stayed, down), strict=True):
            values.add(value)
    assert all(len(values) > 1 for found in numbers.values() for values in found)


@pytest.mark.parametrize("sensitivity", ["low", "personal", "tender"])
def test_below_five_pairs_nothing_is_shown_whatever_the_question_is(sensitivity: Sensitivity) -> None:
    shown = {
        release(line(Counter(people)), sensitivity=sensitivity, k=3).model_dump_json()
        for many in range(5)
        for people in combinations_with_replacement([(0, 1), (1, 1), (4, 0)], many)
    }
    assert len(shown) == 1


@pytest.mark.parametrize("n", range(5, 10))
def test_below_ten_pairs_there_are_no_dots(n: int) -> None:
    moved = shift.moved(line(Counter({(1, 2): n - 2, (3, 3): 2})))
    assert moved.cells
    assert (moved.before, moved.after) == (None, None)


def test_how_many_pairs_there_are_is_never_said() -> None:
    (moved,) = release(line(Counter({(1, 2): 9, (3, 3): 5}))).parts
    assert moved.n is None


def test_what_is_stored_is_in_no_language() -> None:
    (moved,) = release(line(Counter({(1, 2): 9, (3, 3): 5}))).parts
    assert [(cell.options, cell.text) for cell in moved.cells] == [  # type: ignore[union-attr]
        (("up",), "up"), (("stayed",), "stayed"), (("down",), "down"),
    ]  # fmt: skip


# ---------- words and dots ----------


@pytest.mark.parametrize(("n", "width"), SIZES)
def test_no_hidden_number_can_be_told_from_words_and_dots(n: int, width: int) -> None:
    """Of nobody's way, point, or pair of points; over every table, silence included."""
    assert Moves(n, width).told(shift.drawn) == []


def test_the_same_by_listing_every_table() -> None:
    """Without the shortcut: all tables of ten people on two points, through the door that everybody uses."""
    numbers: dict[tuple[object, ...], list[set[int]]] = {}
    for people, pairs in tables(10, 1):
        shown = said(shift.moved(line(pairs, 1)))
        found = numbers.setdefault(shown, [set() for _ in people])
        for values, value in zip(found, people, strict=True):
            values.add(value)
    assert any(None not in shown for shown in numbers)
    assert all(len(values) > 1 for found in numbers.values() for values in found)


def test_which_dots_are_drawn_depends_on_nothing_but_words_and_dots() -> None:
    """So the attack may look at those instead of at every table."""
    rng = random.Random(3)
    for _ in range(500):
        crowd, width = people(rng, rng.randint(10, 40), 4), 4
        n, dots = len(crowd), tuple(half(sum(pair[side] for pair in crowd), len(crowd)) for side in (0, 1))
        moved = shift.moved(line(Counter(crowd)))
        assert tuple(str(cell.shown) for cell in moved.cells) == words_of(crowd)
        drawn = bool(moved.cells) and shift.drawn(n, width, words_of(crowd), dots)  # type: ignore[arg-type]
        assert (moved.before, moved.after) == (tuple(dot / 2 for dot in dots) if drawn else (None, None))


def tables(n: int, width: int) -> Iterator[tuple[list[int], Counter[Pair]]]:
    """Every table of n people, with all that is hidden of it."""
    moves = Moves(n, width)
    hidden = [counted for _, counted in moves.hidden]
    for counts in compositions(n, len(moves.pairs)):
        pairs = Counter({pair: count for pair, count in zip(moves.pairs, counts, strict=True) if count})
        yield [sum(count for pair, count in pairs.items() if pair in counted) for counted in hidden], pairs


@pytest.mark.parametrize("seed", range(40))
def test_a_search_finds_for_every_hidden_number_another_one_that_is_shown_alike(seed: int) -> None:
    """From a table of 10 to 40 people, a walk over tables that look the same: every number changes on the way."""
    rng = random.Random(seed)
    n, width = rng.randint(10, 40), rng.choice((2, 3, 4, 4, 4))
    assert unmoved(rng, people(rng, n, width), width, steps=40_000) == []


def unmoved(rng: random.Random, crowd: list[Pair], width: int, steps: int) -> list[str]:
    """What stayed the same on a random walk over tables of which the same is shown."""
    moves = Moves(len(crowd), width)
    shown = said(shift.moved(line(Counter(crowd), width)))
    left = {name: (counted, sum(pair in counted for pair in crowd)) for name, counted in moves.hidden}
    if len(shown) > 2 and shown[-1] is None:
        crowd = where_dots_are_left_out(rng, crowd, width)
    for _ in range(steps):
        other = a_few_moved(rng, crowd, moves.pairs)
        if said(shift.moved(line(Counter(other), width))) != shown:
            continue
        crowd = other
        for name, (counted, number) in [*left.items()]:
            if sum(pair in counted for pair in crowd) != number:
                del left[name]
        if not left:
            break
    return [*left]


def where_dots_are_left_out(rng: random.Random, crowd: list[Pair], width: int) -> list[Pair]:
    """A table with the same words, whose dots would be safe and are not drawn, so that silence says less."""
    n, spoken = len(crowd), words_of(crowd)
    wanted = shift._left_out(n, width, shift._room(n, spoken))
    assert wanted is not None
    pairs = Moves(n, width).pairs
    while (away := distance(crowd, wanted)) > 0:
        other = a_few_moved(rng, crowd, pairs)
        if words_of(other) == spoken and distance(other, wanted) <= away:
            crowd = other
    return crowd


def words_of(crowd: list[Pair]) -> Words:
    return words(len(crowd), sum(a > b for b, a in crowd), sum(a < b for b, a in crowd))


def distance(crowd: list[Pair], dots: Dots) -> float:
    """How far the sums are from where they are drawn so."""
    n = len(crowd)
    sums = [sum(pair[side] for pair in crowd) for side in (0, 1)]
    return sum(abs(total - dot * n / 2) for total, dot in zip(sums, dots, strict=True) if half(total, n) != dot)


def a_few_moved(rng: random.Random, crowd: list[Pair], pairs: list[Pair]) -> list[Pair]:
    step = {rng.randrange(len(crowd)): rng.choice(pairs) for _ in range(rng.randint(1, 3))}
    return [step.get(at, pair) for at, pair in enumerate(crowd)]


def people(rng: random.Random, n: int, width: int) -> list[Pair]:
    """As they may come out of a workshop: most move a little, in one direction more than in the other."""
    weights, upwards = [rng.gammavariate(1, 1) for _ in range(width + 1)], rng.random()
    crowd = []
    for before in rng.choices(range(width + 1), weights, k=n):
        way = rng.choices((1, 2, 0, -1), (upwards * 3, upwards, 2, 1 - upwards))[0]
        crowd.append((before, min(max(before + way, 0), width)))
    return crowd


# ---------- rules that fail ----------


def test_the_attack_beats_dots_that_are_always_drawn() -> None:
    told = Moves(10, 4).told(dots_anyway.drawn)
    assert {name for _, name, number in told if number} >= {"went up", "stayed", "went down"}


def test_the_attack_beats_a_rule_that_leaves_dots_out_just_where_they_tell() -> None:
    told = Moves(10, 4).told(dots_anyway.drawn_unless_they_tell)
    assert [label for label, _, _ in told if label[1] is None]


def test_the_walk_beats_exact_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shift, "halves", lambda total, n: 2 * total / n)
    monkeypatch.setattr(shift, "drawn", dots_anyway.drawn)
    assert "4 before" in unmoved(random.Random(1), [(0, 0)] * 9 + [(0, 4)], 4, steps=2000)


# ---------- and still worth looking at ----------


@pytest.mark.parametrize(("n", "least"), [(5, 85), (6, 85), (8, 90), (12, 90), (20, 95), (40, 97)])
def test_something_is_said_nearly_always(n: int, least: int) -> None:
    rng = random.Random(n)
    spoken = sum(bool(shift.moved(line(Counter(people(rng, n, 4)))).cells) for _ in range(500))
    assert spoken >= 5 * least


@pytest.mark.parametrize(("n", "least"), [(10, 85), (12, 90), (20, 95), (40, 97)])
def test_dots_are_drawn_nearly_always(n: int, least: int) -> None:
    rng = random.Random(n)
    drawn = sum(shift.moved(line(Counter(people(rng, n, 4)))).before is not None for _ in range(500))
    assert drawn >= 5 * least
