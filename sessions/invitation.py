"""How phones find the room: address, code and QR; from settings or this machine, never from a request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import Markup

from sessions.snapshot import Snapshot
from workshop.config import Settings
from workshop.network import addresses


@dataclass(frozen=True)
class Invitation:
    """`url` is in the QR; `address` is what a person types; `code` in two groups. `open`: somebody new may come in."""

    url: str
    address: str
    code: str
    qr: Markup
    plain_http: bool
    open: bool


_settings: list[Settings] = []


def open(settings: Settings) -> None:
    _settings[:] = [settings]


def listening(port: int) -> None:
    """The port that the server really has, where it was left to the system."""
    _settings[:] = [replace(_settings[0], port=port)]


def base() -> str:
    """The address of this server for phones in the room: the configured one, else the best of this machine's own."""
    settings = _settings[0]
    if settings.public_url:
        return settings.public_url
    found = addresses()
    return f"http://{_bracketed(found[0]) if found else 'localhost'}:{settings.port}"


def for_helper(secret: str) -> tuple[str, Markup]:
    """The address of a helper's link, and its QR."""
    url = f"{base()}/h/{secret}"
    return url, _drawn(url)


def of(live: Snapshot) -> Invitation:
    root = base()
    url = f"{root}/j/{live.join_secret}" if live.join_secret else root
    code = f"{live.code[:4]} {live.code[4:]}" if live.code else ""
    return Invitation(
        url,
        urlsplit(root).netloc,
        code,
        _qr(url),
        root.startswith("http://"),
        bool(live.join_secret) and not live.locked,
    )


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


@lru_cache(maxsize=64)
def _qr(url: str) -> Markup:
    return _drawn(url)


def _drawn(url: str) -> Markup:
    import qrcode  # when the first is drawn: a start has no use for it
    from qrcode.image.svg import SvgPathFillImage

    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(url)
    svg: bytes = code.make_image(image_factory=SvgPathFillImage).to_string()
    return Markup(svg.decode())  # noqa: S704 - drawn by qrcode from our own address
