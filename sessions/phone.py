"""The participant's page: one question at a time; answers, covers, a quiet word, help, and leaving at once."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from sessions import access, answers, broadcast, cookies, express, helpers, linking, pairing, realtime, stage, ticker
from sessions.access import LockedOut, NoSuchSeat
from sessions.answers import Refused
from sessions.join import t
from sessions.limits import limits
from sessions.mine import Mine, of
from sessions.presence import presence
from sessions.quiet import quiet
from sessions.seats import Seat
from sessions.states import Wrong
from sessions.vault import vault
from workshop.access import public
from workshop.kinds.kind import Form
from workshop.request import FRAGMENT
from workshop.storage import Unsaved

doors = Blueprint("phone", __name__)

COVERS = ("consent", "interruption")
WHERE = 120
"""Letters in which somebody may say how to find them."""


@doors.get("/w")
@public
def phone() -> ResponseReturnValue:
    return _page(_seat())


@doors.get("/w/mine")
@public
def mine() -> ResponseReturnValue:
    """This phone's own region, with the room's when the phone missed something; 304 when nothing is new."""
    seat = _seat()
    live = seat.live
    known = request.args.get("v", "")
    if known == str(live.version) and not seat.fresh and _kept(seat) is None:
        return "", 304
    return _with_seat(make_response(express.own(seat, of(seat)) + broadcast.phone_stage(live, live.lang)), seat)


@doors.post("/w/answer")
@public
def answer() -> ResponseReturnValue:
    """As a plain form; what our script sends only comes here when something is out of the ordinary."""
    seat = _seat()
    if request.form.get("pass") and seat.live.groups and not seat.live.question_key:
        pairing.say(seat, "alone")
        return redirect("/w", 303)
    try:
        taken = answers.record(seat, cast(Form, request.form), cookies.FIRST.brought(request))
    except Refused as refused:
        if FRAGMENT in request.headers.get("Accept", ""):
            return _with_seat(express.said(refused), seat)
        page = make_response(_page(seat, typed=request.form, refused=refused, status=refused.status))
        return express.marked(page, refused)
    done = redirect("/w", 303)
    done.headers.extend(linking.headers(taken.keepsake, request.is_secure))
    return done


@doors.post("/w/ready")
@public
def ready() -> ResponseReturnValue:
    """A cover is confirmed; which, only this phone's cookie remembers."""
    seat = _seat()
    cover = request.form.get("cover", "consent")
    done = _confirmed() | ({cover} & set(COVERS))
    pairing.heard(seat, frozenset(done), "")
    if request.form.get("as") in ("join", "watch"):
        pairing.watches(seat, watching=request.form["as"] == "watch")
    answer = make_response(("", 204) if FRAGMENT in request.headers.get("Accept", "") else redirect("/w", 303))
    answer.headers.extend([cookies.COVERS.line(".".join(sorted(done)), request.is_secure)])
    return _with_seat(answer, seat)


@doors.post("/w/partner")
@public
def partner() -> ResponseReturnValue:
    """A partner dealt by chance: take part, rather not, stay in place, or somebody else; without a reason."""
    seat = _seat()
    hasty = limits.wish(seat.name) is not None
    if not hasty:
        pairing.say(seat, request.form.get("do", ""))
    if FRAGMENT not in request.headers.get("Accept", ""):
        return _with_seat(make_response(redirect("/w", 303)), seat)
    answer = make_response(express.own(seat, of(seat)), 429 if hasty else 200)
    if hasty:
        answer.headers |= {"Retry-After": "10", "X-Attune-Code": "slow_down"}
    return _with_seat(answer, seat)


@doors.post("/w/flag")
@public
def flag() -> ResponseReturnValue:
    """A quiet word: to the console alone, in memory, wiped at the end."""
    seat = _seat()
    if limits.answer(seat.name) is not None:
        return t("slow_down"), 429, {"Retry-After": "10", "X-Attune-Code": "slow_down"}
    if request.form.get("undo"):
        quiet.take_back(seat.live.id, seat.name)
    else:
        quiet.raise_(seat.live.id, seat.name, request.form.get("where", "")[:WHERE].strip())
    ticker.soon(seat.live.id)
    if FRAGMENT in request.headers.get("Accept", ""):
        return "", 204
    return redirect("/w/help", 303)


