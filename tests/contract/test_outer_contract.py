"""docs/protocol.md, held by a client that shares no code with the server."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from tests.contract.outer_client import Outer, attribute, hidden
from tests.raw_socket import RawSocket
from tests.serving import Server

PASSWORD = "a long walk by the quiet river"
CONSOLE = {"console", "progress", "late", "foreseen", "care"}
"""The regions of a console."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with Ada's account, which its one-time link has made."""
    made = Server(tmp_path_factory.mktemp("outer"), {}, ()).start()
    link = made.printed("Set up")
    assert link is not None
    fields = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}
    reply = Outer(made.url).post(link.removeprefix(f"http://localhost:{made.port}"), fields)
    assert (reply.status, reply.where) == (303, "/workshops")
    yield made
    made.stop()
    assert "Traceback" not in made.said()


@pytest.fixture(scope="module")
def ada(server: Server) -> Outer:
    ada = Outer(server.url)
    reply = ada.post("/signin", {"email": "ada@example.org", "password": PASSWORD})
    assert (reply.status, reply.where) == (303, "/workshops")
    return ada


@pytest.fixture
def console(ada: Outer) -> str:
    """The path of a new session's console."""
    found = re.search(r'href="(/workshops/\d+)"', ada.get("/workshops").text)
    assert found
    reply = ada.post(f"{found[1]}/open", {"variant": "full", "help": "emergency"})
    assert reply.status == 303
    assert re.fullmatch(r"/console/\d+", reply.where or "")
    return reply.where or ""


def desk(ada: Outer, console: str) -> dict[str, object]:
    return dict(ada.get(f"{console}.json").json)


def path(url: object) -> str:
    return "/" + str(url).split("/", 3)[3]


def phone(ada: Outer, console: str) -> Outer:
    """A phone that has joined by the address in the QR."""
    phone = Outer(ada.url)
    reply = phone.post(path(desk(ada, console)["join_url"]))
    assert (reply.status, reply.where) == (303, "/w")
    return phone


def answer(phone: Outer, **fields: object) -> dict[str, object]:
    """The form in sight with these fields."""
    return {**hidden(phone.get("/w").text), **fields}


# ---------- start ----------


def test_it_prints_where_to_go_each_on_a_line_of_its_own(server: Server) -> None:
    lines = [line for line in server.said().splitlines() if line]
    assert [line.split(": ")[0] for line in lines[:3]] == ["Set up", "Facilitator", "Phones"]
    assert re.fullmatch(r"http://localhost:\d+/setup/\S+", lines[0].removeprefix("Set up: "))
    assert all(re.match(r"[\w ]+: http://\S+$", line) for line in lines[:3])


def test_it_says_that_it_can_serve(server: Server) -> None:
    reply = Outer(server.url).get("/healthz")
    assert (reply.status, reply.body) == (200, b"ok")


def test_the_link_to_the_first_account_works_once_and_is_not_printed_again(tmp_path: Path) -> None:
    server = Server(tmp_path / "once", {}, ()).start()
    link = path(server.printed("Set up"))
    outer, fields = Outer(server.url), {"email": "eve@example.org", "name": "Eve", "password": PASSWORD}
    assert outer.get(link).status == 200
    assert outer.post(link, fields).status == 303
    assert Outer(server.url).post(link, fields | {"email": "eva@example.org"}).status == 404
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 5
    server.start()
    assert server.printed("Set up") is None
    assert server.printed("Phones")
    server.stop()


# ---------- every request ----------


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "http://127.0.0.1:1"])
def test_a_post_without_its_own_origin_is_refused_and_does_nothing(ada: Outer, console: str, origin: str) -> None:
    assert ada.post(f"{console}/next", Origin=origin).status == 400
    assert desk(ada, console)["state"] == "lobby"


def test_a_foreign_host_is_refused(ada: Outer) -> None:
    for place in ("/", "/j/" + "A" * 22, "/signin", "/socket.io/?EIO=4&transport=polling"):
        reply = ada.get(place, Host="evil.example")
        assert reply.status == 400
        assert reply.where is None
        assert reply.headers["Access-Control-Allow-Origin"] is None
        assert "evil" not in reply.text


def test_a_body_that_is_too_large_is_refused(ada: Outer, console: str) -> None:
    assert ada.post(f"{console}/show", {"step": "x" * 65536}).status == 413


