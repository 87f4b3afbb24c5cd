"""What may be shown of a tally, case by case; that nobody can be found in it is in `tests/privacy`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.publishing import Rules, k_for, live_due, mean, percentages, publish, publish_table, second_round
from workshop.release import Release, ShownTable
from workshop.tally import Option, Table, Tally, Texts, Words

COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=12).filter(lambda counts: sum(counts) >= 6)


def _table(*counts: int, name: str = "t", ordinal: bool = False, groups: Sequence[str] = ()) -> Table:
    options = tuple(Option(id=letter, text=letter.upper()) for letter in "abcdefghijklmnop"[: len(counts)])
    return Table(name, options, counts, sum(counts), ordinal=ordinal, groups=tuple(map(tuple, groups)))


def _many(people: int, *counts: int, picks: tuple[int, int | None] = (1, None)) -> Table:
    one = _table(*counts)
    return Table("t", one.options, counts, people, exclusive=False, picks=picks)


def _release(tally: Tally, sensitivity: str = "personal", k: int = 5, k_texts: int | None = None) -> Release:
    return publish(tally, step="s", round=1, phase=0, sensitivity=sensitivity, k=k, k_texts=k_texts)  # type: ignore[arg-type]


def _bars(shown: ShownTable) -> dict[str, object]:
    return {"".join(cell.options): cell.shown for cell in shown.cells}


def _personal(table: Table) -> ShownTable:
    return publish_table(table, "personal")


# ---------- how many people ----------


@pytest.mark.parametrize(("sensitivity", "k"), [("low", 3), ("personal", 5), ("tender", 6), ("care", 3)])
def test_the_floor_is_counted_in_people(sensitivity: str, k: int) -> None:
    assert k_for(sensitivity) == k_for(sensitivity, "texts") == k  # type: ignore[arg-type]


def test_k_is_raised_by_the_pack_or_the_facilitator_and_lowered_by_nobody() -> None:
    assert k_for("personal", min_show=8) == k_for("personal", raised=8) == 8
    assert k_for("personal", min_show=1, raised=2) == k_for("personal", min_show=None) == 5
    assert k_for("low", rules=Rules(counts={"low": 4})) == 4


def test_live_bars_move_by_batches() -> None:
    assert live_due(0, 3, k=3)
    assert not live_due(3, 5, k=3)
    assert live_due(3, 6, k=3)
    assert not live_due(4, 4, k=0)


# ---------- under k ----------


def test_exactly_k_people_are_enough() -> None:
    assert not _release([_table(3, 2)]).withheld
    assert _release([_table(2, 2)]).withheld


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6).filter(lambda counts: sum(counts) < 5))
def test_under_k_every_release_is_the_same(counts: list[int]) -> None:
    assert _release([_table(*counts)]) == Release(step="s", round=1, phase=0, withheld=True)


def test_three_people_with_three_ticks_each_are_three_people() -> None:
    assert _release([_many(3, 3, 3, 3)]).withheld


def test_a_part_that_too_few_answered_is_left_out_of_a_form() -> None:
    release = _release([_table(4, 3, name="q1"), _table(2, 1, name="q2")])
    assert [part.name for part in release.parts] == ["q1"]


def test_texts_have_a_threshold_of_their_own() -> None:
    texts = Texts("t", ("one", "two"), 5)
    assert _release([texts], k=5, k_texts=6).withheld
    assert _release([texts], k=6, k_texts=5).parts


# ---------- low and care ----------


def test_low_tables_are_exact() -> None:
    shown = publish_table(_table(2, 1, 0), "low")
    assert (shown.rung, shown.n, _bars(shown)) == ("exact", 3, {"a": 2, "b": 1, "c": 0})


def test_totals_for_the_facilitator_alone_are_numbers_from_ten_people_on() -> None:
    shown = publish_table(_table(7, 2, 1), "care")
    assert (shown.rung, shown.n, _bars(shown)) == ("exact", 10, {"a": 7, "b": 2, "c": 1})


def test_below_ten_they_are_words_as_of_a_tender_question() -> None:
    shown = publish_table(_table(5, 3, 1, 0), "care")
    assert (shown.rung, shown.n) == ("words", None)
    assert _bars(shown) == {"a": "about_half", "b": "some", "c": "few_or_none", "d": "few_or_none"}
    assert shown == publish_table(_table(5, 3, 1, 0), "tender")


@given(st.lists(st.integers(0, 5), min_size=2, max_size=12).filter(lambda counts: 3 <= sum(counts) <= 4))
def test_of_three_or_four_it_is_only_said_that_a_few_answered(counts: list[int]) -> None:
    (shown,) = _release([_table(*counts)], "care", k=3).parts
    assert isinstance(shown, ShownTable)
    assert (shown.rung, shown.n, shown.cells) == ("only_n", None, ())


def test_low_options_of_choose_many_stand_alone() -> None:
    assert publish_table(_many(4, 4, 1), "low").rung == "alone"


def _votes(people: int, *counts: int, most: int = 3) -> ShownTable:
    return publish_table(replace(_many(people, *counts, picks=(1, most)), least=2), "low", 3)


def test_upvotes_are_numbers_from_two_on_and_it_is_not_said_how_many_voted() -> None:
    shown = _votes(5, 4, 2, 1, 0)
    assert (shown.rung, shown.n, _bars(shown)) == ("alone", None, {"a": 4, "b": 2, "c": (0, 1), "d": (0, 1)})


def test_upvotes_that_would_be_told_by_their_sum_are_not_hidden() -> None:
    """Three cards, and three people at least: they must have given each of them one vote."""
    assert _bars(_votes(3, 1, 1, 1)) == {"a": 1, "b": 1, "c": 1}
    assert _bars(_votes(4, 2, 1, 1)) == {"a": 2, "b": (0, 1), "c": (0, 1)}


@pytest.mark.parametrize(
    ("ok", "talk", "said"),
    [(7, 0, {"a": "most", "b": 0}), (6, 1, {"a": "most", "b": "some"}), (2, 2, {"a": "some", "b": "some"}),
     (0, 4, {"a": 0, "b": "most"})],
)  # fmt: skip
def test_of_a_gist_no_number_is_shown_but_none(ok: int, talk: int, said: dict[str, object]) -> None:
    shown = publish_table(replace(_table(ok, talk), gist=True), "low", 3)
    assert (shown.rung, shown.n, _bars(shown)) == ("gist", None, said)


@pytest.mark.parametrize("sensitivity", ["personal", "tender"])
def test_of_a_gist_of_something_closer_only_words_are_shown(sensitivity: str) -> None:
    shown = publish_table(replace(_table(7, 1), gist=True), sensitivity)  # type: ignore[arg-type]
    assert (shown.rung, shown.n) == ("words", None)


# ---------- personal, one choice ----------


@pytest.mark.parametrize(
    ("counts", "rung", "bars"),
    [
        ((5, 3, 2), "exact", {"a": 5, "b": 3, "c": 2}),
        ((5, 3, 0), "exact", {"a": 5, "b": 3, "c": 0}),
        ((2, 2, 2), "exact", {"a": 2, "b": 2, "c": 2}),
        ((5, 3, 1), "merged", {"a": 5, "bc": 4}),
        ((6, 1, 1, 0), "merged", {"a": 6, "bcd": 2}),
        ((6, 3, 1, 0), "merged", {"a": 6, "bcd": 4}),
        ((3, 3, 5, 1), "merged", {"c": 5, "abd": 7}),
        ((6, 1, 1), "only_n", {}),
        ((4, 4, 1), "only_n", {}),
        ((1, 1, 1, 1, 1), "only_n", {}),
        ((2, 1, 1, 1, 0), "only_n", {}),
        ((5, 0, 0), "nearly_everyone", {"a": (4, 5), "bc": (0, 1)}),
        ((1, 5), "nearly_everyone", {"b": (5, 6), "a": (0, 1)}),
        ((7,), "only_n", {}),
    ],
)
def test_the_ladder(counts: tuple[int, ...], rung: str, bars: dict[str, object]) -> None:
    shown = _personal(_table(*counts))
    assert (shown.rung, shown.n, _bars(shown)) == (rung, sum(counts), bars)


def test_a_scale_joins_neighbours_where_one_stands_alone() -> None:
    assert _bars(_personal(_table(1, 3, 4, 5, ordinal=True))) == {"ab": 4, "c": 4, "d": 5}
    assert _bars(_personal(_table(3, 4, 5, 1, 6, ordinal=True))) == {"a": 3, "b": 4, "cde": 12}


def test_a_scale_joins_more_neighbours_where_more_stand_alone() -> None:
    shown = _personal(_table(1, 1, 4, 5, 6, 7, ordinal=True))
    assert (shown.rung, _bars(shown)) == ("coarser", {"abc": 6, "d": 5, "e": 6, "f": 7})


def test_options_are_joined_as_their_author_grouped_them() -> None:
    shown = _personal(_table(1, 6, 3, 4, groups=["ac", "bd"]))
    assert (shown.rung, _bars(shown)) == ("coarser", {"ac": 4, "b": 6, "d": 4})
    assert shown.cells[0].text == "A / C"


def test_groups_that_leave_an_option_out_or_share_one_are_not_used() -> None:
    for groups in (["ab"], ["ab", "bcd"]):
        assert _personal(_table(1, 6, 3, 4, groups=groups)).rung == "merged"


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="5 choices of 6 people"):
        publish_table(Table("t", _table(2, 3).options, (2, 3), 6), "personal")


@given(COUNTS, st.booleans(), st.randoms())
def test_values_under_one_sum_can_change_places_and_differ(
    counts: list[int], ordinal: bool, rng: random.Random
) -> None:
    """The proof of the ladder, for tables too large to list."""
    table = _table(*counts, ordinal=ordinal)
    shown = _personal(table)
    values = dict(zip("abcdefghijkl", counts, strict=False))
    for cell in shown.cells:
        if len(cell.options) > 1 and isinstance(cell.shown, int):
            hidden = [values[option] for option in cell.options]
            assert len(set(hidden)) > 1
            values.update(zip(cell.options, rng.sample(hidden, len(hidden)), strict=True))
    assert _personal(_table(*values.values(), ordinal=ordinal)) == shown


@given(COUNTS, st.booleans())
def test_what_is_shown_is_true_and_never_of_one_or_of_all(counts: list[int], ordinal: bool) -> None:
    shown = _personal(_table(*counts, ordinal=ordinal))
    values = dict(zip("abcdefghijkl", counts, strict=False))
    for cell in shown.cells:
        count = sum(values[option] for option in cell.options)
        low, high = cell.shown if isinstance(cell.shown, tuple) else (int(cell.shown), int(cell.shown))
        assert low <= count <= high
        assert low < high or (count != 1 and count < sum(counts) - 1)


# ---------- personal, several choices ----------


def test_none_and_one_look_the_same_and_so_do_all_and_all_but_one() -> None:
    shown = _personal(_many(8, 8, 7, 5, 1, 0))
    assert _bars(shown) == {"a": (7, 8), "b": (7, 8), "c": 5, "d": (0, 1), "e": (0, 1)}


def test_ends_are_wider_where_the_number_of_marks_is_known() -> None:
    """Everybody took exactly two of these four, so 12 marks are known: 5 + 4 + 2 leave one, for one option."""
    shown = _personal(_many(6, 4, 4, 3, 1, picks=(2, 2)))
    assert _bars(shown) == {"a": 4, "b": 4, "c": (0, 3), "d": (0, 3)}


# ---------- tender ----------


def test_tender_tables_say_words_and_no_numbers() -> None:
    shown = publish_table(_table(9, 6, 4, 1), "tender")
    assert (shown.rung, shown.n) == ("words", None)
    assert _bars(shown) == {"a": "about_half", "b": "some", "c": "some", "d": "few_or_none"}


def test_a_small_room_has_fewer_words() -> None:
    words = {cell.shown for a in range(7) for cell in publish_table(_table(a, 6 - a), "tender").cells}
    assert words == {"few_or_none", "about_half", "nearly_all"}


def test_tender_words_never_tell_all_from_all_but_one() -> None:
    for n in range(6, 60):
        assert publish_table(_table(n, 0), "tender") == publish_table(_table(n - 1, 1), "tender")


@given(st.integers(6, 200), st.integers(2, 6), st.data())
def test_a_larger_count_never_has_a_smaller_word(n: int, m: int, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, n), min_size=m - 1, max_size=m - 1)))
    counts = [high - low for low, high in zip([0, *cuts], [*cuts, n], strict=True)]
    cells = publish_table(_table(*counts), "tender").cells
    places = ["few_or_none", "some", "about_half", "most", "nearly_all"]
    said = [places.index(str(cell.shown)) for _, cell in sorted(zip(counts, cells, strict=False), key=lambda p: p[0])]
    assert said == sorted(said)


# ---------- words and texts ----------

ENTRIES = (("alone", 1), ("tired", 2), ("busy", 6), ("calm", 3))


@pytest.mark.parametrize(
    ("sensitivity", "entries", "n"),
    [
        ("low", (("busy", 6), ("calm", 3), ("tired", 2), ("alone", 1)), 6),
        ("personal", (("busy", 5), ("calm", 3), ("tired", 2)), 6),
        ("tender", (("busy", 0), ("calm", 0)), None),
    ],
)
def test_rare_words_of_a_cloud_are_left_out(sensitivity: str, entries: object, n: int | None) -> None:
    part = _release([Words("w", ENTRIES, 6)], sensitivity).parts[0]
    assert (part.entries, part.n) == (entries, n)  # type: ignore[union-attr]


def test_a_line_that_one_person_adds_to_the_agreement_is_enough_and_says_of_how_many_it_is_not() -> None:
    part = _release([Texts("own", ("We start on time.",), 1, own_line=True)], "low").parts[0]
    assert (part.entries, part.n) == (("We start on time.",), None)  # type: ignore[union-attr]


def test_texts_are_shown_in_the_order_they_were_shuffled_to() -> None:
    part = _release([Texts("t", ("b", "a"), 6)], "tender").parts[0]
    assert (part.entries, part.n) == (("b", "a"), None)  # type: ignore[union-attr]


# ---------- a second round ----------


def _second(before: Table, after: Table, sensitivity: str = "personal") -> Release:
    first, second = _release([before], sensitivity), _release([after], sensitivity)
    return second_round(first, second, [after], sensitivity)  # type: ignore[arg-type]


def _compared(before: Table, after: Table, sensitivity: str = "personal") -> dict[str, object]:
    part = _second(before, after, sensitivity).parts[0]
    assert isinstance(part, ShownTable)
    assert part.n is None
    return _bars(part)


def test_a_second_round_says_which_way_it_went() -> None:
    assert _compared(_table(8, 6, 2), _table(4, 7, 5)) == {"a": "fewer", "b": "about_the_same", "c": "more"}


def test_a_second_round_keeps_what_the_first_one_joined() -> None:
    assert _compared(_table(9, 3, 1), _table(5, 4, 4)) == {"a": "fewer", "bc": "more"}


def test_a_second_round_of_more_people_is_measured_by_their_share() -> None:
    assert set(_compared(_table(6, 6), _table(12, 12)).values()) == {"about_the_same"}


def test_a_second_round_of_words_says_which_way_they_went() -> None:
    assert _compared(_table(2, 10), _table(6, 6), "tender") == {"a": "more", "b": "fewer"}


def test_a_second_round_of_a_gist_says_which_way_its_words_went() -> None:
    first, second = (replace(_table(*counts), gist=True) for counts in ((5, 5), (9, 1)))
    assert _compared(first, second) == {"a": "more", "b": "fewer"}


def test_a_second_round_says_nothing_of_a_first_that_said_nothing() -> None:
    assert _compared(_table(6, 1, 1), _table(4, 2, 2)) == {}


def test_a_second_round_under_k_is_withheld() -> None:
    assert _second(_table(4, 4), _table(2, 2)).withheld


def test_a_second_round_after_a_withheld_first_is_shown_like_a_first() -> None:
    assert _second(_table(2, 2), _table(4, 4)) == _release([_table(4, 4)])


# ---------- figures ----------


def test_percentages_are_of_published_numbers_and_from_ten_people() -> None:
    assert percentages(_personal(_table(6, 4))) == (60, 40)
    assert percentages(_personal(_table(5, 4))) == ()
    assert percentages(_personal(_table(11, 1))) == (None, None)
    assert percentages(publish_table(_table(6, 4), "tender")) == ()


def test_a_mean_needs_an_exact_scale_and_ten_people() -> None:
    assert mean(_personal(_table(2, 3, 5, ordinal=True))) == 2.3
    assert mean(_personal(_table(2, 3, 5, ordinal=True)), (0, 5, 10)) == 6.5
    assert mean(_personal(_table(2, 3, 5))) is None
    assert mean(_personal(_table(1, 3, 6, 4, ordinal=True))) is None
    assert mean(_personal(_table(2, 2, 5, ordinal=True))) is None
