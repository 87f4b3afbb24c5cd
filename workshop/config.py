"""Settings: read once, strictly, from the environment; what is weak or unknown is refused with a sentence."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path, user_runtime_path

WEAK = 32
"""A secret key has at least this many characters."""

LONGEST_DAYS = 3650
"""Ten years: whoever wants results for longer takes them home."""


class Unfit(Exception):
    """A setting that cannot be used, as a sentence that names it."""


@dataclass(frozen=True)
class Settings:
    """Where data lives, where the server listens, and how it is reached. Made by `from_environment`."""

    data: Path
    runtime: Path
    secret_key: str = field(repr=False)
    host: str = "0.0.0.0"  # noqa: S104 - phones in the room must reach it
    port: int = 8000
    public_url: str | None = None
    trusted_proxies: int = 0
    keep_releases_days: int = 400
    keep_session_days: int = 30

    @property
    def database(self) -> Path:
        return self.data / "attune.db"

    @property
    def keys(self) -> Path:
        """Durable keys of open questions; never in a backup."""
        return self.data / "runtime"

    @property
    def https(self) -> bool:
        return (self.public_url or "").startswith("https://")

    @classmethod
    def from_environment(cls, env: Mapping[str, str], *, host: str | None = None, port: int | None = None) -> Settings:
        """Settings from `env`, with folders made and a secret key kept beside the data; raises `Unfit`."""
        _refuse_unknown(env)
        data = Path(env.get("ATTUNE_DATA") or user_data_path("attune")).expanduser().absolute()
        _make(data, "ATTUNE_DATA")
        releases = _whole(env, "ATTUNE_KEEP_RELEASES_DAYS", cls.keep_releases_days, 1, LONGEST_DAYS)
        settings = cls(
            data=data,
            runtime=_runtime(env, data),
            secret_key=_secret_key(env, data),
            host=host or env.get("ATTUNE_HOST") or "0.0.0.0",  # noqa: S104
            port=port if port is not None else _whole(env, "ATTUNE_PORT", 8000, 0, 65535),
            public_url=_public_url(env),
            trusted_proxies=_whole(env, "ATTUNE_TRUSTED_PROXIES", 0, 0, 5),
            keep_releases_days=releases,
            keep_session_days=_whole(
                env, "ATTUNE_KEEP_SESSION_DAYS", min(cls.keep_session_days, releases), 0, releases
            ),
        )
        _make(settings.keys, "ATTUNE_DATA")
        return settings


KNOWN = {
    "ATTUNE_DATA": "folder of the database and keys (default: a folder of this user's own)",
    "ATTUNE_RUNTIME": "folder in memory for session keys (default: the system's runtime folder)",
    "ATTUNE_SECRET_KEY": "signs facilitators' cookies; at least 32 characters (default: made once, kept with the data)",
    "ATTUNE_PUBLIC_URL": "the address phones use, such as https://room.example.org (default: this machine's own)",
    "ATTUNE_HOST": "address to listen on (default: 0.0.0.0)",
    "ATTUNE_PORT": "port to listen on (default: 8000)",
    "ATTUNE_TRUSTED_PROXIES": "how many reverse proxies stand in front (default: 0)",
    "ATTUNE_KEEP_RELEASES_DAYS": "how long results are kept after the end of a session (default: 400)",
    "ATTUNE_KEEP_SESSION_DAYS": "how long the rest of a session is kept after its end (default: 30)",
    "DATABASE_URL": "only sqlite is served so far; leave it unset",
    "REDIS_URL": "one process needs none; leave it unset",
}
"""Every setting with what it means; the documentation test reads it."""

ELSEWHERE = {"ATTUNE_VENV", "ATTUNE_CHROMIUM"}
"""Read by `start.py` and by the tests, not by the server."""


def _refuse_unknown(env: Mapping[str, str]) -> None:
    for name in env:
        if name.startswith("ATTUNE_") and name not in KNOWN and name not in ELSEWHERE:
            raise Unfit(f"{name} is not a setting of Attune. Known: {', '.join(sorted(KNOWN))}.")
    if env.get("DATABASE_URL"):
        raise Unfit("DATABASE_URL: this version keeps its data in SQLite, in ATTUNE_DATA. Unset DATABASE_URL.")
    if env.get("REDIS_URL"):
        raise Unfit("REDIS_URL: this version runs as one process and needs no Redis. Unset REDIS_URL.")


def _make(folder: Path, name: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Unfit(
            f"Attune cannot write to {folder} ({error.strerror}). Set {name} to a folder of your own."
        ) from error


def _runtime(env: Mapping[str, str], data: Path) -> Path:
    """A folder in memory where the system has one, told apart by data folder, so that two servers never share keys."""
    given = env.get("ATTUNE_RUNTIME")
    if given:
        base = Path(given).expanduser().absolute() / _mark(data)
    elif sys.platform != "linux":
        base = data / "runtime" / "volatile"
    elif env.get("XDG_RUNTIME_DIR"):
        base = user_runtime_path("attune") / _mark(data)
    elif Path("/dev/shm").is_dir():  # noqa: S108 - ours alone: 0700, named by user and data folder
        base = Path("/dev/shm") / f"attune-{os.getuid()}-{_mark(data)}"  # noqa: S108
    else:
        base = data / "runtime" / "volatile"
    _make(base, "ATTUNE_RUNTIME")
    if sys.platform != "win32" and base.stat().st_uid != os.getuid():
        raise Unfit(f"{base} belongs to somebody else. Set ATTUNE_RUNTIME to a folder of your own.")
    return base


def _mark(data: Path) -> str:
    """A short, stable name for a data folder: kept inside it, so that it follows a move."""
    mark = data / "mark"
    if not mark.exists():
        mark.write_text(secrets.token_hex(8))
    return mark.read_text().strip()


def _secret_key(env: Mapping[str, str], data: Path) -> str:
    given = env.get("ATTUNE_SECRET_KEY")
    if given:
        if len(given) < WEAK or len(set(given)) < WEAK // 4:
            raise Unfit(
                "ATTUNE_SECRET_KEY is weak: at least 32 varied characters, such as from `openssl rand -hex 32`."
            )
        return given
    kept = data / "secret_key"
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return kept.read_text().strip()


def _public_url(env: Mapping[str, str]) -> str | None:
    given = env.get("ATTUNE_PUBLIC_URL")
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Unfit("ATTUNE_PUBLIC_URL must be like https://room.example.org: scheme and host, with no path.")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    given = env.get(name)
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or not low <= int(given) <= high:
        raise Unfit(f"{name} must be a whole number from {low} to {high}, not {given!r}.")
    return int(given)
