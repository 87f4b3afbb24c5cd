"""Nobody can be found in a release: every small table turned round, and the same attack on rules that fail it.

`python -m tests.privacy.search` goes further than there is time for here.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from time import process_time

import pytest

from sessions.publishing import live_due, publish, publish_table, second_round
from tests.privacy.attack import (
    Counts,
    Seen,
    Told,
    determined,
    inverted,
    many_choices,
    one_choice,
    options,
    singled_out,
)
from tests.privacy.broken import (
    all_of_us,
    first_rung_that_adds_up,
    live_counts,
    marks,
    narrow_ends,
    tail_that_adds_up,
    textbook,
)
from workshop.release import Release
from workshop.tally import Table

PERSONAL = partial(publish_table, sensitivity="personal")
TENDER = partial(publish_table, sensitivity="tender")

SIZES = [
    *((n, m) for m in (2, 3, 4, 5) for n in range(5, 13)),
    *((n, m) for m in (2, 3, 4) for n in range(13, 21)),
    (6, 6),
]
GROUPS: list[tuple[int, list[str]]] = [
    (4, ["ab", "cd"]),
    (4, ["ac", "bd"]),
    (5, ["abc", "de"]),
    (5, ["ab", "cd"]),
    (4, ["ab", "bcd"]),
]
MORE_VOTERS = 6
PICKS: list[tuple[int, int | None]] = [(1, None), (1, 1), (1, 2), (2, 2), (1, 3), (2, 3), (3, 3), (0, None)]
"""How few and how many options a person takes; in a ranking, always as many as are on top."""


# ---------- one choice a person ----------


@pytest.mark.parametrize("ordinal", [False, True], ids=["options", "scale"])
@pytest.mark.parametrize(("n", "m"), SIZES)
def test_no_hidden_cell_of_a_personal_table_can_be_told(n: int, m: int, ordinal: bool) -> None:
    seen = inverted(PERSONAL, one_choice(n, m, ordinal=ordinal))
    assert determined(seen) == []
    assert singled_out(seen) == []


@pytest.mark.parametrize(("m", "groups"), GROUPS)
def test_groups_of_an_author_tell_no_more(m: int, groups: list[str]) -> None:
    for n in range(5, 12):
        seen = inverted(PERSONAL, one_choice(n, m, groups=groups))
        assert determined(seen) == []
        assert singled_out(seen) == []


@pytest.mark.parametrize(("n", "m"), [(n, m) for n, m in SIZES if n >= 6])
def test_no_word_of_a_tender_table_stands_for_one_count(n: int, m: int) -> None:
    assert determined(inverted(TENDER, one_choice(n, m))) == []


def test_more_than_twelve_options_are_never_all_shown() -> None:
    rng = random.Random(13)
    tables = [_skewed(rng, people=60, options_=13) for _ in range(200)]
    assert {PERSONAL(table).rung for table in tables} <= {"coarser", "merged", "nearly_everyone", "only_n"}


# ---------- several choices a person ----------


@pytest.mark.parametrize("picks", PICKS)
@pytest.mark.parametrize(("n", "m"), [(5, 1), (5, 2), (5, 3), (5, 4), (5, 5), (6, 3), (7, 3), (8, 3), (10, 3), (7, 4)])
def test_no_hidden_option_of_choose_many_can_be_told(n: int, m: int, picks: tuple[int, int | None]) -> None:
    for sole in (False, True):
        tables = list(many_choices(n, m, picks, sole=sole)) if m > sole else []
        if len(tables) < 2:
            continue  # everybody had to take everything: nothing was asked
        seen = inverted(PERSONAL, tables)
        assert determined(seen) == []
        assert singled_out(seen) == []
        assert n < 6 or determined(inverted(TENDER, tables)) == []


# ---------- low: upvotes, and whether most could live with a line ----------


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize(
    ("k", "m", "least"), [(3, 3, 2), (3, 4, 2), (4, 3, 2), (5, 3, 2), (5, 4, 2), (3, 3, 3), (6, 3, 3)]
)
def test_no_hidden_upvote_can_be_told(k: int, m: int, least: int, most: int) -> None:
    seen = inverted(partial(publish_table, sensitivity="low", k=k), _votes(k, m, most, least))
    whole = [entry for entry in seen if _most_votes(entry) < k + MORE_VOTERS]
    assert whole
    assert determined(whole) == []


def test_the_attack_adds_up_upvotes_where_a_rule_says_how_many_voted() -> None:
    told = determined(inverted(tail_that_adds_up.publish, _votes(3, 4, 1, 2)))
    assert {vote.count for vote in told} == {0, 1}


@pytest.mark.parametrize("n", range(5, 13))
def test_a_line_that_most_can_live_with_points_at_nobody_who_cannot(n: int) -> None:
    """On a personal step; on a low one, that nobody wants to talk about a line is what is shown of it."""
    tables = [replace(table, gist=True) for table in one_choice(n, 2)]
    seen = inverted(PERSONAL, tables)
    assert determined(seen) == []
    assert singled_out(seen) == []


def test_how_many_want_to_talk_about_a_line_is_never_told() -> None:
    tables = [replace(table, gist=True) for n in range(3, 9) for table in one_choice(n, 2)]
    told = determined(inverted(partial(publish_table, sensitivity="low", k=3), tables))
    assert told == []


# ---------- what somebody knows besides ----------


@pytest.mark.parametrize(("n", "m"), [(n, m) for m in (2, 3, 4) for n in range(5, 13)])
def test_who_knows_their_own_answer_learns_no_other_option(n: int, m: int) -> None:
    """Except the one who differs from nearly everyone: they know it, whatever is shown."""
    for ordinal in (False, True):
        seen = inverted(PERSONAL, one_choice(n, m, ordinal=ordinal))
        for own in range(m):
            told = determined(seen, tuple(int(i == own) for i in range(m)))
            assert [t for t in told if t.option != "abcd"[own] and not _the_one_who_differs(t, "abcd"[own])] == []


def _the_one_who_differs(told: Told, own: str) -> bool:
    return told.shown.rung == "nearly_everyone" and own not in told.shown.cells[0].options


def test_who_knows_all_answers_but_one_cannot_tell_the_last_from_nearly_everyone() -> None:
    for n in range(5, 13):
        seen = inverted(PERSONAL, one_choice(n, 3))
        known = (n - 1, 0, 0)
        assert [told for told in determined(seen, known) if told.shown.rung == "nearly_everyone"] == []


def test_who_knows_all_answers_but_one_cannot_tell_the_last_from_an_end_of_choose_many() -> None:
    for known in ((0,), (7,)):
        seen = inverted(PERSONAL, many_choices(8, 1, (0, None)))
        ends = [entry for entry in seen if isinstance(entry.shown.cells[0].shown, tuple)]
        kept = [entry for entry in ends if any(counts[0] - known[0] in (0, 1) for counts in entry.tables)]
        assert kept
        assert determined(kept, known) == []


def test_known_answers_of_all_but_one_below_k_learn_nothing() -> None:
    """k - 1 phones of one's own and no other answer, or not even those: the same release."""
    shown = {
        _publish(Table("t", options(3), counts, sum(counts)), k=5).model_dump_json()
        for counts in [(4, 0, 0), (2, 1, 1), (0, 0, 0), (3, 0, 0)]
    }
    assert len(shown) == 1


