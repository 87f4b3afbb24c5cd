"""The first of two linked answers: on no disk after its close, and what was sent of it is a cookie of one length."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import gevent
import pytest
from flask import Flask

from sessions import linking, sealing
from sessions.wiping import wiper
from tests.actors import Cast
from tests.linked_pack import LINKED, lines
from tests.privacy import thief, twins
from tests.privacy.twins import Run, differing
from workshop.config import Settings
from workshop.pack import Step

COOKIE = re.compile(rb"\bl=[A-Za-z0-9_-]+")


def test_after_its_close_nothing_of_the_first_half_is_on_the_disk(app: Flask, settings: Settings) -> None:
    cast = Cast.of(app)
    ada = cast.facilitator("Ada")
    ada.opens(workshop=cast.shelves(ada, LINKED))
    phones = cast.phones(ada.join_url, 6)
    ada.shows("first")
    for number, phone in enumerate(phones):
        phone.answers(**lines(1 + number % 5))
    (session,) = [path.read_bytes() for path in thief.files(settings.runtime) if path.suffix == ".k"]
    (question,) = [path.read_bytes() for path in thief.files(settings.keys) if path.suffix == ".d"]
    cookies = [phone.browser.cookies for phone in phones]
    names = [thief.pseudonym(session, thief.secret(one["w"]), "first") for one in cookies]
    kept = [base64.urlsafe_b64decode(one["l"] + "=" * (-len(one["l"]) % 4)) for one in cookies]
    stored = [payload for (payload,) in thief.ask(settings.database, "SELECT payload FROM open_answers")]
    secret = [question, *names, *kept, *(bytes(one) for one in stored if isinstance(one, bytes))]
    assert {needle for needle, _file in thief.hits(secret, settings.data)} >= {question, *names}, "it does find things"
    ada.closes(now=True)
    with gevent.Timeout(5):
        while not wiper.wiped:
            gevent.sleep(0.01)
    assert thief.hits(secret, settings.data, settings.runtime) == []
    assert thief.ask(settings.database, "SELECT COUNT(*) FROM releases") == [(0,)]


def both(folder: Path, one: dict[str, str], other: dict[str, str]) -> tuple[Run, Run]:
    """Both halves are asked, and one phone answers the first with one thing or with another."""

    def told(given: dict[str, str]) -> Run:
        def act(run: Run) -> None:
            run.ada.shows("first")
            run.hears()
            for who in range(twins.PEOPLE):
                run.answers(who, given if who == 0 else lines(2))
            run.hears()
            run.ada.closes(now=True)
            run.hears()
            run.ada.shows("second")
            for who in range(twins.PEOPLE):
                run.answers(who, lines(4, back=2))
            run.hears()
            run.ada.closes(now=True)
            run.looks_away()
            run.hears_the_room()

        with pytest.MonkeyPatch.context() as patch:
            name = "_".join((*given, *given.values())).replace("-", "")
            return twins.run(folder / name, patch, act, pack=LINKED)

    return told(one), told(other)


def without_cookies(run: Run) -> dict[str, list[bytes]]:
    """What was sent, each cookie `l` by its length."""
    return {
        name: [COOKIE.sub(lambda found: b"l=%d" % len(found[0]), sent) for sent in all]
        for name, all in run.sent.items()
    }


@pytest.mark.parametrize("other", [lines(5, 5, 5), {"pass": "1"}], ids=["another answer", "a pass"])
def test_no_byte_depends_on_the_first_answer_but_inside_the_cookie(tmp_path: Path, other: dict[str, str]) -> None:
    one, two = both(tmp_path, lines(1), other)
    assert differing(one, two) == ["reply 0"], "that is where its cookie comes"
    assert without_cookies(one) == without_cookies(two)


# ---------- what must be caught ----------


def test_it_is_caught_that_a_cookie_is_as_long_as_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "seal_anew", lambda key, place, plain, bucket: sealing.seal_anew(key, place, plain, 1))
    one, two = both(tmp_path, lines(1), {"pass": "1"})
    assert without_cookies(one) != without_cookies(two)


def test_it_is_caught_that_a_first_half_is_published(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Step, "half", "")
    cast = Cast.of(app)
    ada = cast.facilitator("Ada")
    ada.opens(workshop=cast.shelves(ada, LINKED))
    ada.shows("first")
    for phone in cast.phones(ada.join_url, 5):
        phone.answers(**lines(3))
    ada.closes(now=True)
    assert thief.ask(settings.database, "SELECT COUNT(*) FROM releases") == [(1,)]
