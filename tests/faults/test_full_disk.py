"""A disk that is full: no answer is called saved, a close does all or nothing, and it goes on when there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import gevent
import pytest

from sessions import closing
from tests.actors import Cast, Facilitator, Phone
from workshop.database import db


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """Call it: from then on the database cannot grow. It can again at the end, or when it is called with room."""

    def limit(room: bool = False) -> None:
        def work() -> None:
            connection = db.connection()
            connection.execute("VACUUM")
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages + (100_000 if room else 0)}").fetchone()

        db.run(work)

    yield limit
    limit(room=True)


def _writers(cast: Cast, ada: Facilitator, many: int = 8) -> list[Phone]:
    return cast.phones(ada.join_url, many)


LONG = "a line of some length, again and again " * 2


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(
    cast: Cast, ada: Facilitator, room: str, full_disk: Callable[..., None]
) -> None:
    ada.opens("core", room).shows("lines")
    phones = _writers(cast, ada)
    full_disk()
    told = [phone.tries_to_answer(text=[f"{LONG}{i}", LONG]) for i, phone in enumerate(phones)]
    refused = [answer for answer in told if answer.status != 200]
    assert refused
    for answer in refused:
        assert (answer.status, answer.code) == (503, "try_again")
        assert int(answer.headers["retry-after"]) >= 1
    assert [phone.mine for phone in phones] == ["saved" if answer.status == 200 else "none" for answer in told]
    full_disk(room=True)
    for i, (phone, answer) in enumerate(zip(phones, told, strict=True)):
        if answer.status != 200:
            phone.answers(text=[f"{LONG}{i}", LONG])
    ada.closes(now=True)
    assert len(ada.texts()) == 2 * len(phones)


def test_a_close_on_a_full_disk_does_nothing_and_says_why(
    cast: Cast, ada: Facilitator, room: str, full_disk: Callable[..., None]
) -> None:
    ada.opens("core", room).shows("lines")
    for i, phone in enumerate(_writers(cast, ada)):
        phone.answers(text=[f"{LONG}{i}", LONG])
    before, rows = ada.desk, _rows()
    full_disk()
    answer = ada.tries("close", sure="1", now="1")
    assert answer.status == 503
    assert "the disk is full" in answer.page.get("console").text
    assert (ada.desk, _rows()) == (before, rows)
    full_disk(room=True)
    ada.closes(now=True)
    assert len(ada.texts()) == 16
    assert _rows() == 0


def test_last_seconds_that_end_on_a_full_disk_end_again_when_there_is_room(
    cast: Cast, ada: Facilitator, room: str, full_disk: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LAST_SECONDS", 0.1)
    monkeypatch.setattr(closing, "TRY_EVERY", 0.1)
    ada.opens("core", room).shows("lines")
    for i, phone in enumerate(_writers(cast, ada)):
        phone.answers(text=[f"{LONG}{i}", LONG])
    ada.closes()
    full_disk()
    gevent.sleep(0.4)
    assert ada.desk["step_state"] == "closing"
    full_disk(room=True)
    for _ in range(40):  # on a busy machine, a try may come late
        if ada.desk["step_state"] == "closed":
            break
        gevent.sleep(0.1)
    assert ada.desk["step_state"] == "closed"
    assert len(ada.texts()) == 16


def _rows() -> int:
    (count,) = db.run(lambda: db.connection().execute("SELECT COUNT(*) FROM open_answers").fetchone())
    return int(count)