# ---------- join ----------


def test_looking_at_an_invitation_tells_nothing_and_takes_no_seat(ada: Outer, console: str) -> None:
    url = path(desk(ada, console)["join_url"])
    real, invented = Outer(ada.url).get(url), Outer(ada.url).get("/j/" + "A" * 22)
    assert (real.status, invented.status) == (200, 200)
    assert real.body == invented.body
    assert real.headers["Set-Cookie"] is None
    assert desk(ada, console)["joined"] == 0
    assert Outer(ada.url).get("/j/short").status == 404


def test_a_code_opens_the_room_however_it_is_spaced(ada: Outer, console: str) -> None:
    code = str(desk(ada, console)["code"])
    assert re.fullmatch(r"\d{8}", code)
    for typed in (code, f" {code[:4]} {code[4:]} ", f"{code[:4]}-{code[4:]}"):
        phone = Outer(ada.url)
        reply = phone.post("/join", {"code": typed})
        assert (reply.status, reply.where) == (303, "/w")
        assert "w" in phone.cookies
        assert phone.get("/w").status == 200


def test_unknown_locked_and_ended_are_one_and_the_same_page(ada: Outer, console: str) -> None:
    before = desk(ada, console)
    url, code = path(before["join_url"]), before["code"]
    pages = [Outer(ada.url).post("/j/" + "A" * 22), Outer(ada.url).post("/join", {"code": "00000000"})]
    ada.post(f"{console}/lock")
    pages += [Outer(ada.url).post(url), Outer(ada.url).post("/join", {"code": code})]
    ada.post(f"{console}/end")
    pages += [Outer(ada.url).post(url), Outer(ada.url).post("/join", {"code": code})]
    assert {(page.status, page.body) for page in pages} == {(404, pages[0].body)}


def test_a_phone_keeps_its_seat_and_changes_rooms_only_when_it_means_to(
    ada: Outer, console: str, request: pytest.FixtureRequest
) -> None:
    url = path(desk(ada, console)["join_url"])
    guest = phone(ada, console)
    seat = guest.cookies["w"]
    assert guest.post(url).where == "/w"
    assert guest.cookies["w"] == seat
    other = path(desk(ada, re.sub(r"\d+", str(int(console[9:])), console))["join_url"])
    assert other == url
    found = re.search(r'href="(/workshops/\d+)"', ada.get("/workshops").text)
    assert found
    second = ada.post(f"{found[1]}/open", {"variant": "core", "help": "emergency"}).where or ""
    elsewhere = path(desk(ada, second)["join_url"])
    asked = guest.post(elsewhere)
    assert (asked.status, guest.cookies["w"]) == (200, seat)
    assert 'name="sure" value="1"' in asked.text
    assert guest.post(elsewhere, {"sure": "1"}).where == "/w"
    assert guest.cookies["w"] != seat


# ---------- phone ----------


@pytest.mark.parametrize("place", ["/w", "/w/mine?v=1", "/w/help"])
def test_without_a_seat_there_is_nothing_to_see(ada: Outer, place: str) -> None:
    reply = Outer(ada.url).get(place)
    assert (reply.status, reply.headers["X-Attune-Code"]) == (410, "no_seat")


LEANING = "abcefijlq"
BEFORE = ("m_ask", "m_no", "m_tell", "m_listen", "m_need", "m_happy")

FIELDS: list[tuple[str, str, dict[str, object]]] = [
    ("poll", "s00_warmup", {"choice": "bus"}),
    ("agreement", "s03_agreement", {"line-own": "ok", "line-air": "talk", "own": "We start on time."}),
    ("pulse", "s04_pulse_in", {"choice": "bit"}),
    ("grid", "s05_before", {f"value-{item}": "4" for item in BEFORE}),
    ("word_cloud", "s06_word_before", {"entry": ["air", "rope"]}),
    ("form", "s07_messages", {"heard.choice": "{heard}", "source.choice": "{source}"}),
    ("scale", "s11_felt_heard", {"value": "4"}),
    ("sorting", "s13_sort_leaning", {f"category-{statement}": "lean" for statement in LEANING}),
    ("open_text", "s16_worst_help", {"text": "Answering every message for them."}),
    ("story", "s19_scene_one", {"choice": "a"}),
    ("ranking", "s25_six_habits", {"rank": ["ask", "joy", "say_no"]}),
    ("intention", "s28_intention", {"share": "I will ask my sister on Sunday."}),
]
"""A kind, a step of the workshop that comes along, and an answer to it, as the document names its fields."""


