"""The pages on which a workshop is adapted: what two windows do to each other, and what forms do to a text."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import factories
from workshop import adapting, rewording, shelf, wordings, workbench
from workshop.pack import built_in

((_NAME, PACK),) = built_in()


def test_what_another_window_has_changed_is_not_written_over(app: Flask) -> None:
    workshop = factories.built_in(factories.facilitator("Alice"))
    first = adapting.hide(PACK, "p01", True)
    shelf.keep(workshop, first)
    with pytest.raises(shelf.Outdated, match="changed in another window"):
        shelf.keep(workshop, adapting.hide(PACK, "p02", True))
    (kept,) = shelf.of(workshop.owner_id)
    assert shelf.opened(kept) == first


def test_the_shelf_calls_a_workshop_as_its_pack_does(app: Flask) -> None:
    workshop = factories.built_in(factories.facilitator("Alice"))
    about = PACK.workshop.model_copy(update={"title": "Leaning, our way"})
    shelf.keep(workshop, PACK.model_copy(update={"workshop": about}))
    assert [one.title for one in shelf.of(workshop.owner_id)] == ["Leaning, our way"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Two\r\nlines ", "Two lines"),
        ("Bell\x07", "Bell"),
        ("a\u00a0b", "a\u00a0b"),
        ("\ud83e\udec2".encode("utf-16", "surrogatepass").decode("utf-16"), "\U0001fac2"),
    ],
)
def test_a_line_is_kept_as_it_was_meant(typed: str, kept: str) -> None:
    assert wordings.tidy(typed) == kept


def test_a_page_keeps_its_paragraphs() -> None:
    assert wordings.tidy(" One. \r\n\r\nTwo.\r\n", paragraphs=True) == "One.\n\nTwo."


def test_every_group_of_texts_has_a_name_and_no_two_of_its_labels_are_alike() -> None:
    for step in PACK.steps:
        for name, texts in workbench.texts(step):
            labels = [label for label, _one in texts]
            assert len(labels) == len(set(labels)), (step.id, name)
            assert all(labels), step.id


def test_marks_of_a_language_are_letters_like_others() -> None:
    new = rewording.reword(PACK, "core", "s00_warmup", {"title": "می‌آیم"})
    assert adapting.step_of(new, "s00_warmup").title == "می‌آیم"
