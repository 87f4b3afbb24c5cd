"""A story goes where the room steers it, by what was shown alone; and nobody leaves it without stepping out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sessions.publishing import publish
from tests.story_pack import TELLING
from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.checker import report
from workshop.kinds._road import decided
from workshop.kinds._telling import StoryConfig
from workshop.kinds.kind import Action, Invalid, Path
from workshop.kinds.story import Story, Voted
from workshop.pack import Pack, Step, built_in
from workshop.release import Release
from workshop.stories import Scene
from workshop.stories import Story as Tale
from workshop.tally import Option, Table

story = Story()
TIE, FEW = {"a": 3, "b": 3}, {"a": 2}


@cache
def pack() -> Pack:
    return Pack.load(TELLING)


def config(plan: str = "core", hidden: Sequence[str] = (), **fields: Any) -> StoryConfig:
    found = next(step.config for step in pack().plan(plan, hidden) if step.id == "tell")
    assert isinstance(found, StoryConfig)
    return found.model_copy(update=fields)


def released(question: Any, votes: dict[str, int], phase: int, sensitivity: Any = "low") -> Release:
    given = [Voted(choice=choice) for choice, n in votes.items() for _ in range(n)]
    return publish(story.count(given, question), step="tell", round=1, phase=phase, sensitivity=sensitivity, k=3)


class Room:
    """A room at a story: it votes, and its facilitator presses buttons."""

    def __init__(self, setting: StoryConfig | None = None) -> None:
        self.config = setting or config()
        self.past: list[Release] = []
        self.path: Path = {}
        self.phase = 0
        self.state = "shown"

    @property
    def question(self) -> Any:
        return story.question(self.config, self.past[: self.phase], self.path)

    def votes(self, **votes: int) -> Room:
        assert self.state == "shown"
        self.past.append(released(self.question, votes, self.phase))
        self.state = "revealed"
        return self

    def offers(self) -> list[str]:
        return [one.id for one in story.actions(self.config, self.past, self.path) if self._fits(one)]

    def presses(self, id: str) -> Room:
        action = story.pressed(self.config, self.past, self.path, id)
        assert action is not None, f"no button {id}"
        assert self._fits(action), f"{id} cannot be pressed now"
        self.path = action.apply(self.path)
        if action.then == "ask on":
            assert story.question(self.config, self.past, self.path) is not None
            self.phase, self.state = self.phase + 1, "shown"
        return self

    def goes(self, *choices: str) -> Room:
        """From scene to scene by clear votes, the last result being shown."""
        for choice in choices:
            if self.past:
                self.presses("forward")
            self.votes(**{choice: 4})
        return self

    @property
    def picture(self) -> Any:
        return story.picture(self.config, self.past, self.path)

    @property
    def way(self) -> list[tuple[str, str]]:
        return [(one.place, one.choice) for one in story.road(self.config, self.past, self.path)]

    def seconds(self) -> int | None:
        state = self.state if self.question else "reading"
        return story.seconds(self.config, self.path, state, self.past)

    def _fits(self, action: Action) -> bool:
        return not action.when or self.state in action.when


# ---------- a turn ----------


def test_the_room_reads_and_talks_before_it_votes() -> None:
    question = Room().question
    assert question.waits
    assert question.prompt == "What could Mika do first?"
    assert question.values["scene"] == "Dani calls and is short on rent."
    assert [(option.id, option.text) for option in question.options] == [
        ("a", "Send it now."),
        ("b", "Ask for a night."),
    ]


@pytest.mark.parametrize(("choice", "scene"), [("a", "The money goes."), ("b", "Six texts follow.")])
def test_the_next_scene_is_the_one_that_most_have_chosen(choice: str, scene: str) -> None:
    room = Room().votes(**{"a": 1, "b": 1, choice: 3})
    assert room.offers()[0] == "forward"
    assert room.presses("forward").question.values["scene"] == scene


def test_a_form_is_read_as_it_should_be() -> None:
    assert answered(story, config(), form(choice="b")) == Voted(choice="b")
    assert refused(story, config(), form()).code == "empty"
    assert refused(story, config(), form(choice="c")).code == "bad_option"
    assert refused(story, config(), form({"choice": ["a", "b"]})).message == "Choose one."


@given(nonsense("choice"))
def test_nonsense_is_refused_or_read(posted: Posted) -> None:
    try:
        read = answered(story, config(), posted)
    except Invalid:
        return
    assert read in (Voted(choice="a"), Voted(choice="b"))


# ---------- no decision ----------


@pytest.mark.parametrize(("votes", "why"), [(TIE, "tie"), (FEW, "few"), ({}, "few")])
def test_a_tie_and_too_few_votes_wait_for_the_facilitator(votes: dict[str, int], why: str) -> None:
    room = Room().votes(**votes)
    assert room.picture.road.open.why == why
    assert story.question(room.config, room.past, room.path) is None, "the room went on without a decision"
    assert room.offers() == ["pick:a", "pick:b", "again", "derole"]
    assert [one.id for one in story.actions(room.config, room.past, room.path) if one.choice] == [
        "pick:a",
        "pick:b",
        "again",
    ]


def test_a_vote_needs_as_many_as_its_author_asks_for() -> None:
    setting = config()
    many = setting.model_copy(update={"vote": setting.vote.model_copy(update={"min_votes": 5})})
    assert Room(many).votes(a=4).picture.road.open.why == "few"
    assert Room(many).votes(a=5).picture.road.open is None


def test_the_facilitator_picks_and_the_story_goes_on_there() -> None:
    room = Room().votes(**TIE).presses("pick:b")
    assert room.path == {"picked": {"0": "b"}}
    assert room.offers()[0] == "forward"
    assert room.presses("forward").question.values["scene"] == "Six texts follow."


def test_another_pick_is_possible_while_the_result_stands_there() -> None:
    room = Room().votes(**TIE).presses("pick:b").presses("pick:a")
    assert room.way == [("call", "a")]
    room.presses("forward")
    assert story.pressed(room.config, room.past, room.path, "pick:b") is None or room.state == "shown"
    with pytest.raises(AssertionError):
        room.presses("pick:b")


def test_what_the_room_has_decided_is_not_picked_over_its_head() -> None:
    assert story.pressed(config(), Room().votes(a=4).past, {}, "pick:b") is None


def test_a_second_vote_asks_the_same_scene_as_a_question_of_its_own() -> None:
    room = Room().votes(**TIE)
    first = room.past[0].parts[0].name
    room.presses("again")
    assert room.question.values["scene"] == "Dani calls and is short on rent."
    room.votes(a=1, b=4)
    assert (first, room.past[1].parts[0].name) == ("call", "call.2")
    assert room.way == [("call", "b")]
    assert [vote.kept for vote in room.picture.road.asked] == [False, True]


def test_a_second_vote_is_the_authors_to_allow() -> None:
    setting = config()
    strict = setting.model_copy(update={"vote": setting.vote.model_copy(update={"tie": "facilitator_picks"})})
    assert Room(strict).votes(**TIE).offers() == ["pick:a", "pick:b", "derole"]


SCENE = Scene.model_validate(
    {
        "turn": 1,
        "scene": "Now.",
        "ask": "What?",
        "choices": [{"id": name, "text": name, "to": "e", "lean": "help"} for name in "abcd"],
    }
)
OPTIONS = tuple(Option(id=name, text=name) for name in "abcd")


@given(st.lists(st.integers(0, 14), min_size=4, max_size=4), st.sampled_from(["low", "personal", "tender"]))
def test_what_is_decided_is_what_most_have_chosen_however_little_is_shown(counts: list[int], care: Any) -> None:
    table = Table("n", OPTIONS, tuple(counts), sum(counts))
    release = publish([table], step="s", round=1, phase=0, sensitivity=care, k=3)
    choice, why = decided(release, SCENE, 3)
    assert bool(choice) != bool(why)
    if choice:
        assert [name for name, n in zip("abcd", counts, strict=True) if n == max(counts)] == [choice.id]
    elif care == "low":
        assert sum(counts) < 3 or counts.count(max(counts)) > 1


# ---------- going back ----------


def test_the_room_may_go_back_one_turn_and_take_another_road_once() -> None:
    room = Room().goes("a", "a")
    assert "rewind" in room.offers()
    room.presses("rewind")
    assert room.question.values["scene"] == "The money goes."
    assert room.way == [("call", "a")]
    room.votes(b=4)
    assert room.way == [("call", "a"), ("light", "b")]
    assert "rewind" not in room.offers()


def test_it_may_go_back_from_the_ending_to_the_vote_that_led_there() -> None:
    room = Room().goes("b", "b", "d").presses("forward")
    assert room.picture.road.ending.title == "Round again"
    room.presses("rewind")
    assert room.picture.stage == "scene"
    assert room.question.values["scene"] == "The rent is still due."
    assert room.votes(c=4).way[-1] == ("steady", "")


def test_going_back_over_a_second_vote_leaves_both_behind() -> None:
    room = Room().votes(**TIE).presses("again").votes(a=4).presses("rewind")
    assert room.way == []
    assert room.question.values["scene"] == "Dani calls and is short on rent."
    assert [vote.kept for vote in room.picture.road.asked] == [False, False]


def test_a_plan_can_leave_going_back_out() -> None:
    room = Room(config("short")).goes("a")
    assert "rewind" not in room.offers()


def test_while_nothing_is_decided_there_is_nothing_to_go_back_from() -> None:
    assert "rewind" not in Room().goes("a").presses("forward").votes(**TIE).offers()


# ---------- another story ----------


def test_another_story_is_played_with_its_own_words() -> None:
    room = Room().presses("swap:visit")
    assert room.question.prompt == "What could Noor do?"
    picture = room.picture
    assert (picture.title, picture.caption, picture.say) == (
        "The visit",
        "What should Noor do?",
        "Two friends and a sofa.",
    )
    assert picture.derole == "That was Noor's story."
    assert [one.id for one in picture.others] == ["loan"]
    room.votes(**FEW)
    assert room.picture.talk == "What could Noor do?", "it must not speak of the story that was left out"


def test_the_steps_own_story_keeps_the_steps_words() -> None:
    picture = Room().votes(**FEW).picture
    assert (picture.title, picture.caption, picture.say, picture.talk) == ("", "", "", "")
    assert picture.derole == "That was Mika. You are you."
    assert Room(config(derole=None)).picture.derole == "That was Mika's story."


def test_stories_change_places_only_before_the_first_vote() -> None:
    room = Room().presses("swap:visit").presses("swap:loan").votes(a=4)
    assert story.pressed(room.config, room.past, room.path, "swap:visit") is None


def test_a_hidden_story_is_not_offered() -> None:
    room = Room(config(hidden=["visit"]))
    assert room.picture.others == ()
    assert story.pressed(room.config, [], {}, "swap:visit") is None


def test_where_its_own_story_is_hidden_the_next_one_takes_its_place() -> None:
    picture = Room(config(hidden=["loan"])).picture
    assert (picture.road.story.id, picture.caption) == ("visit", "What should Noor do?")


def test_where_all_are_hidden_nothing_is_asked() -> None:
    setting = config(hidden=["loan", "visit"])
    assert story.actions(setting, [], {}) == []
    assert story.length(setting) is None


def test_a_story_that_the_pack_does_not_have_is_named() -> None:
    text = TELLING.replace("swap_with: [visit]", "swap_with: [visti]")
    assert any("there is no story visti" in problem.message for problem in report(text))


# ---------- the end ----------


def test_after_the_last_vote_come_the_ending_the_talk_and_stepping_out() -> None:
    room = Room().goes("a", "b", "b")
    assert room.offers() == ["forward", "rewind", "look", "derole"]
    room.presses("forward")
    assert (room.picture.stage, room.question, room.picture.road.ending.title) == ("ending", None, "A steady line")
    room.presses("forward")
    assert (room.picture.stage, room.picture.prompt) == ("talk", "What made it so?")
    room.presses("forward")
    assert room.picture.stage == "out"
    assert room.offers() == ["look"]
    assert [room.picture.lean(vote) for vote in room.picture.road.taken] == ["step in", "set a limit", "step in"]


def test_nobody_leaves_between_the_first_vote_and_stepping_out() -> None:
    room = Room()
    held = lambda: story.holds(room.config, room.path, room.past)  # noqa: E731
    assert held() is None
    room.goes("a", "a", "a")
    assert held()
    for _ in range(2):
        room.presses("forward")
        assert held()
    room.presses("forward")
    assert held() is None


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("state", ["shown", "revealed"])
def test_a_room_that_runs_late_steps_out_at_once(turns: int, state: str) -> None:
    room = Room().goes(*"aaa"[:turns])
    if state == "shown" and turns < 3:
        room.presses("forward")
    room.presses("derole")
    assert room.picture.stage == "out"
    assert story.holds(room.config, room.path, room.past) is None


def test_looking_back_stops_nothing_and_changes_nothing() -> None:
    room = Room().goes("a", "b")
    room.presses("forward").presses("look")
    assert (room.picture.stage, room.question, room.offers()) == ("back", None, ["forward"])
    room.presses("forward")
    assert room.question.values["scene"] == "The rent is still due."
    assert room.path == {}


def test_the_downloads_name_the_way_and_the_end() -> None:
    room = Room().goes("b", "a", "d")
    assert room.way == [("call", "b"), ("night", "a"), ("rest", "d"), ("round", "")]
    assert {one.library for one in story.road(room.config, room.past, room.path)} == {"loan"}


@given(
    st.dictionaries(
        st.sampled_from(["stage", "look", "story", "picked", "again", "back", "held", "x"]),
        st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=4) | st.lists(st.integers(-1, 4), max_size=3)
        | st.dictionaries(st.sampled_from(["0", "1", "x"]), st.sampled_from(["a", "b", "zz"]), max_size=2),
        max_size=5,
    )
)  # fmt: skip
def test_a_path_that_makes_no_sense_strands_nobody(path: dict[str, Any]) -> None:
    past = Room().goes("a", "b").past
    for seen in range(3):
        story.question(config(), past[:seen], path)
        story.actions(config(), past[:seen], path)
        story.picture(config(), past[:seen], path)
        story.road(config(), past[:seen], path)
        story.seconds(config(), path, "shown", past[:seen])
        story.length(config(), path)


# ---------- time ----------


def test_each_state_has_its_time() -> None:
    room = Room()
    assert room.seconds() == 30
    assert story.seconds(room.config, room.path, "open", room.past) == 15
    assert room.votes(a=4).seconds() == 5
    room.goes("a", "a")
    for seconds in (10, 30, 10):
        assert room.presses("forward").seconds() == seconds


def test_only_the_first_turns_have_time_to_talk_where_a_plan_says_so() -> None:
    room = Room(config("short"))
    seconds = [room.seconds()]
    for _ in range(2):
        room.votes(a=4).presses("forward")
        seconds.append(room.seconds())
    assert seconds == [30, 30, 10]
    assert not room.picture.talks


def test_a_scene_that_the_room_knows_is_not_read_again() -> None:
    assert Room().votes(**TIE).presses("again").seconds() == 20
    assert Room().votes(a=4).presses("rewind").seconds() == 20
    setting = config()
    slow = setting.model_copy(update={"rewind": setting.rewind.model_copy(update={"seconds": 90})})
    assert Room(slow).votes(a=4).presses("rewind").seconds() == 70


def test_the_whole_follows_from_the_turns_of_the_story_that_is_played() -> None:
    assert story.length(config()) == 3 * 50 + 50 + 40
    assert story.length(config(), {"story": "visit"}) == 2 * 50 + 50 + 40
    assert story.length(config("short")) == 3 * 50 - 20 + 50


# ---------- what authors set ----------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"scene_ref": None}, "give either scene_ref or stories"),
        ({"vote": {"tie": "dice"}}, "facilitator_picks"),
        ({"rewind": {"enabled": True, "max": 9}}, "less than or equal to 5"),
        ({"turn_timing": {"read": 10}}, "talk"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(fields: dict[str, Any], sentence: str) -> None:
    good = {
        "scene_ref": "loan",
        "turn_timing": {"read": 1, "talk": 1, "vote": 1, "result": 1},
        "ending_timing": {"read": 1, "debrief": 1, "derole": 1},
    }
    assert StoryConfig.model_validate(good)
    with pytest.raises(ValidationError, match=sentence):
        StoryConfig.model_validate({**good, **fields})


def test_a_step_of_the_pack_asks_before_its_story_is_looked_up() -> None:
    (step,) = [step for step in pack().steps if step.id == "tell"]
    assert step.asks


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ("seconds: 40, note", "seconds: 10, note", "steps › tell › rewind", "20 seconds at least"),
        ("swap_with: [visit]", "swap_with: [loan]", "steps › tell › swap_with", "names the step's own story"),
        (
            "core: {keep: true, seconds: 240}",
            "core: {keep: true, seconds: 235}",
            "steps › tell › variants.core",
            "take 240",
        ),
        (
            "core: {keep: true, seconds: 240}",
            "core: {keep: true, seconds: 280}",
            "steps › tell › variants.core",
            "take 240",
        ),
        ("reveal: after_close\n    sensitivity: low", "reveal: live\n    sensitivity: low", "reveal", "after_close"),
        (
            "reveal: after_close\n    sensitivity: low\n    min_show: 3\n    talk_instead: Let us decide",
            "reveal: after_close\n    sensitivity: personal\n    min_show: 5\n    talk_instead: Let us decide",
            "steps › tell › sensitivity",
            "low sensitivity only",
        ),
    ],
)
def test_the_checker_says_what_does_not_add_up(old: str, new: str, place: str, sentence: str) -> None:
    text = TELLING
    at = text.index("  - id: tell")
    assert old in text[at:], old
    text = text[:at] + text[at:].replace(old, new, 1)
    found = [problem for problem in report(text) if sentence in problem.message]
    assert found, [str(problem) for problem in report(text)]
    assert place in found[0].place
    assert found[0].line


def test_half_a_minute_may_be_left_for_introducing_the_story() -> None:
    text = TELLING.replace("core: {keep: true, seconds: 240}", "core: {keep: true, seconds: 270}")
    assert [str(problem) for problem in report(text)] == []


def test_the_pack_of_these_tests_is_one() -> None:
    assert [str(problem) for problem in report(TELLING)] == []


def test_what_a_pack_says_of_its_story_times_is_true() -> None:
    times = "story_times:\n  core: {tell: {three_turns: 240, two_turns: 190}}\n  short: {tell: {two_turns: 130}}\n"
    assert [str(problem) for problem in report(TELLING + times)] == []
    for old, new, sentence in (
        ("three_turns: 240", "three_turns: 250", "is 240 in truth"),
        ("two_turns: 190", "two_turns: 200", "is 190 in truth"),
        ("three_turns: 240", "four_turns: 240", "plays no story of 4 turns"),
        ("core: {tell", "core: {tel", "'tel' is not a step of this plan. Did you mean 'tell'?"),
        ("  short:", "  shrt:", "the workshop has no such plan. Did you mean 'short'?"),
    ):
        found = [problem for problem in report(TELLING + times.replace(old, new)) if sentence in problem.message]
        assert found, sentence
        assert found[0].place.startswith("story_times.")


# ---------- every road of every story that comes along ----------


def told() -> Iterator[Any]:
    """Every step that tells stories, in every plan of every pack, with each story that can be played in it."""
    for name, one in (*built_in(), ("tests", pack())):
        for plan in one.workshop.variants.plans:
            for step in one.plan(plan):
                if isinstance(step.config, StoryConfig):
                    for tale in step.config.stories:
                        yield pytest.param(step, tale, id=f"{name}-{plan}-{step.id}-{tale.id}")


@pytest.mark.parametrize(("step", "tale"), list(told()))
def test_every_road_leads_through_all_turns_to_an_ending(step: Step, tale: Tale) -> None:
    scenes, endings, roads = set[str](), set[str](), 0
    ahead: list[tuple[str, ...]] = [()]
    while ahead:
        choices = ahead.pop()
        room = Room(step.config)  # type: ignore[arg-type]
        room.path = {"story": tale.id}
        for choice in choices:
            room.votes(**{choice: 5}).presses("forward")
        road = room.picture.road
        if road.ending:
            roads += 1
            endings.add(road.here)
            assert len(choices) == tale.turns
            assert [one.choice for one in story.road(room.config, room.past, room.path)] == [*choices, ""]
            _to_the_door(room)
        else:
            scenes.add(road.here)
            assert room.question.prompt == tale.nodes[road.here].ask
            ahead += [(*choices, choice.id) for choice in tale.nodes[road.here].choices]
    assert scenes == set(tale.nodes)
    assert endings == set(tale.endings)
    assert roads >= 2**tale.turns


def _to_the_door(room: Room) -> None:
    """From the ending on: its words, its question, and out of the story."""
    stages = []
    while "forward" in room.offers():
        stages.append(room.picture.stage)
        assert story.holds(room.config, room.path, room.past)
        assert room.seconds()
        room.presses("forward")
    assert [*stages, room.picture.stage] == ["ending", "talk", "out"]
    assert room.picture.derole
    assert story.holds(room.config, room.path, room.past) is None