def documented() -> dict[str, set[str]]:
    """The fields of each kind by the table in docs/protocol.md, with `<…>` for an id."""
    text = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text()
    table = text.split("| fields of a kind | |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| (\w+) \| (.*) \|$", table, re.MULTILINE)
    return {kind: set(re.findall(r"`([\w.<>-]+)(?:=1)?`", said)) for kind, said in rows}


def test_every_kind_that_asks_has_its_row_and_its_answer() -> None:
    assert {kind for kind, _step, _fields in FIELDS} == set(documented())


@pytest.mark.parametrize(("kind", "step", "fields"), FIELDS)
def test_the_fields_of_each_kind_are_those_of_the_document(
    ada: Outer, console: str, kind: str, step: str, fields: dict[str, object]
) -> None:
    """An answer of these fields is taken, and each stands in the table."""
    patterns = [re.compile(re.sub(r"<\w+>", r"[\\w.]+", name)) for name in documented()[kind]]
    assert all(any(pattern.fullmatch(name) for pattern in patterns) for name in fields)
    guest = phone(ada, console)
    assert ada.post(f"{console}/show", {"step": step}).status == 303
    if desk(ada, console)["step_state"] == "shown":
        assert ada.post(f"{console}/open").status == 303
    page = guest.get("/w").text
    first = dict(reversed(re.findall(r'name="(\w+)\.choice" value="([^"]+)"', page)))
    given = {name: str(value).format(**first) if "{" in str(value) else value for name, value in fields.items()}
    reply = guest.script("/w/answer", answer(guest, **given))
    assert (reply.status, reply.headers["X-Attune-Next"]) == (200, "2")
    ada.post(f"{console}/close", {"now": "1"})
    ada.post(f"{console}/end", {"sure": "1"})


@pytest.mark.parametrize("place", ["/w/answer", "/w/ready", "/w/flag"])
def test_without_a_seat_there_is_nothing_to_send(ada: Outer, place: str) -> None:
    for reply in (Outer(ada.url).post(place), Outer(ada.url).script(place)):
        assert (reply.status, reply.headers["X-Attune-Code"]) == (410, "no_seat")


def test_a_phone_asks_for_what_it_missed(ada: Outer, console: str) -> None:
    guest = phone(ada, console)
    v = attribute(guest.get("/w").text, "stage", "data-v")
    assert guest.get(f"/w/mine?v={v}").status == 304
    ada.post(f"{console}/next")
    missed = guest.get(f"/w/mine?v={v}")
    assert missed.status == 200
    assert missed.text.startswith('<section id="mine"') or "<section" in missed.text.split('id="mine"')[0]
    assert attribute(missed.text, "stage", "data-v") == str(desk(ada, console)["version"])
    assert attribute(missed.text, "mine", "data-next") == "1"


def test_an_answer_is_acknowledged_with_the_next_rev(ada: Outer, console: str) -> None:
    ada.post(f"{console}/next")
    guest = phone(ada, console)
    fields = answer(guest, choice="bus", pad="x" * 100)
    assert {name for name in fields if name not in ("choice", "pad")} == {"step", "round", "phase", "rev"}
    first = guest.script("/w/answer", fields)
    assert (first.status, first.headers["X-Attune-Next"]) == (200, "2")
    assert attribute(first.text, "mine", "data-state") == "saved"
    again = guest.script("/w/answer", fields)
    assert (again.status, again.headers["X-Attune-Next"]) == (200, "2")
    stale = guest.script("/w/answer", fields | {"choice": "car"})
    assert (stale.status, stale.headers["X-Attune-Code"], stale.headers["X-Attune-Next"]) == (409, "stale", "2")
    changed = guest.script("/w/answer", fields | {"choice": "car", "rev": "2"})
    assert (changed.status, changed.headers["X-Attune-Next"]) == (200, "3")
    passed = guest.script("/w/answer", {**answer(guest), "pass": "1"})
    assert attribute(passed.text, "mine", "data-state") == "saved"
    assert desk(ada, console)["answered"] == 1


