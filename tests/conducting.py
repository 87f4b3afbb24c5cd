"""The facilitator of a test: reads the console and presses what stands there, over HTTP."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.browsers import FRAGMENT, Answer, Browser
from tests.factories import PASSWORD
from tests.pages import Element
from tests.participating import Screen


@dataclass
class Facilitator:
    """Somebody with an account. `live`: the session they are conducting."""

    browser: Browser
    name: str = "Ada"
    live: int = 0

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.org"

    def signs_in(self, password: str = PASSWORD) -> Facilitator:
        answer = self.browser.post("/signin", {"email": self.email, "password": password})
        assert answer.status == 303, answer.text
        return self

    def signs_out(self) -> None:
        assert self.browser.post("/signout").status == 303

    @property
    def workshop(self) -> str:
        """The address of the first workshop on their shelf."""
        page = self.browser.get("/workshops").page
        links = [one.at["href"] for one in page.all("a") if one.at.get("href", "").startswith("/workshops/")]
        return next(link for link in links if link.removeprefix("/workshops/").isdigit())

    def opens(self, plan: str = "core", workshop: str = "", **fields: str) -> Facilitator:
        """A new session of a workshop, of the first one unless another's address is given; in its lobby."""
        answer = self.browser.post(
            f"{workshop or self.workshop}/open", {"variant": plan, "help": "emergency", **fields}
        )
        assert answer.status == 303, answer.text
        self.live = int(answer.headers["location"].removeprefix("/console/"))
        return self

    # ---------- what they see ----------

    @property
    def console(self) -> str:
        return f"/console/{self.live}"

    @property
    def desk(self) -> dict[str, Any]:
        """Where the session stands, as for the facilitator's own scripts."""
        return dict(self.browser.get(f"{self.console}.json").json)

    def counts(self, answered: int) -> bool:
        """Whether so many have answered, as soon as the console may say so: of most questions it does once a second."""
        for _ in range(14):
            if self.desk["answered"] == answered:
                return True
            time.sleep(0.1)
        return False

    @property
    def step(self) -> str:
        return str(self.desk["step"])

    def page(self) -> Element:
        answer = self.browser.get(self.console)
        assert answer.status == 200, answer.status
        return answer.page

    def sees(self) -> str:
        return self.page().text

    def buttons(self) -> list[str]:
        """The verbs that stand on the console, the natural next one first."""
        forms = [form for form in self.page().all("form") if form.at["action"].startswith(self.console)]
        forms.sort(key=lambda form: not any("data-primary" in one.at for one in form))
        return [form.at["action"].removeprefix(f"{self.console}/") for form in forms]

    @property
    def join_url(self) -> str:
        return urlsplit(self.desk["join_url"]).path

    @property
    def code(self) -> str:
        return str(self.desk["code"])

    @property
    def screen(self) -> Screen:
        """The wall, as a browser that is signed in nowhere."""
        return Screen(type(self.browser)(self._place()), urlsplit(self.desk["screen_url"]).path)

    def texts(self, status: str = "") -> list[tuple[str, str]]:
        """Id and wording of the texts that stand on the console."""
        said = self.page().all("li", class_="said")
        chosen = [one for one in said if status in ("", one.at["data-status"])]
        return [(one.at["id"].removeprefix("text-"), one.all("p", dir="auto")[0].text) for one in chosen]

    # ---------- who helps ----------

    def invites(self) -> str:
        """Make a link for one helper; its path."""
        answer = self.browser.post(f"{self.console}/helper")
        assert answer.status == 200, (answer.status, answer.text)
        (link,) = [one.at["value"] for one in answer.page.all("input") if "readonly" in one.at]
        return urlsplit(link).path

    @property
    def whispers(self) -> tuple[int, list[str]]:
        """How many quiet words this console tells of, and those that it lets somebody read."""
        region = self.page().get("care")
        many = [one.text for one in region.all("b")]
        return int(many[0]) if many else 0, [one.text for one in region.all("p", dir="auto")]

    # ---------- what they press ----------

    def tries(self, verb: str, **fields: str) -> Answer:
        """Press a button, whatever comes of it."""
        return self.browser.post(f"{self.console}/{verb}", fields, **FRAGMENT)

    def presses(self, verb: str, **fields: str) -> Element:
        """Press a button; the desk as it stands after."""
        answer = self.tries(verb, **fields)
        assert answer.status == 200, (verb, answer.status, answer.text[:600])
        return answer.page

    def refused(self, verb: str, **fields: str) -> str:
        """Press a button that may not be pressed now; the sentence that says why, nothing having changed."""
        before = self.desk
        answer = self.tries(verb, **fields)
        assert answer.status == 409, (verb, answer.status)
        assert self.desk == before, f"{verb} was refused, but something changed"
        (said,) = [one.text for one in answer.page.all(role="alert") if one.text]
        return said

    def primary(self) -> tuple[str, str, dict[str, str]]:
        """What the space bar presses: its verb, its label, its fields. Where it asks first, what a yes presses."""
        page = self.page()
        (button,) = [one for one in page.all("button") if "data-primary" in one.at]
        asks = button.at.get("popovertarget")
        forms = page.get(asks).all("form") if asks else [form for form in page.all("form") if button in list(form)]
        fields = {name: value for name, (value, *_) in forms[0].fields.items()}
        return forms[0].at["action"].removeprefix(f"{self.console}/"), button.inside[0].strip(), fields

    def presses_space(self, **more: str) -> str:
        """Press the button that the space bar presses, as it was drawn; its verb."""
        verb, _label, fields = self.primary()
        self.presses(verb, **{**fields, **more})
        return verb

    def starts(self) -> None:
        self.presses("next")

    def shows(self, step: str) -> None:
        self.presses("show", step=step)

    def asks(self) -> None:
        self.presses("open")

    def closes(self, *, now: bool = False, show: bool = False) -> None:
        """With the last seconds, or `now`; `show`: close and show in one press."""
        self.presses("close", sure="1", **({"now": "1"} if now else {}), **({"show": "1"} if show else {}))

    def undoes(self) -> None:
        self.presses("undo")

    def reveals(self, *, unread: bool = False) -> None:
        """`unread`: although some texts have not been read, and are deleted."""
        self.presses("reveal", **({"sure": "1"} if unread else {}))

    def moves_on(self) -> None:
        self.presses("next")

    def goes_back(self) -> None:
        self.presses("back")

    def asks_again(self) -> None:
        self.presses("again")

    def pauses(self) -> None:
        self.presses("pause")

    def resumes(self) -> None:
        self.presses("resume")

    def lets_through(self, what: str = "unmarked") -> None:
        """All texts without a mark, or the one with this id."""
        fields = {"do": "unmarked"} if what == "unmarked" else {"do": "show", "id": what}
        self.presses("text", **fields)

    def leaves_off(self, text: str) -> None:
        """Hide the text with these words."""
        (id,) = [id for id, words in self.texts() if words == text]
        self.presses("text", do="hide", id=id)

    def ends(self) -> None:
        self.presses("end", sure="1")

    def goes_to(self, step: str) -> None:
        """On and on, as a room does, without asking anybody anything, until this step is shown."""
        while (desk := self.desk)["step"] != step:
            waiting = desk["step_state"] in ("open", "closing", "interrupted")
            self.closes(now=True) if waiting else self.moves_on()

    def takes_home(self, what: str) -> bytes:
        """A download, such as `csv`."""
        answer = self.browser.get(f"/sessions/{self.live}/export.{what}")
        assert answer.status == 200, answer.status
        return answer.body

    def _place(self) -> Any:
        return getattr(self.browser, "app", None) or getattr(self.browser, "url", None)
