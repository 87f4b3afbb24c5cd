"""Flask-SocketIO as its documentation starts it under gevent."""

from __future__ import annotations

import sys

from flask import Flask, request
from flask_socketio import SocketIO
from gevent import monkey

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent")


@socketio.on("connect", namespace="/phone")
def connect() -> None:
    """Nothing has to be known of anybody."""


@app.post("/send")
def send() -> str:
    socketio.emit("swap", request.get_json(), namespace="/phone")
    return ""


if __name__ == "__main__":
    monkey.patch_all()
    socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]))
