"""The phones and the wall of a test: they read the pages that they get, and press what stands there, over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.browsers import FRAGMENT, Answer, Browser
from tests.pages import Element

HIDDEN = ("step", "round", "phase", "rev")


@dataclass
class Screen:
    """The wall."""

    browser: Browser
    path: str

    def page(self) -> Element:
        answer = self.browser.get(self.path)
        assert answer.status == 200, answer.status
        return answer.page

    def sees(self) -> str:
        """What is on it, with the line that says how many have answered."""
        page = self.page()
        return f"{page.get('stage').text} {page.get('progress').text}"

    @property
    def state(self) -> str:
        return self.page().get("stage").at["data-state"]


@dataclass
class Phone:
    """Somebody in the room."""

    browser: Browser
    name: str = "Mia"

    def joins(self, where: str) -> Phone:
        """By the address in a QR, or by a typed code."""
        if where.startswith("/j/"):
            page = self.browser.get(where)
            assert page.status == 200
            assert not page.cookies, "looking took a seat"
        answer = self.tries_to_join(where)
        assert (answer.status, answer.headers.get("location")) == (303, "/w"), (answer.status, answer.text)
        return self

    def tries_to_join(self, where: str) -> Answer:
        return self.browser.post(where) if where.startswith("/") else self.browser.post("/join", {"code": where})

    def confirms(self, cover: str = "consent") -> Phone:
        """Tap the button of the cover in sight."""
        up = self.covered()
        assert up is not None, "no cover is up"
        assert up.at["data-cover"] == cover
        (form,) = up.all("form")
        assert self.browser.post(form.at["action"], form.fields).status == 303
        return self

    # ---------- what they see ----------

    def page(self) -> Element:
        answer = self.browser.get("/w")
        assert answer.status == 200, answer.status
        return answer.page

    def covered(self) -> Element | None:
        """The cover that stands before everything else, if there is one."""
        return next((one for one in self.page().all(class_="cover") if "hidden" not in one.at), None)

    def sees(self) -> str:
        """The cover, or the room."""
        cover = self.covered()
        return cover.text if cover else self.page().get("main").text

    @property
    def state(self) -> str:
        return self.page().get("stage").at["data-state"]

    @property
    def mine(self) -> str:
        """`none` or `saved`, a pass included."""
        return self.page().get("mine").at["data-state"]

    # ---------- what they do ----------

    def form(self) -> dict[str, str | Sequence[str]]:
        """The answer form as it stands, nothing chosen."""
        forms = self.page().get("stage").all("form", action="/w/answer")
        assert forms, "there is nothing to answer"
        return {name: values[0] for name, values in forms[0].fields.items() if name in HIDDEN}

    def tries_to_answer(self, **given: str | Sequence[str]) -> Answer:
        """Send the form in sight with these answers, as the script does. A hidden field may be given too."""
        return self.browser.post("/w/answer", {**self.form(), **given}, **FRAGMENT)

    def answers(self, **given: str | Sequence[str]) -> Phone:
        answer = self.tries_to_answer(**given)
        assert answer.status == 200, (answer.status, answer.code, answer.text[:300])
        assert answer.page.get("mine").at["data-state"] == "saved"
        return self

    def passes(self) -> Phone:
        answer = self.browser.post("/w/answer", {**self.form(), "pass": "1"}, **FRAGMENT)
        assert (answer.status, answer.page.get("mine").at["data-state"]) == (200, "saved")
        return self

    @property
    def group(self) -> str:
        """What this phone shows its person to be found by, such as `Fox 7 light blue`; empty without a group."""
        return " ".join(one.text for one in self.page().get("mine").all(class_="herd"))

    def wishes(self, what: str) -> Phone:
        """About a partner: `in`, `alone`, `stay` or `another`."""
        assert self.browser.post("/w/partner", {"do": what}, **FRAGMENT).status == 200
        return self

    def asks_for_a_quiet_word(self, where: str = "") -> None:
        assert self.browser.post("/w/flag", {"where": where}, **FRAGMENT).status == 204

    def takes_the_quiet_word_back(self) -> None:
        assert self.browser.post("/w/flag", {"undo": "1"}, **FRAGMENT).status == 204

    def leaves(self) -> Answer:
        return self.browser.get("/x")
