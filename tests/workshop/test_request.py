"""A form and its cookies read straight from memory are what the framework's own reading would have found."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

import flask
import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder

from workshop.request import FORM, Request

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=8)


def asked(body: bytes, content_type: str = FORM, cookie: str | None = None) -> dict[str, Any]:
    headers = {} if cookie is None else {"Cookie": cookie}
    builder = EnvironBuilder(
        method="POST", input_stream=io.BytesIO(body), content_type=content_type, content_length=len(body),
        headers=headers,
    )  # fmt: skip
    return builder.get_environ()


def both(body: bytes, content_type: str = FORM) -> tuple[MultiDict[str, str], MultiDict[str, str]]:
    """The same form as we read it, and as the framework does."""
    return MultiDict(Request(asked(body, content_type)).form), MultiDict(flask.Request(asked(body, content_type)).form)


@given(PAIRS)
def test_a_form_is_read_as_the_framework_reads_it(pairs: list[tuple[str, str]]) -> None:
    ours, theirs = both(urlencode(pairs).encode())
    assert ours == theirs
    assert list(ours.items(multi=True)) == list(MultiDict(pairs).items(multi=True))


@given(st.binary(max_size=60))
def test_so_is_what_no_browser_would_send(body: bytes) -> None:
    ours, theirs = both(body)
    assert ours == theirs


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded; charset=UTF-8", FORM.upper()])
def test_a_form_may_say_more_about_itself(content_type: str) -> None:
    assert both(b"choice=a&choice=b+c", content_type)[0].getlist("choice") == ["a", "b c"]


def test_a_form_in_parts_is_left_to_the_framework() -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="choice"\r\n\r\na\r\n--x--\r\n'
    ours, theirs = both(body, "multipart/form-data; boundary=x")
    assert ours == theirs == MultiDict({"choice": "a"})


def test_what_is_no_form_at_all_has_no_fields() -> None:
    assert not Request(asked(b"choice=a", "text/plain")).form
    assert not Request(asked(b"choice=\xff")).form


@given(st.one_of(st.text(st.characters(max_codepoint=255), max_size=60), st.just("w=a; seen=consent; w=b")))
def test_cookies_are_read_as_the_framework_reads_them(cookie: str) -> None:
    environ = asked(b"") | {"HTTP_COOKIE": cookie}
    assert MultiDict(Request(environ).cookies) == MultiDict(flask.Request(environ).cookies)


def test_no_cookies_are_none() -> None:
    assert not Request(asked(b"")).cookies
