"""Static files under an address that names their content: kept by browsers for good, compressed once."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
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
    app.jinja_env.globals |= {"asset": address, "stylesheet": stylesheet}
    app.register_blueprint(doors)


def address(name: str) -> str:
    """Where a static file is, such as `css/base.css`. Relative addresses inside it hold too."""
    return f"/static/{fingerprint()}/{name}"


def stylesheet(names: Sequence[str]) -> str:
    """Where these style sheets are, as one: on a slow line, every file costs a phone more than its bytes."""
    return address(f"css/{'+'.join(names)}.css")


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
    if mark != fingerprint() or not _names().issuperset(_parts(name)):
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


def _parts(name: str) -> list[str]:
    """The files that `name` stands for: several of one folder are joined by a plus."""
    folder, slash, names = name.rpartition("/")
    stem, dot, suffix = names.rpartition(".")
    return [f"{folder}{slash}{part}{dot}{suffix}" for part in stem.split("+")]


@lru_cache(maxsize=256)
def _read(name: str) -> Asset:
    path = STATIC / name
    plain = b"\n".join((STATIC / part).read_bytes() for part in _parts(name))
    packed = gzip.compress(plain, 9, mtime=0) if path.suffix in PACKED else None
    return Asset(_mimetype(path), plain, packed)


def _mimetype(path: Path) -> str:
    """Not what this machine's registry says: Windows is known to call scripts plain text."""
    kinds = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
    return kinds.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
