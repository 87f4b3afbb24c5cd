"""What `tests.tiny_server` runs: doors that let anybody in, behind the real guard, socket and server."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_socketio import ConnectionRefusedError as Refused
from gevent import monkey
from greenlet import greenlet

from sessions import handler, realtime, server
from sessions.realtime import socketio
from sessions.rooms import Listener
from workshop import guard
from workshop.config import Settings

here: list[str] = []


def enter(page: str, auth: Any) -> None:
    if not isinstance(auth, dict) or "live" not in auth:
        raise Refused("no_seat")
    if auth.get("fail"):
        raise KeyError("a secret value")
    seat = str(auth["seat"]).encode() if "seat" in auth else None
    sid = request.sid  # type: ignore[attr-defined]
    realtime.enter(sid, page, auth["live"], auth.get("lang", "en"), account=auth.get("account"), seat=seat)
    here.append(sid)


@socketio.on("connect", namespace="/phone")
def phone(auth: Any = None) -> None:
    enter("phone", auth)


@socketio.on("connect", namespace="/screen")
def screen(auth: Any = None) -> None:
    enter("screen", auth)


@socketio.on("connect", namespace="/console")
def console(auth: Any = None) -> None:
    enter("lead-full", auth)


def welcome(listener: Listener) -> None:
    if listener.live_id == 666:
        raise KeyError("a secret value")
    realtime.send_to(listener, "stage", shown["v"], shown["html"])


def farewell(listener: Listener) -> None:
    here.remove(listener.sid)


shown: dict[str, Any] = {"v": 1, "html": "<section>1</section>"}
app = Flask(__name__, static_folder=None)


@app.get("/")
def index() -> str:
    return "ok"


@app.post("/show")
def show() -> dict[str, Any]:
    """Change the stage and send it to a page."""
    given = request.get_json()
    for v in range(given["v"], given["v"] + given.get("times", 1)):
        shown.update(v=v, html=f"<section>{v}{'x' * given.get('size', 0)}</section>")
        realtime.send(given.get("page", "phone"), given.get("live", 1), given.get("lang", "en"), "stage", **shown)
    return shown | {"html": ""}


@app.post("/here")
def who() -> list[int]:
    return [len(here)]


@app.post("/own")
def own() -> list[Any]:
    """Send one phone what is its own."""
    given = request.get_json()
    form = realtime.form("mine", given["v"], "<section>?</section>", ["?"])
    realtime.send_own(given["seat"].encode(), given.get("lang", "en"), "mine", form, [b"mine"])
    return []


@app.post("/do")
def do() -> list[Any]:
    given = request.get_json()
    getattr(realtime, given["verb"])(*given["with"])
    return []


@app.post("/languages")
def languages() -> list[str]:
    return sorted(realtime.languages("phone", 1))


@app.post("/standing")
def standing() -> dict[str, int]:
    """What is alive in this process: greenlets, threads, open files."""
    gc.collect()
    alive = sum(1 for one in gc.get_objects() if isinstance(one, greenlet) and not one.dead)
    return {
        "greenlets": alive,
        "threads": len([*Path("/proc/self/task").iterdir()]),
        "files": len([*Path("/proc/self/fd").iterdir()]),
    }


@app.post("/echo")
def echo() -> dict[str, Any]:
    return {"length": len(request.get_data()), "host": request.host, "url": request.url}


@app.get("/fail")
def fail() -> str:
    raise KeyError("a secret value")


def broken(environ: dict[str, Any], start_response: Any) -> Any:
    """Fails where no framework catches it."""
    if environ["PATH_INFO"] == "/broken":
        raise KeyError("secret")
    return framework(environ, start_response)


if __name__ == "__main__":
    monkey.patch_all()
    if "TINY_SECONDS" in os.environ:  # a test of patience need not have any
        realtime.INTERVAL = realtime.TIMEOUT = int(os.environ["TINY_SECONDS"])
        socketio.server_options |= {"ping_interval": realtime.INTERVAL, "ping_timeout": realtime.TIMEOUT}  # type: ignore[attr-defined]
        handler.IDLE_SECONDS = handler.HEAD_SECONDS = handler.BODY_SECONDS = int(os.environ["TINY_SECONDS"])
    folder = Path(sys.argv[2])
    settings = Settings(data=folder, runtime=folder, secret_key="k" * 32, host="127.0.0.1", port=int(sys.argv[1]))
    realtime.open(app, welcome=welcome, farewell=farewell)
    framework, app.wsgi_app = app.wsgi_app, broken  # type: ignore[method-assign]
    guard.install(app, settings)
    server.serve(app, server.listen(settings.host, settings.port), lambda port: print(f"Ready: {port}", flush=True))