def test_friends_who_put_their_answers_together_can_subtract_and_nothing_promises_otherwise() -> None:
    """The limit of the promise, kept so that nobody claims more: 3 and 1 are shown as 4, and two of the 3 know it."""
    seen = inverted(PERSONAL, one_choice(9, 3))
    assert any(told.count == 1 for told in determined(seen, (0, 2, 0)))
    exact = publish_table(Table("t", options(2), (3, 4), 7), "personal")
    assert [cell.shown for cell in exact.cells] == [3, 4]  # who knows six of these seven answers knows the last


# ---------- two rounds ----------


@pytest.mark.parametrize("sensitivity", ["personal", "tender"])
@pytest.mark.parametrize(
    ("n", "now", "m"), [(6, 6, 2), (9, 9, 2), (6, 6, 3), (7, 7, 3), (8, 8, 3), (8, 9, 3), (9, 8, 3), (6, 6, 4)]
)
def test_a_second_round_beside_the_first_tells_no_count(sensitivity: str, n: int, now: int, m: int) -> None:
    tables = list(one_choice(now, m))
    for first in {_publish(t, sensitivity=sensitivity).model_dump_json() for t in one_choice(n, m)}:
        found = _second_rounds(Release.model_validate_json(first), tables, sensitivity)
        assert all(len(set(values)) > 1 for counts in found for values in zip(*counts, strict=True))


@pytest.mark.parametrize("m", [3, 4])
def test_one_person_who_changes_their_mind_is_never_seen_to(m: int) -> None:
    """The words are those for a round in which nobody did, or there are none."""
    for table in one_choice(8, m):
        first = _publish(table)
        same = second_round(first, first, [table], "personal")
        for moved in _one_moved(table):
            second = second_round(first, _publish(moved), [moved], "personal")
            assert second.parts[0].rung == "only_n" or second == same  # type: ignore[union-attr]


def test_second_rounds_of_low_questions_are_exact() -> None:
    first, second = (Table("t", options(2), counts, 4) for counts in ((3, 1), (2, 2)))
    after = _publish(second, sensitivity="low", k=3)
    assert second_round(_publish(first, sensitivity="low", k=3), after, [second], "low") == after


# ---------- rules that fail ----------

