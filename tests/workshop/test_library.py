"""My workshops: looked at, imported, copied, downloaded, deleted; and nobody else's."""

from __future__ import annotations

import http.client
import io
import re
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories
from tests.actors import Cast
from tests.serving import Server
from workshop import outline, shelf
from workshop.manuscript import written
from workshop.models import Facilitator, Workshop
from workshop.pack import Pack, built_in

((NAME, PACK),) = built_in()
TITLE = PACK.workshop.title


@pytest.fixture
def alice(client: FlaskClient) -> Facilitator:
    """Signed in."""
    made = factories.facilitator("Alice")
    client.post("/signin", data={"email": made.email, "password": factories.PASSWORD})
    return made


@pytest.fixture
def mine(alice: Facilitator) -> Workshop:
    return factories.built_in(alice)


def brings(client: FlaskClient, text: str | bytes, name: str = "mine.yaml") -> TestResponse:
    raw = text.encode() if isinstance(text, str) else text
    return client.post("/workshops/import", data={"file": (io.BytesIO(raw), name)})


def renamed(title: str) -> str:
    about = PACK.workshop.model_copy(update={"title": title})
    return written(PACK.model_copy(update={"workshop": about}))


# ---------- the shelf ----------


def test_a_new_account_finds_the_built_in_workshop(client: FlaskClient, alice: Facilitator) -> None:
    page = client.get("/workshops").text
    assert TITLE in page
    assert "/workshops/built-in/" not in page


def test_an_empty_shelf_says_what_to_do_and_offers_the_built_in(client: FlaskClient, mine: Workshop) -> None:
    client.post(f"/workshops/{mine.id}/delete")
    page = client.get("/workshops").text
    assert "The shelf is empty" in page
    answer = client.post(f"/workshops/built-in/{NAME}")
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200
    assert "The shelf is empty" not in client.get("/workshops").text


def test_a_built_in_that_does_not_exist_is_not_found(client: FlaskClient, alice: Facilitator) -> None:
    assert client.post("/workshops/built-in/nothing").status_code == 404


def test_a_copy_has_a_title_of_its_own_and_the_same_inside(
    client: FlaskClient, alice: Facilitator, mine: Workshop
) -> None:
    answer = client.post(f"/workshops/{mine.id}/copy")
    assert answer.status_code == 303
    first, copy = sorted(shelf.of(alice.id), key=lambda workshop: workshop.id)
    assert (copy.title, shelf.opened(copy).workshop.title) == (f"{TITLE} (copy)", f"{TITLE} (copy)")
    assert shelf.opened(copy).steps == shelf.opened(first).steps
    client.post(f"/workshops/{copy.id}/delete")
    assert [workshop.id for workshop in shelf.of(alice.id)] == [first.id]


def test_a_title_that_has_no_room_for_more_stays(client: FlaskClient, alice: Facilitator) -> None:
    long = "T" * shelf.LONGEST_TITLE
    made = int(brings(client, renamed(long)).location.rsplit("/", 1)[1])
    client.post(f"/workshops/{made}/copy")
    assert [workshop.title for workshop in shelf.of(alice.id)].count(long) == 2


# ---------- looking ----------


@pytest.mark.parametrize("variant", PACK.workshop.variants.plans)
def test_every_plan_shows_its_steps_times_and_notes(client: FlaskClient, mine: Workshop, variant: str) -> None:
    page = client.get(f"/workshops/{mine.id}?variant={variant}").text
    seen = outline.of(PACK, variant)
    assert f'href="/workshops/{mine.id}/open?variant={variant}"' in page
    assert len(re.findall(r'class="step-plan"', page)) == seen.times.steps == len(PACK.plan(variant))
    assert f"{seen.covered} of {len(PACK.concepts)} ideas" in page


def test_an_unknown_plan_shows_the_usual_one(client: FlaskClient, mine: Workshop) -> None:
    usual = PACK.workshop.variants.default
    for asked in ("nothing", "default", "<script>"):
        assert f"/open?variant={usual}" in client.get(f"/workshops/{mine.id}?variant={asked}").text


def test_what_an_outline_says_adds_up() -> None:
    for name, variant in PACK.workshop.variants.plans.items():
        seen = outline.of(PACK, name)
        rows = [row for part in seen.parts for row in part.rows]
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        last = rows[-1]
        end = last.starts + last.step.seconds + variant.plan.transition_seconds
        assert end == seen.times.planned_seconds
        missing = {idea.concept.id for _, ideas in seen.ideas for idea in ideas if not idea.steps}
        assert missing == set(variant.concepts_not_covered)


def test_words_of_a_pack_are_text_wherever_they_stand(client: FlaskClient, alice: Facilitator) -> None:
    nasty = "<script>alert(1)</script>{{7*7}}"
    answer = brings(client, renamed(nasty))
    for path in ("/workshops", answer.location):
        page = client.get(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
        assert nasty not in page


# ---------- files ----------


def test_what_is_downloaded_can_be_brought_back_unchanged(
    client: FlaskClient, alice: Facilitator, mine: Workshop
) -> None:
    answer = client.get(f"/workshops/{mine.id}.yaml")
    assert answer.content_type.startswith("application/yaml")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={mine.slug}.yaml"
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert Pack.load(answer.data) == PACK
    assert brings(client, answer.data).status_code == 303
    first, second = shelf.of(alice.id)
    assert first.pack == second.pack


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(client: FlaskClient, alice: Facilitator) -> None:
    before = shelf.of(alice.id)
    text = renamed("Fine").replace("kind: reading", "kind: telepathy", 1).replace("min: 4", "min: many")
    answer = brings(client, text, "<b>.yaml")
    assert answer.status_code == 422
    rows = re.findall(r'<tr><td class="figure">(\d*)</td><td>(.*?)</td><td>(.*?)</td></tr>', answer.text)
    places = [place for _, place, _ in rows]
    assert "workshop.group_size.min" in places
    assert any("telepathy" in message for _, _, message in rows)
    lines = text.splitlines()
    assert "min: many" in lines[int(rows[places.index("workshop.group_size.min")][0]) - 1]
    assert "&lt;b&gt;.yaml" in answer.text
    assert len(shelf.of(alice.id)) == len(before)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        "format: workshop/1".encode("utf-16"),
        b"format: !!python/object/apply:os.system ['true']",
        b"a: &a [x]\nb: [*a, *a]\n",
        b"format: workshop/1\nformat: workshop/1\n",
        b"format:\tworkshop/1",
        b"[" * 5000,
        b"format: workshop/9\n",
    ],
)
def test_what_is_no_pack_is_refused_with_a_reason(client: FlaskClient, alice: Facilitator, raw: bytes) -> None:
    answer = brings(client, raw)
    assert answer.status_code == 422
    assert "to mend. Nothing was kept." in answer.text
    assert len(shelf.of(alice.id)) == 1


def test_a_form_without_a_file_is_refused_like_an_empty_file(client: FlaskClient, alice: Facilitator) -> None:
    assert client.post("/workshops/import").status_code == 422


def test_a_file_of_two_mebibytes_and_one_is_too_large(client: FlaskClient, alice: Facilitator) -> None:
    body = b"#" * (2 * 1024 * 1024 + 1)  # written out: the client would put it into a file that it never closes
    kind = "multipart/form-data; boundary=x"
    assert client.post("/workshops/import", data=body, content_type=kind).status_code == 413
    assert len(shelf.of(alice.id)) == 1


def test_a_file_gets_through_a_real_connection(server: Server) -> None:
    ada = Cast.at(server).facilitator("Ada")
    cookies = "; ".join(f"{name}={value}" for name, value in ada.browser.cookies.items())
    head = {"Cookie": cookies, "Origin": server.url, "Content-Type": "multipart/form-data; boundary=x"}
    part = 'Content-Disposition: form-data; name="file"; filename="a.yaml"'
    body = f"--x\r\n{part}\r\n\r\n{renamed('By wire')}\r\n--x--\r\n"
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as connection:
        connection.request("POST", "/workshops/import", body.encode(), head)
        assert connection.getresponse().status == 303
    assert "By wire" in ada.browser.get("/workshops").text


# ---------- whose ----------


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/workshops/{id}"),
        ("GET", "/workshops/{id}.yaml"),
        ("POST", "/workshops/{id}/copy"),
        ("POST", "/workshops/{id}/delete"),
        ("GET", "/workshops/{id}/open"),
        ("POST", "/workshops/{id}/open"),
    ],
)
def test_what_another_owns_is_answered_like_what_is_not_there(
    app: Flask, client: FlaskClient, alice: Facilitator, method: str, path: str
) -> None:
    theirs = factories.built_in(factories.facilitator("Bob"))
    answers = [client.open(path.format(id=number), method=method) for number in (theirs.id, 999, 2**63, 10**40)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1
    assert len(shelf.of(theirs.owner_id)) == 1
