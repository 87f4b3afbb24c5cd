"""Signing in over HTTP, and what a browser holds afterwards: what the tests of doors and identity share."""

from __future__ import annotations

from http.cookies import SimpleCookie

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories


def signs_in(client: FlaskClient, password: str = factories.PASSWORD, name: str = "alice", **more: str) -> TestResponse:
    return client.post("/signin", data={"email": f"{name}@example.org", "password": password, **more})


def cookie_of(answer: TestResponse) -> str:
    (jar,) = [SimpleCookie(header) for header in answer.headers.getlist("Set-Cookie")]
    return jar["attune"].value


def with_cookie(app: Flask, value: str, name: str = "attune") -> FlaskClient:
    browser = app.test_client()
    browser.environ_base["HTTP_ORIGIN"] = "http://localhost"
    browser.set_cookie(name, value)
    return browser


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200