BROKEN: dict[str, Callable[[Table], object]] = {
    "textbook": textbook.publish,
    "first rung that adds up": first_rung_that_adds_up.publish,
    "all of us": all_of_us.publish,
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_attack_beats_naive_rules(rule: str) -> None:
    seen = inverted(BROKEN[rule], one_choice(8, 3))  # type: ignore[arg-type]
    assert determined(seen) or singled_out(seen)


def test_the_attack_tells_hidden_cells_of_textbook_suppression_by_the_dozen() -> None:
    told = determined(inverted(textbook.publish, one_choice(20, 4)))
    assert len([t for t in told if t.count == 1]) >= 12


def test_the_attack_tells_that_all_agree_where_a_rule_says_so() -> None:
    assert singled_out(inverted(all_of_us.publish, one_choice(8, 3)))


def test_the_attack_reads_single_answers_off_bars_that_move_with_each() -> None:
    told = determined(inverted(live_counts.publish, one_choice(1, 4)))
    assert len(told) == 16  # for each of four newest answers, all four options
    assert not live_due(shown=5, answered=6, k=3)


def test_the_attack_finds_single_people_where_marks_are_counted() -> None:
    few_people = list(many_choices(3, 3, (1, 3)))
    assert singled_out(inverted(lambda table: marks.publish(table, 5) or PERSONAL(table), few_people))
    assert all(_publish(table, k=5).withheld for table in few_people)


def test_the_attack_adds_up_choose_many_where_a_rule_forgets_that_everybody_took_one() -> None:
    assert determined(inverted(narrow_ends.publish, many_choices(8, 3, (1, None))))


# ---------- and still worth looking at ----------


@pytest.mark.parametrize("ordinal", [False, True], ids=["options", "scale"])
@pytest.mark.parametrize(
    ("n", "most"), [(8, 10), (10, 8), (11, 8), (12, 8), (13, 8), (14, 8), (15, 8), (16, 8), (20, 5), (25, 5), (40, 5)]
)
def test_only_n_is_rare(n: int, most: float, ordinal: bool) -> None:
    rng = random.Random(n)
    rungs = Counter(PERSONAL(_skewed(rng, people=n, ordinal=ordinal)).rung for _ in range(1500))
    assert rungs["only_n"] <= 1500 * most / 100
    assert n < 20 or rungs["exact"] >= 1500 * 45 / 100


@pytest.mark.parametrize("n", [6, 7, 8, 9, 10, 12, 16, 24, 40])
def test_tender_silence_is_rare(n: int) -> None:
    rng = random.Random(n)
    silent = sum(not TENDER(_skewed(rng, people=n)).cells for _ in range(1000))
    assert silent <= 100


@pytest.mark.parametrize("sensitivity", ["personal", "tender"])
def test_a_dozen_cells_of_five_thousand_people_take_less_than_five_milliseconds(sensitivity: str) -> None:
    rng = random.Random(5)
    TENDER(_skewed(rng, people=20))
    PERSONAL(_skewed(rng, people=20))
    took = []
    for exclusive in (True, False) * 20:
        table = _skewed(rng, people=5000, options_=12, exclusive=exclusive)
        started = process_time()
        publish_table(table, sensitivity)  # type: ignore[arg-type]
        took.append(process_time() - started)
    assert sorted(took)[-2] <= 0.005


# ---------- helpers ----------


def _publish(table: Table, sensitivity: str = "personal", k: int = 5) -> Release:
    return publish([table], step="s", round=1, phase=0, sensitivity=sensitivity, k=k)  # type: ignore[arg-type]


def _most_votes(seen: Seen) -> int:
    """As many votes as there can be: of more people than that, no table is listed that would look the same."""
    ends = [cell.shown[1] if isinstance(cell.shown, tuple) else int(cell.shown) for cell in seen.shown.cells]
    return sum(ends)


def _votes(k: int, m: int, most: int, least: int) -> Iterator[Table]:
    """Every table of k people or more who each give one vote at least, and at most so many, to m cards."""
    for n in range(k, k + MORE_VOTERS):
        for table in many_choices(n, m, (1, most)):
            yield replace(table, least=least)


def _second_rounds(first: Release, tables: list[Table], sensitivity: str) -> list[list[Counts]]:
    found: defaultdict[str, list[Counts]] = defaultdict(list)
    for table in tables:
        second = second_round(first, _publish(table, sensitivity), [table], sensitivity)  # type: ignore[arg-type]
        found[second.model_dump_json()].append(table.counts)
    return list(found.values())


def _one_moved(table: Table) -> Iterator[Table]:
    for a, count in enumerate(table.counts):
        for b in range(len(table.counts)):
            if a != b and count:
                moved = tuple(c - (i == a) + (i == b) for i, c in enumerate(table.counts))
                yield Table("t", table.options, moved, table.answerers)


def _skewed(
    rng: random.Random, *, people: int, options_: int = 0, ordinal: bool = False, exclusive: bool = True
) -> Table:
    """The recorded generator: 3 to 6 options, weights drawn Gamma(1)."""
    many = options_ or rng.randint(3, 6)
    weights = [rng.gammavariate(1, 1) for _ in range(many)]
    chosen = Counter(rng.choices(range(many), weights, k=people))
    return Table("t", options(many), tuple(chosen[i] for i in range(many)), people, exclusive, ordinal)