def test_a_plain_form_goes_back_to_the_page_or_gets_it_with_what_was_typed(ada: Outer, console: str) -> None:
    ada.post(f"{console}/next")
    guest = phone(ada, console)
    refused = guest.post("/w/answer", answer(guest))
    assert (refused.status, refused.headers["X-Attune-Code"]) == (422, "empty")
    assert "Choose something first" in refused.text
    taken = guest.post("/w/answer", answer(guest, choice="bus"))
    assert (taken.status, taken.where) == (303, "/w")
    typed = guest.post("/w/answer", answer(guest, choice=["car", "bus"]))
    assert (typed.status, typed.headers["X-Attune-Code"]) == (422, "bad_option")
    assert re.search(r'value="car"[^>]* checked', typed.text)


def test_every_refusal_has_its_code_its_status_and_a_sentence(ada: Outer, console: str) -> None:
    ada.post(f"{console}/next")
    guest = phone(ada, console)
    fields = answer(guest, choice="bus")

    def refusal(**change: object) -> tuple[int, str | None]:
        reply = guest.script("/w/answer", fields | change)
        assert reply.text.strip()
        assert "<" not in reply.text, "a script shows the body as it is"
        return reply.status, reply.headers["X-Attune-Code"]

    assert refusal(choice="") == (422, "bad_option")
    assert refusal(rev="") == (422, "bad_option")
    assert refusal(step="nowhere") == (409, "not_open")
    ada.post(f"{console}/pause")
    assert refusal() == (409, "paused")
    ada.post(f"{console}/resume")
    ada.post(f"{console}/close", {"now": "1"})
    assert refusal() == (409, "closed")
    time.sleep(1.2)
    ada.post(f"{console}/show", {"step": "s16_worst_help"})
    fields = answer(guest)
    assert refusal() == (422, "empty")
    assert refusal(text="x" * 81) == (422, "too_long")


def test_who_sends_too_fast_is_told_when_to_come_back(ada: Outer, console: str) -> None:
    ada.post(f"{console}/next")
    guest = phone(ada, console)
    fields = answer(guest, choice="bus")
    with ThreadPoolExecutor(20) as hands:
        replies = list(hands.map(lambda _: guest.script("/w/answer", fields), range(40)))
    refused = [reply for reply in replies if reply.status == 429]
    assert refused
    assert {reply.headers["X-Attune-Code"] for reply in refused} == {"slow_down"}
    assert all(int(reply.headers["Retry-After"]) >= 1 for reply in refused)


def test_who_goes_on_sending_is_held_back_and_nobody_else_is(ada: Outer, console: str) -> None:
    ada.post(f"{console}/next")
    hasty, calm = phone(ada, console), phone(ada, console)
    fields = answer(hasty, choice="bus")
    with ThreadPoolExecutor(20) as hands:
        began = time.monotonic()
        sent = [hands.submit(hasty.script, "/w/answer", fields) for _ in range(20)]
        assert wait(sent, timeout=5, return_when=FIRST_COMPLETED).done
        assert calm.script("/w/answer", answer(calm, choice="bus")).status == 200
        calm_after = time.monotonic() - began
        replies = [one.result().status for one in sent]
    assert 429 in replies
    assert calm_after < time.monotonic() - began
    assert time.monotonic() - began >= 0.5


def test_a_helper_takes_a_link_once_supports_and_leaves(ada: Outer, console: str) -> None:
    found = re.search(r"/h/[\w-]{22}", ada.post(f"{console}/helper").text)
    assert found
    link, hal, late = found[0], Outer(ada.url), Outer(ada.url)
    assert hal.get(link).body == hal.get("/h/" + "A" * 22).body
    assert not hal.cookies
    taken = hal.post(link)
    assert (taken.status, taken.where) == (303, console)
    kept = taken.headers["Set-Cookie"]
    assert re.match(r"h=[\w-]{22};", kept)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(kept.split("; "))
    assert late.post(link).status == 404
    assert hal.get("/h").where == console
    assert hal.post(f"{console}/kind-note").where == console
    assert hal.post(f"{console}/next").status == 404
    with RawSocket(ada.url, headers={"Cookie": hal.cookie}) as socket:
        assert socket.join("/console", {"live": int(console.removeprefix("/console/"))}).startswith("40/console,")
    assert hal.post("/x").status == 200
    assert not hal.cookie
    assert hal.get(console).where == f"/signin?next={console}"
    assert ada.post(f"{console}/dismiss", {"number": "1"}).status == 409


