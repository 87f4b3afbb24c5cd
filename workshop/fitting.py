"""A changed pack with everything true again that its file says of itself, and refused where the checker refuses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError

from workshop import checker, loading, outline
from workshop.pack import Pack
from workshop.problems import PackError, Problem
from workshop.rules.concepts import uncovered
from workshop.variants import Variant, times
from workshop.words import gettext as _
from workshop.yaml_source import Source


class Unfit(Exception):
    """Why a pack cannot be changed like that, as a sentence. `place`: the text that it is about, if it is one."""

    def __init__(self, sentence: str, place: str = "") -> None:
        super().__init__(sentence)
        self.place = place


def fitted(old: Pack, new: Pack) -> Pack:
    """The new pack with true figures, read as from a file; raises `Unfit` for what the checker newly refuses."""
    try:
        _must_have_time(new)
        source = Source(_figured(new).model_dump(mode="json"))
        pack = loading.load(Pack, source)
    except PackError as error:
        raise Unfit(_sentence(new, error.problems[0])) from None
    except ValueError as error:
        raise refused(error) from None
    worse = _errors(pack, source)
    before = Counter(problem.message for problem in _errors(old)) if worse else Counter()
    for problem in worse:
        if not before[problem.message]:
            raise Unfit(_sentence(pack, problem))
        before[problem.message] -= 1
    return pack


def refused(error: ValueError) -> Unfit:
    """What a model says of values that it does not take."""
    said = error.errors(include_url=False)[0]["msg"] if isinstance(error, ValidationError) else str(error)
    return Unfit(f"{said.removeprefix('Value error, ')}.")


def with_plan(pack: Pack, name: str, /, **changed: object) -> Pack:
    """The pack with some fields of one of its plans changed, nothing checked."""
    about = pack.workshop.model_copy(update={"variants": pack.workshop.variants.but(name, **changed)})
    return pack.model_copy(update={"workshop": about})


def _errors(pack: Pack, source: Source | None = None) -> list[Problem]:
    return [problem for problem in checker.check(pack, source) if problem.level == "error"]


def _must_have_time(pack: Pack) -> None:
    for name, variant in pack.workshop.variants.plans.items():
        over = -times(variant, [step.seconds for step in pack.plan(name)]).slack_seconds
        if over > 0:
            said = _("“{plan}” would be {n} seconds too long. Leave another step out first.")
            raise Unfit(said.format(plan=variant.label, n=over))


def _figured(pack: Pack) -> Pack:
    """With all figures and lists that a file may give of itself."""
    for name, variant in pack.workshop.variants.plans.items():
        pack = with_plan(pack, name, **dict(_figures(pack, name, variant)))
    return pack


def _figures(pack: Pack, name: str, variant: Variant) -> Iterator[tuple[str, object]]:
    true = times(variant, [step.seconds for step in pack.plan(name)])
    given = {figure: value for figure, value in vars(true).items() if getattr(variant.plan, figure) is not None}
    yield "plan", variant.plan.model_copy(update=given)
    left_out = uncovered(pack, name)
    if set(left_out) != set(variant.concepts_not_covered):
        yield "concepts_not_covered", tuple(left_out)


def _sentence(pack: Pack, problem: Problem) -> str:
    """What the checker says, with the title of what it says it of."""
    part = problem.place.split(" › ")[1:2]
    title = outline.names(pack).get(part[0], "") if part else ""
    return _("“{title}”: {why}.").format(title=title, why=problem.message) if title else f"{problem.message}."
