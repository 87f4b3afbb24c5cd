"""The bare POST: our WSGI server, our guard and our headers around a view that does nothing."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from flask import Flask
from gevent import monkey

from sessions import realtime, server
from workshop import guard
from workshop.config import Settings

app = Flask(__name__, static_folder=None)


@app.post("/w/answer")
def nothing() -> str:
    return ""


if __name__ == "__main__":
    monkey.patch_all()
    folder = Path(tempfile.gettempdir())
    settings = Settings(data=folder, runtime=folder, secret_key="k" * 32, host="127.0.0.1", port=int(sys.argv[1]))
    realtime.open(app, welcome=lambda _: None, farewell=lambda _: None)
    guard.install(app, settings)
    server.serve(app, server.listen(settings.host, settings.port))