@doors.get("/w/help")
@public
def help_page() -> ResponseReturnValue:
    """Help as a page of its own, for phones without script."""
    seat = _seat()
    return broadcast.page(seat.live, "phone/help.html", **_help(seat))


@doors.get("/w/agreement")
@public
def agreement() -> ResponseReturnValue:
    """What the room agreed on, as a page of its own for phones without script; 404 while there is nothing."""
    seat = _seat()
    if seat.live.pinned is None:
        abort(404)
    return broadcast.page(seat.live, "phone/agreement.html", live=seat.live, t=_say(seat))


@doors.route("/x", methods=["GET", "POST"])
@public
def leave() -> ResponseReturnValue:
    """Forget the seat of the phone that asks (the only GET that changes anything), and show a plain page."""
    try:
        seat = access.seat()
    except NoSuchSeat:
        pass
    else:
        vault.give_up(seat.live.handle, seat.name)
        presence.left(seat.live.id, seat.name)
        quiet.take_back(seat.live.id, seat.name)
        pairing.left(seat)
        realtime.close_seat(seat.name)
        ticker.soon(seat.live.id)
    _stop_helping()
    answer = _without_traces(make_response(render_template("phone/plain.html", t=t)))
    cookies.forget(answer, https=request.is_secure, what=(cookies.HELPER,))
    return answer


@doors.app_errorhandler(NoSuchSeat)
def gone(why: NoSuchSeat) -> ResponseReturnValue:
    """410: this phone has no seat; perhaps the session is over."""
    if isinstance(why, LockedOut):
        return render_template("phone/locked.html", t=t), 410, {"X-Attune-Code": "no_seat"}
    page = make_response(render_template("phone/gone.html", t=t), 410)
    page.headers["X-Attune-Code"] = "no_seat"
    return _without_traces(page)


def _seat() -> Seat:
    seat = access.seat()
    if not seat.fresh:  # whoever asks without keeping cookies would be many
        presence.seen(seat.live.id, seat.name)
        pairing.heard(seat, frozenset(_confirmed()), cookies.GROUP.brought(request))
    return seat


def _page(seat: Seat, *, typed: Any = None, refused: Refused | None = None, status: int = 200) -> ResponseReturnValue:
    """The whole page; without script a change of mind is a link to the form, with the next rev."""
    _, values = stage.phone(seat.live, seat.live.lang)
    own = of(seat)
    changing = request.args.get("change") == "1" or refused is not None
    page = broadcast.page(
        seat.live,
        "phone/page.html",
        **{**values, **_help(seat)},
        mine=Mine("none", own.next, own.question, own.v) if changing else own,
        confirmed=_confirmed(),
        typed=typed,
        refused=refused,
    )
    return _with_seat(make_response(page, status), seat)


def _confirmed() -> set[str]:
    return set(cookies.COVERS.brought(request).split(".")) & set(COVERS)


def _help(seat: Seat) -> dict[str, Any]:
    live = seat.live
    wanted = live.pack.workshop.interruption
    return {
        "help": live.help,
        "covers": {"interruption": next((step for step in live.plan if step.id == wanted), None)},
        "quiet_word": quiet.raised(live.id, seat.name),
        "plain_http": not request.is_secure,
        "live": live,
        "t": _say(seat),
    }


def _say(seat: Seat) -> Any:
    return stage.say(seat.live)


def _without_traces(answer: Response) -> Response:
    cookies.forget(answer, https=request.is_secure)
    return answer


def _stop_helping() -> None:
    """A helper's browser that leaves has no right any more either, if the disk takes it; in any case no cookie."""
    found = access.helping()
    if found:
        with suppress(Wrong, Unsaved):
            helpers.dismiss(*found)


def _with_seat(answer: Response, seat: Seat) -> Response:
    """A phone whose session was re-keyed gets its fresh seat on the way; where partners are dealt, each its group."""
    if seat.fresh:
        https = request.is_secure
        answer.headers.extend([cookies.SEAT.line(str(seat.token), https), cookies.FIRST.gone(https)])
    elif kept := _kept(seat):
        answer.headers.extend([cookies.GROUP.line(kept, request.is_secure)])
    return answer


def _kept(seat: Seat) -> str | None:
    """What the phone shall keep of its group, where that is something new."""
    kept = pairing.keepsake(seat)
    return kept if kept != cookies.GROUP.brought(request) else None
