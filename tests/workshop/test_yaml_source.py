"""The text of a pack is plain data with lines; everything cleverer is refused before it can do anything."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.problems import PackError
from workshop.yaml_source import MOST_BYTES, place, read


def refusal(text: str | bytes) -> str:
    with pytest.raises(PackError) as refused:
        read(text)
    return str(refused.value)


BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise(f"a{i}" for i in range(10))]
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nb: !!python/object/apply:os.system [ls]", "line 2: tags (!) are not used in packs"),
        ("a: !!str 1", "line 1: tags (!)"),
        (BOMB, "line 1: anchors and aliases"),
        ("a: 1\nb: [*c]", "line 2: anchors and aliases"),
        ("a: 1\n\tb: 2", "line 2: a tab; write spaces"),
        ("a: 1\n---\nb: 2", "line 2: a second document begins here"),
        ("a: [1, 2", "line 1: "),
        ("a: b: c", "line 1: "),
        ("a: 1\n? [x]\n: 2", "line 2: only plain text may stand before a colon"),
        ("a: \x07", "line 1: a character that cannot be used"),
        ('a: 1\nb: "\\0"', "line 2: a character that cannot be used"),
        ('a: "\\ud800"', "line 1: a character that cannot be used"),
        ("a: 1\nb: \ud800", "line 2: the file must be text in UTF-8"),
        ("a: 1\nb: 2".encode("utf-16"), "line 1: the file must be text in UTF-8"),
        ("a: 1\nb: ü".encode("latin-1"), "line 2: the file must be text in UTF-8"),
        ("[" * 100_000, "line 1: too much, or too deep, for a pack"),
        ("- " * 100_000, "line 1: too much, or too deep, for a pack"),
        ("a: [" + "[x]," * 1_001 + "]", "line 1: a list may have 1000 entries"),
        ("\n".join(f"k{i}: [1]" for i in range(20_000)), "too much, or too deep, for a pack"),
        ("a" * (MOST_BYTES + 1), "line 1: the file is larger than 2 MiB"),
        (b"a" * (MOST_BYTES + 1), "line 1: the file is larger than 2 MiB"),
        ("ü" * (MOST_BYTES // 2 + 1), "line 1: the file is larger than 2 MiB"),
    ],
)
def test_it_refuses_with_line_and_reason(text: str | bytes, sentence: str) -> None:
    assert sentence in refusal(text)


def test_a_doubled_key_is_a_problem_that_does_not_hide_others() -> None:
    source = read("a:\n  b: 1\n  b: 2\n  c: 3\n  c: 4\n")
    assert [str(problem) for problem in source.problems] == [
        "line 3: a.b: stands here twice, first in line 2",
        "line 5: a.c: stands here twice, first in line 4",
    ]


def test_words_that_older_yaml_changes_stay_words() -> None:
    data = read("a: yes\nb: no\nc: 1:30\nd: 2019-11-18\ne: 0x1f\nf: '5'\ng: <<\nh: off").data
    assert data == {
        "a": "yes", "b": "no", "c": "1:30", "d": "2019-11-18", "e": "0x1f", "f": "5", "g": "<<", "h": "off",
    }  # fmt: skip


def test_numbers_truth_and_nothing_are_read() -> None:
    assert read("[1, -2, 0.5, 1e3, true, False, null, ~, '', x]").data == [
        1,
        -2,
        0.5,
        1000.0,
        True,
        False,
        None,
        None,
        "",
        "x",
    ]


def test_json_is_read_too() -> None:
    assert read('{"a": [1, {"b": "c"}], "d": null}').data == {"a": [1, {"b": "c"}], "d": None}


def test_it_remembers_the_lines() -> None:
    source = read("\ufeffa: 1\nb:\n  - x\n  - c: 2\n    d: 3\n")
    assert (source.line(("a",)), source.line(("b", 0)), source.line(("b", 1, "d"))) == (1, 3, 5)
    assert source.line(("b", 1, "not there")) == 4


def test_a_place_names_things_by_their_id_where_they_have_one() -> None:
    data = {"steps": [{"id": "s09", "options": [{}, {}, {}]}, {"kind": "poll"}], "workshop": {"title": "x"}}
    assert place(data, ("steps", 0, "options", 2, "text")) == "steps › s09 › options[2].text"
    assert place(data, ("steps", 1, "kind")) == "steps[1].kind"
    assert place(data, ("workshop", "title")) == "workshop.title"


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    with suppress(PackError):
        assert read(text).problems is not None