def test_a_quiet_word_a_cover_and_leaving(ada: Outer, console: str) -> None:
    guest = phone(ada, console)
    assert guest.post("/w/ready", {"cover": "consent"}).where == "/w"
    assert guest.script("/w/ready", {"cover": "interruption"}).status == 204
    assert guest.post("/w/flag", {"where": "behind the piano"}).where == "/w/help"
    assert "behind the piano" in ada.get(console).text
    assert guest.script("/w/flag", {"undo": "1"}).status == 204
    assert "behind the piano" not in ada.get(console).text
    assert guest.get("/w/help").status == 200
    assert guest.get("/x").status == 200
    assert not any(guest.cookies.values())
    assert guest.get("/w").status == 410
    assert Outer(ada.url).post("/x").status == 200


# ---------- facilitator ----------


def test_the_desk_is_there_for_scripts(ada: Outer, console: str) -> None:
    found = desk(ada, console)
    assert set(found) == {
        "state", "version", "step", "step_state", "round", "phase", "joined", "answered", "answered_in_words", "next",
        "join_url", "code", "screen_url", "practice",
    }  # fmt: skip
    assert (found["state"], found["next"]) == ("lobby", "next")
    assert re.fullmatch(r"http://\S+/j/[\w-]{22}", str(found["join_url"]))
    assert re.fullmatch(r"http://\S+/screen/[\w-]{22}", str(found["screen_url"]))


def test_every_verb_of_the_document_is_a_button(ada: Outer, console: str) -> None:
    table = Path("docs/protocol.md").read_text(encoding="utf-8").split("| verb |")[1].split("\n\n")[0]
    verbs = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    named = re.findall(r"`([\w-]+)`", " ".join(verbs))
    assert {"show", "kind-note", "end", "unlock"} <= set(named)
    for verb in named:
        assert ada.post(f"{console}/{verb}").status in (303, 409), verb
    assert ada.post(f"{console}/dance").status == 404


def test_verbs_answer_with_a_redirect_or_the_controls(ada: Outer, console: str) -> None:
    assert (ada.post(f"{console}/next").where) == console
    region = ada.script(f"{console}/pause")
    assert region.status == 200
    assert attribute(region.text, "console", "data-state") == "paused"
    refused = ada.script(f"{console}/next")
    assert refused.status == 409
    assert re.search(r'role="alert"[^>]*>\s*[A-Z]', refused.text)
    assert attribute(refused.text, "console", "data-state") == "paused"


def test_a_button_pressed_twice_acts_once(ada: Outer, console: str) -> None:
    mark = re.search(r'name="mark" value="([^"]*)"', ada.get(console).text)
    assert mark
    for _ in range(2):
        assert ada.script(f"{console}/next", {"mark": mark[1]}).status == 200
    assert desk(ada, console)["step"] == "s00_warmup"


def test_who_is_not_signed_in_is_sent_to_sign_in(ada: Outer, console: str) -> None:
    nobody = Outer(ada.url)
    assert (nobody.get(console).where or "").startswith("/signin?next=")
    assert nobody.get(f"{console}.json").status == 401
    assert nobody.post(f"{console}/next").where == "/signin"
    assert nobody.script(f"{console}/next").status == 401
    assert desk(ada, console)["state"] == "lobby"


# ---------- screen and socket ----------


def test_the_screen_needs_its_token_and_nothing_else(ada: Outer, console: str) -> None:
    screen = Outer(ada.url).get(path(desk(ada, console)["screen_url"]))
    assert screen.status == 200
    assert "/console/" not in screen.text
    assert Outer(ada.url).get("/screen/" + "A" * 22).status == 404


def test_each_namespace_is_let_in_by_its_own_key_and_gets_its_regions(ada: Outer, console: str) -> None:
    guest, found = phone(ada, console), desk(ada, console)
    token = path(found["screen_url"]).removeprefix("/screen/")
    keys = (
        ("/phone", {"Cookie": guest.cookie}, {}, {"stage"}),
        ("/screen", {}, {"token": token}, {"stage", "progress"}),
        ("/console", {"Cookie": ada.cookie}, {"live": int(console[9:])}, CONSOLE),
    )
    for namespace, headers, auth, regions in keys:
        with RawSocket(ada.url) as stranger:
            assert stranger.join(namespace, {}).startswith(f"44{namespace},")
        with RawSocket(ada.url, headers=headers) as socket:
            assert socket.join(namespace, auth).startswith(f"40{namespace},")
            swaps = [socket.event() for _ in regions]
        assert {name for name, _ in swaps} == {"swap"}
        assert {data["target"] for _, data in swaps} == regions
        for _, data in swaps:
            assert attribute(data["html"], data["target"], "data-v") == str(data["v"])


