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
    large = answer.mimetype == "text/html" and (answer.calculate_content_length() or 0) >= SMALLEST
    if not large or "Content-Encoding" in answer.headers or request.method == "HEAD":
        return answer
    answer.vary.add("Accept-Encoding")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.set_data(gzip.compress(answer.get_data(), 5, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer
