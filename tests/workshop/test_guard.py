"""Which requests come in, from where, and what every answer carries."""

from __future__ import annotations

import io
import socket
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from workshop import guard
from workshop.config import Settings
from workshop.headers import HEADERS, HTTPS_HEADERS
from workshop.network import Network

OURS = "http://localhost:8000"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def tiny(**settings: Any) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.testing = False

    @app.route("/", methods=["GET", "POST"])
    @app.route("/socket.io/", methods=["GET", "POST"])
    @app.route("/workshops/import", methods=["POST"])
    def page() -> dict[str, Any]:
        return {"url": request.url, "length": len(request.get_data()), "address": request.remote_addr}

    @app.get("/fail")
    def fail() -> str:
        raise KeyError("secret")

    @app.get("/static/0123456789abcdef/app.css")
    def hashed() -> tuple[str, dict[str, str]]:
        return "body {}", {"Cache-Control": "no-cache"}

    @app.get("/download")
    def download() -> tuple[str, dict[str, str]]:
        return "a,b", {"Content-Security-Policy": "sandbox"}

    made = Settings(data=settings.pop("data"), runtime=settings.pop("runtime"), secret_key="k" * 32, **settings)
    guard.install(app, made)
    return app


@pytest.fixture
def made(settings: Settings) -> dict[str, Any]:
    return {"data": settings.data, "runtime": settings.runtime}


@pytest.fixture
def client(made: dict[str, Any]) -> FlaskClient:
    return tiny(**made).test_client()


def get(client: FlaskClient, path: str = "/", host: str = "localhost:8000", **headers: str) -> TestResponse:
    return client.get(path, headers={"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()})


def post(client: FlaskClient, origin: str | None = OURS, path: str = "/", **headers: str) -> TestResponse:
    sent = {"Host": "localhost:8000"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(path, headers=sent | ({"Origin": origin} if origin is not None else {}))


@pytest.mark.parametrize(
    "host", ["localhost:8000", "localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000",
             f"{socket.gethostname().split('.')[0]}.local:8000"],
)  # fmt: skip
def test_a_name_of_this_machine_is_served_with_our_port_or_none(client: FlaskClient, host: str) -> None:
    assert get(client, host=host).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost:9999", "localhost.evil.example", "", "localhost:8000x",
             "localhost:", "localhost,evil.example", "127.0.0.2", "[::1", "evil.local"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/socket.io/?EIO=4&transport=polling", "/nowhere"])
def test_a_foreign_host_is_refused_everywhere(client: FlaskClient, host: str, path: str) -> None:
    answer = get(client, path, host)
    assert answer.status_code == 400
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Location" not in answer.headers
    assert not host or host not in answer.text


def test_the_address_on_every_interface_is_served_and_a_new_one_within_a_second(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    addresses: list[Any] = []
    monkeypatch.setattr("workshop.network._interfaces", lambda: iter(addresses))
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "ok")
    guard.install(app, Settings(secret_key="k" * 32, **made), Network(clock))
    client = app.test_client()
    assert get(client, host="192.168.7.7:8000").status_code == 400
    addresses.append(("wlan0", __import__("ipaddress").ip_address("192.168.7.7")))
    clock.now += 1.0
    assert get(client, host="192.168.7.7:8000").status_code == 200


def test_the_public_address_is_served_with_its_own_port_and_scheme(made: dict[str, Any]) -> None:
    client = tiny(public_url="https://room.example.org", **made).test_client()
    assert get(client, host="room.example.org").status_code == 200
    assert get(client, host="room.example.org:8000").status_code == 400
    host = {"Host": "room.example.org"}
    assert post(client, "https://room.example.org", **host).status_code == 200
    assert post(client, "http://room.example.org", **host).status_code == 400


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://localhost:9999",
        "https://localhost:8000",
        "http://127.0.0.1:8000",
        "",
    ],
)
def test_a_post_from_anywhere_else_is_refused(client: FlaskClient, origin: str | None) -> None:
    answer = post(client, origin)
    assert answer.status_code == 400
    assert answer.text.endswith(".\n")


def test_a_post_from_a_page_of_ours_is_taken(client: FlaskClient) -> None:
    assert post(client).status_code == 200
    assert post(client, Sec_Fetch_Site="same-origin").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_post_that_the_browser_calls_foreign_is_refused(client: FlaskClient, site: str) -> None:
    assert post(client, Sec_Fetch_Site=site).status_code == 400


def test_a_page_may_be_opened_from_anywhere(client: FlaskClient) -> None:
    assert get(client, Origin="http://evil.example", Sec_Fetch_Site="cross-site").status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_the_socket_is_refused_to_a_foreign_page(client: FlaskClient, origin: str) -> None:
    answer = get(client, "/socket.io/?EIO=4&transport=polling", Origin=origin)
    assert answer.status_code == 400
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_websocket_says_where_it_comes_from(client: FlaskClient) -> None:
    path = "/socket.io/?EIO=4&transport=websocket"
    assert get(client, path, Upgrade="websocket").status_code == 400
    assert get(client, path, Upgrade="websocket", Origin=OURS).status_code == 200
    assert get(client, "/", Upgrade="websocket", Origin=OURS).status_code == 400


@pytest.mark.parametrize("query", ["j=0", "j=", "j", "EIO=4&j=1"])
def test_jsonp_is_refused(client: FlaskClient, query: str) -> None:
    assert get(client, f"/socket.io/?{query}").status_code == 400


def test_a_forwarded_host_without_a_trusted_proxy_is_not_seen(client: FlaskClient) -> None:
    forged = {
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_For": "6.6.6.6",
        "X_Forwarded_Proto": "https",
        "Forwarded": "host=evil.example",
    }
    answer = get(client, **forged)
    assert answer.json == {"url": "http://localhost:8000/", "length": 0, "address": "127.0.0.1"}
    assert "Strict-Transport-Security" not in answer.headers


def test_a_trusted_proxy_is_believed_for_exactly_its_hops(made: dict[str, Any]) -> None:
    client = tiny(trusted_proxies=1, public_url="https://room.example.org", **made).test_client()
    said = {
        "X_Forwarded_Host": "room.example.org",
        "X_Forwarded_For": "6.6.6.6, 10.0.0.9",
        "X_Forwarded_Proto": "https",
    }
    answer = get(client, host="127.0.0.1:8000", **said)
    assert answer.json == {"url": "https://room.example.org/", "length": 0, "address": "10.0.0.9"}
    assert get(client, host="127.0.0.1:8000", **said | {"X_Forwarded_Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/socket.io/", "/nowhere"])
def test_other_methods_are_not_used_here(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, headers={"Host": "localhost:8000", "Origin": OURS})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_refused_head_has_no_body(client: FlaskClient) -> None:
    assert client.head("/", headers={"Host": "evil.example"}).data == b""


@pytest.mark.parametrize("path", ["/%00", "/a%00b", "/%ff", "/%c3%28"])
def test_a_path_that_is_no_text_is_not_there(client: FlaskClient, path: str) -> None:
    assert get(client, path).status_code == 404


def test_a_path_in_any_script_is_simply_not_there(client: FlaskClient) -> None:
    assert get(client, "/мастерская/☃").status_code == 404


def test_a_long_address_is_refused(client: FlaskClient) -> None:
    assert get(client, "/" + "a" * 8192).status_code == 414
    assert get(client, "/?" + "a" * 8192).status_code == 414


@pytest.mark.parametrize(
    ("path", "limit"), [("/", 64 * 1024), ("/workshops/import", 2 * 1024 * 1024), ("/workshops/7/import", 64 * 1024)]
)
def test_each_door_takes_so_much_and_not_a_byte_more(client: FlaskClient, path: str, limit: int) -> None:
    headers = {"Host": "localhost:8000", "Origin": OURS}
    assert client.post(path, data=b"x" * limit, headers=headers).status_code in (200, 404)
    assert client.post(path, data=b"x" * (limit + 1), headers=headers).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "0x10", "٣", "+5", "99999999999999999999"])
def test_a_length_that_is_no_number_is_refused(client: FlaskClient, length: str) -> None:
    environ = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(b"abc")}
    answer = client.post("/", headers={"Host": "localhost:8000", "Origin": OURS}, environ_overrides=environ)
    assert answer.status_code == 400


def test_a_body_in_chunks_is_refused(client: FlaskClient) -> None:
    assert post(client, Transfer_Encoding="chunked").status_code == 411


def test_a_body_that_does_not_come_is_a_timeout_and_no_error(client: FlaskClient) -> None:
    class Stalled(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise TimeoutError

    environ = {"CONTENT_LENGTH": "5", "wsgi.input": Stalled()}
    answer = client.post("/", headers={"Host": "localhost:8000", "Origin": OURS}, environ_overrides=environ)
    assert answer.status_code == 408


@pytest.mark.parametrize(
    ("path", "host"), [("/", "localhost:8000"), ("/nowhere", "localhost:8000"), ("/fail", "localhost:8000"),
                       ("/", "evil.example"), ("/%00", "localhost:8000"), ("/socket.io/", "localhost:8000")],
)  # fmt: skip
def test_every_answer_carries_exactly_these_headers(client: FlaskClient, path: str, host: str) -> None:
    answer = get(client, path, host)
    for name, value in HEADERS.items():
        assert answer.headers.getlist(name) == [value]
    assert not set(HTTPS_HEADERS) & set(answer.headers.keys())
    assert "Server" not in answer.headers


def test_on_https_browsers_are_told_to_stay_there(made: dict[str, Any]) -> None:
    client = tiny(public_url="https://room.example.org", **made).test_client()
    answer = get(client, host="room.example.org")
    assert {name: answer.headers[name] for name in HTTPS_HEADERS} == HTTPS_HEADERS


def test_only_a_static_file_named_by_its_content_is_cached(client: FlaskClient) -> None:
    answer = get(client, "/static/0123456789abcdef/app.css")
    assert answer.headers.getlist("Cache-Control") == ["public, max-age=31536000, immutable"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert get(client, "/static/0123456789abcdef/missing.css").headers["Cache-Control"] == "no-store"
    assert get(client, "/static/app.css").headers["Cache-Control"] == "no-store"


def test_what_a_view_says_itself_stays(client: FlaskClient) -> None:
    assert get(client, "/download").headers.getlist("Content-Security-Policy") == ["sandbox"]