def test_a_swap_follows_each_press_and_bye_the_end(ada: Outer, console: str) -> None:
    guest = phone(ada, console)
    with RawSocket(ada.url, headers={"Cookie": guest.cookie}) as socket:
        socket.join("/phone", {})
        _, first = socket.event()
        ada.post(f"{console}/next")
        name, second = socket.event()
        assert (name, second["target"]) == ("swap", "stage")
        assert second["v"] > first["v"]
        assert "How did you get here today?" in second["html"]
        ada.post(f"{console}/end")
        names = [socket.event()[0]]
        while names[-1] != "bye":
            names.append(socket.event()[0])
    assert set(names) == {"swap", "bye"}


# ---------- downloads ----------


def test_results_come_after_the_end_and_are_the_same_every_time(ada: Outer, console: str) -> None:
    results = console.replace("console", "sessions")
    assert ada.get(f"{results}/export.csv").status == 404
    ada.post(f"{console}/end")
    for kind, mimetype in (("csv", "text/csv"), ("json", "application/json")):
        one, two = ada.get(f"{results}/export.{kind}"), ada.get(f"{results}/export.{kind}")
        assert (one.status, one.body) == (200, two.body)
        assert one.headers["Content-Type"].startswith(mimetype)
        assert one.headers["Content-Disposition"].startswith("attachment;")
        assert one.headers["Content-Security-Policy"] == "sandbox"
    assert ada.get(f"{results}/export.csv").text.startswith("\ufeffstep_id,item_id,option_id,round,value,note")
    for page in ("", "/summary"):
        assert ada.get(results + page).status == 200
    assert ada.post(f"{results}/headcount", {"headcount": "24"}).where == results
    assert ada.get(f"{results}/export.json").json["headcount"] == 24
    assert ada.post(f"{results}/delete").status == 409
    assert ada.post(f"{results}/delete", {"sure": "1"}).where == "/sessions"
    assert ada.get(f"{results}/export.csv").status == 404


# ---------- commands ----------


def test_commands_exit_with_nought_when_done(server: Server, ada: Outer, console: str, tmp_path: Path) -> None:
    ada.post(f"{console}/end")
    pack, results, copy = tmp_path / "pack.yaml", tmp_path / "results.json", tmp_path / "copy.db"
    pack.write_bytes(ada.get("/workshops/1.yaml").body)
    commands = (
        ("facilitator", "add", "dora@example.org", "--name", "Dora", "--password-stdin", "--json"),
        ("facilitator", "disable", "dora@example.org"),
        ("pack", "check", str(pack), "--json"), ("pack", "schema"),
        ("pack", "import", str(pack), "--owner", "dora@example.org", "--json"),
        ("session", "list", "--json"), ("export", console[9:], "-o", str(results)), ("backup", str(copy)),
    )  # fmt: skip
    for command in commands:
        done = server.run(*command, said=f"{PASSWORD} again\n")
        assert (done.returncode, done.stderr) == (0, ""), command
        if "--json" in command or command == ("pack", "schema"):
            json.loads(done.stdout)
    assert results.read_bytes() == ada.get(f"{console.replace('console', 'sessions')}/export.json").body
    assert copy.stat().st_size > 0


@pytest.mark.parametrize(
    "command",
    [
        ("facilitator", "add", "ada@example.org", "--password-stdin"),
        ("pack", "check", "missing.yaml"),
        ("pack", "import", "missing.yaml", "--owner", "ada@example.org"),
        ("export", "999", "-o", "results.json"),
        ("dance",),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_commands_exit_with_two_and_a_sentence_when_not(server: Server, command: tuple[str, ...]) -> None:
    done = server.run(*command, said=f"{PASSWORD}\n")
    assert done.returncode == 2
    assert done.stderr.strip().endswith((".", "'."))
    assert "Traceback" not in done.stderr


def test_doctor_speaks_json(server: Server) -> None:
    done = server.run("doctor", "--json")
    assert done.returncode in (0, 2)
    assert json.loads(done.stdout)
