"""Pages go out compressed: a phone on a slow line waits for bytes, not for our processor."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 1500
"""Bytes below which a page fits one packet anyway."""


def register(app: Flask) -> None:
    app.after_request(_packed)


def _packed(answer: Response) -> Response:
    """Whole pages only. No page repeats what a request said beside a secret, so its length gives nothing away."""
    page = answer.mimetype == "text/html" and not answer.direct_passthrough and "Content-Encoding" not in answer.headers
    if not page or "gzip" not in request.headers.get("Accept-Encoding", "") or request.method == "HEAD":
        return answer
    plain = answer.get_data()
    if len(plain) >= SMALLEST:
        answer.set_data(gzip.compress(plain, 5, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    return answer
