"""Another program holds the database: the phone says what becomes of an answer, and it is saved once when it can be."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.watching import Watch


@pytest.fixture
def locks(house: House) -> Iterator[Callable[[], Callable[[], object]]]:
    """Call it to take the database, and what it gives to let it go."""
    with closing(sqlite3.connect(house.server.data / "attune.db", isolation_level=None)) as other:

        def lock() -> Callable[[], object]:
            other.execute("BEGIN IMMEDIATE")
            return lambda: other.execute("ROLLBACK")

        yield lock


def test_an_answer_that_a_lock_keeps_waiting_is_said_to_wait_and_saved_once(
    house: House, watch: Watch, locks: Callable[[], Callable[[], object]]
) -> None:
    """Longer than a phone waits for its reply: 6 s. Who answered before keeps the queue busy for the first five."""
    ada = house.opens_room("easy")
    mia, others = house.phone(watch, ada), house.cast.phones(ada.join_url, 3)
    told = list[int]()
    first = threading.Thread(target=lambda: told.append(others[0].tries_to_answer(choice="b").status))
    for other in others[1:]:
        other.answers(choice="b")
    frees = locks()
    first.start()
    mia.page.wait_for_timeout(300)
    mia.choose("Apples")
    mia.press("Send")
    expect(mia.stage.get_by_text("Saving ...")).to_be_visible()
    expect(mia.stage.get_by_text("Your answer waits here and is sent when the link is back.")).to_be_visible()
    mia.is_told("none")
    frees()
    mia.is_told("saved")
    first.join()
    assert told == [503]
    ada.closes(now=True, show=True)
    for option, people in (("Apples", "1"), ("Bread", "2")):
        expect(mia.stage.locator(".bar-line").filter(has_text=option).locator(".bar-figure")).to_have_text(people)
