"""Static files under an address that names their content: kept by browsers for good, compressed once."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, abort, request
from flask.typing import ResponseReturnValue

from workshop.access import public
from workshop.files import STATIC

PACKED = {".css", ".js", ".svg", ".json"}
SENT = PACKED | {".woff2", ".png", ".ico"}
"""Everything else in the folder (sources, sums, recipes) is not for browsers."""

doors = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One file as it goes out."""

    mimetype: str
    plain: bytes
    packed: bytes | None


def register(app: Flask) -> None:
    app.jinja_env.globals["asset"] = address
    app.register_blueprint(doors)


def address(name: str) -> str:
    """Where a static file is, such as `css/base.css`. Relative addresses inside it hold too."""
    return f"/static/{fingerprint()}/{name}"


@cache
def fingerprint() -> str:
    """Of all static files together, since scripts and styles name one another by relative addresses."""
    digest = hashlib.sha256()
    for name in sorted(_names()):
        digest.update(name.encode() + b"\0" + (STATIC / name).read_bytes())
    return digest.hexdigest()[:16]


@doors.get("/static/<mark>/<path:name>")
@public
def static(mark: str, name: str) -> ResponseReturnValue:
    if mark != fingerprint() or name not in _names():
        abort(404)
    asset = _read(name)
    headers = {"Content-Type": asset.mimetype, "Vary": "Accept-Encoding"}
    if asset.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        return asset.packed, 200, {**headers, "Content-Encoding": "gzip"}
    return asset.plain, 200, headers


@cache
def _names() -> frozenset[str]:
    files = (path for path in STATIC.rglob("*") if path.is_file() and path.suffix in SENT)
    return frozenset(path.relative_to(STATIC).as_posix() for path in files)


@cache
def _read(name: str) -> Asset:
    path = STATIC / name
    plain = path.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0) if path.suffix in PACKED else None
    return Asset(_mimetype(path), plain, packed)


def _mimetype(path: Path) -> str:
    """Not what this machine's registry says: Windows is known to call scripts plain text."""
    kinds = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
    return kinds.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
