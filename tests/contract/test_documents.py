"""The documents are true: whatever has a name that people use stands in them, and what they name is there."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import start
from app import main
from tests.contract.documents import (
    ROOT,
    documents,
    fields_in,
    fields_of,
    marked_in,
    read,
    rows,
    sections,
    spans,
    tree,
)
from workshop import checker, config, doctor, kinds
from workshop.kinds.kind import Kind
from workshop.pack import Pack

OPERATE, PACKS = "docs/operate.md", "docs/packs.md"
PLACES = ["/wor" + "k/", "shar" + "ed/", "/ro" + "ot/", "/tm" + "p/att"]
REGISTRIES = ["py" + "pi.org", "pythonhos" + "ted", "npm" + "js", "yarn" + "pkg", "crates" + ".io", "proxy.gol" + "ang"]
"""Written in two pieces, so that this file can be read too."""

WORDS = (
    "facilitator", "participant", "seat", "lead", "support", "pack", "workshop", "plan", "concept", "step", "kind",
    "sensitivity", "live session", "round", "phase", "path", "group", "partner", "answer", "pass", "tally", "k",
    "release", "held text",
    "phone", "screen", "console", "region", "swap", "cover", "mark", "quiet word", "story", "practice", "headcount",
)  # fmt: skip


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        here = f"{path} {name}".strip()
        yield from commands(command, here) if isinstance(command, click.Group) else [(here, command)]


COMMANDS = dict(commands(main))

# ---------- whatever people use has its row ----------


@pytest.mark.parametrize("name", sorted(config.KNOWN.keys() | config.ELSEWHERE))
def test_every_setting_has_its_row(name: str) -> None:
    assert any(spans(row[0]) == [name] and row[1] for row in rows(sections(read(OPERATE))["Settings"]))


def test_no_row_is_about_a_setting_that_is_gone() -> None:
    named = {name for row in rows(sections(read(OPERATE))["Settings"]) for name in spans(row[0])}
    assert named == config.KNOWN.keys() | config.ELSEWHERE


@pytest.mark.parametrize("path", sorted(COMMANDS))
def test_every_command_has_its_row_with_all_that_it_takes(path: str) -> None:
    found = [row for row in rows(sections(read(OPERATE))["Commands"]) if f"{spans(row[0])[0]} ".startswith(f"{path} ")]
    assert found, f"{OPERATE} has no row for {path}"
    ((usage, options, does),) = found
    assert does
    taken = [parameter for parameter in COMMANDS[path].params if isinstance(parameter, click.Option)]
    assert set(spans(options)) == {name for option in taken for name in option.opts}
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Argument):
            assert parameter.make_metavar(click.Context(COMMANDS[path])) in usage


def test_the_options_of_a_start_have_their_rows() -> None:
    taken = {name for parameter in main.params for name in parameter.opts}
    assert {name for row in rows(sections(read(OPERATE))["Start"]) for name in spans(row[0])} == taken


def test_every_check_of_the_doctor_has_its_row() -> None:
    named = [spans(row[0])[0] for row in rows(sections(read(OPERATE))["Doctor"])]
    settings = config.Settings(data=ROOT, runtime=ROOT, secret_key="x" * 64, port=0)
    assert named == [finding.check for finding in doctor.examine(settings)]


@pytest.mark.parametrize("slug", sorted(kinds.discover()))
def test_every_kind_says_what_is_sent_kept_and_shown(slug: str) -> None:
    said = sections(read("docs/kinds.md"))[slug]
    assert not [word for word in ("**Sent:**", "**Kept", "**Shown:**") if word not in said]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_in_the_glossary(word: str) -> None:
    assert word in {one.strip() for row in rows(read("docs/glossary.md")) for one in row[0].split(",")}


def test_every_field_of_a_pack_has_its_row() -> None:
    there = fields_of(Pack.schema())
    assert {"steps.presenter.caption", "workshop.variants.plan.arrive", "poll.options.exclusive"} <= there
    assert sorted(there - fields_in(read(PACKS))) == []


def test_what_is_marked_as_for_readers_is_read_by_nothing_else() -> None:
    """By the last two names of a field; one that stands in a list is read by the name of one of them."""
    marked = marked_in(read(PACKS))
    assert {"sources", "always_on_screen", "quiet_flag", "presenter.show"} <= marked
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("workshop", "sessions", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".html")
    )
    for field in sorted(marked):
        group, _dot, name = f"steps.{field}".rpartition(".") if "." not in field else field.rpartition(".")
        owner = {"entries": "entry", "steps": "step"}.get(group.rpartition(".")[2], group.rpartition(".")[2])
        assert not re.findall(rf"\b{owner}\.{name}\b", code), field
        if "." not in field and name not in ("note", "sources"):
            assert not re.findall(rf"\w\.{name}\b", code), field


@pytest.mark.parametrize("field", ["flex_order", "skip_when", "bad_try", "confirm.region", "default_off", "min_show"])
def test_what_a_room_depends_on_is_not_marked(field: str) -> None:
    assert not [one for one in marked_in(read(PACKS)) if one == field or one.endswith(f".{field}")]


def test_the_smallest_pack_is_one() -> None:
    (written,) = re.findall(r"```yaml\n(.*?)```", read(PACKS), re.DOTALL)
    assert checker.report(written) == []


# ---------- the architecture as it is written ----------


@pytest.mark.parametrize("package", ["workshop", "sessions"])
def test_every_module_stands_in_the_architecture(package: str) -> None:
    named = set(spans(sections(read("ARCHITECTURE.md"))["Files, and who may import whom"]))
    inside = [path for path in (ROOT / package).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    assert sorted({path.stem for path in inside} - {"__init__"} - named) == []


def test_the_rows_of_the_architecture_are_those_of_the_contracts() -> None:
    tables = rows(sections(read("ARCHITECTURE.md"))["Files, and who may import whom"])
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = [set(re.findall(r"\((\w+)\)", layer)) for contract in contracts[:2] for layer in contract["layers"]]
    assert len(tables) == len(layers) == 10
    for (row, modules), layer in zip(tables, layers, strict=True):
        assert set(spans(modules)) <= layer, row


def test_the_kind_interface_is_written_as_it_is() -> None:
    written = re.findall(r"^    def (\w+)\(self(?:, )?([^)]*)\)", read("ARCHITECTURE.md"), re.MULTILINE)
    methods = {name: method for name, method in vars(Kind).items() if inspect.isfunction(method)}
    taken = {name: ", ".join([*inspect.signature(method).parameters][1:]) for name, method in methods.items()}
    assert dict(written) == taken


# ---------- what the documents name is there ----------


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_the_two_commands_are_there_and_the_checks_run_the_second() -> None:
    said = re.findall(r"^    (python3 start\.py.*)$", sections(read("README.md"))["Two commands"], re.MULTILINE)
    assert said == ["python3 start.py", "python3 start.py test"]
    assert all(command in (start.__doc__ or "") for command in said)
    script = read(".ci/run")
    assert re.search(r"^for step in .*\btest\b", script, re.MULTILINE)
    assert '"$python" start.py "$step"' in script


def test_every_command_that_measures_something_is_there() -> None:
    said = {
        name for path in documents() for name in re.findall(r"-m (tests(?:\.\w+)+)", path.read_text(encoding="utf-8"))
    }
    files = [ROOT.joinpath(*name.split(".")) for name in said]
    assert [path for path in files if not (path.with_suffix(".py").exists() or (path / "__main__.py").exists())] == []
    assert files


def test_every_figure_has_its_row() -> None:
    there = re.findall(r'^    "([\w-]+)": Command\(', read("tests/bench/__main__.py"), re.MULTILINE)
    assert [spans(row[0])[0] for row in rows(read("docs/performance.md")) if spans(row[0])] == there


def test_nothing_names_a_place_of_one_machine_or_a_registry() -> None:
    found = [
        (path.relative_to(ROOT).as_posix(), word)
        for path in tree()
        for word in (*PLACES, *REGISTRIES)
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def modules() -> list[Path]:
    return [path for path in tree() if path.suffix == ".py" and path.stat().st_size]


def test_every_module_opens_with_one_sentence() -> None:
    silent = []
    for path in modules():
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        first = said.partition("\n\n")[0].replace("\n", " ")
        if not re.fullmatch(r"\S.*[.:?]", first):
            silent.append((path.relative_to(ROOT).as_posix(), first))
    assert silent == []


def test_sizes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Not a limit: where something has grown long, there may be a noun missing."""
    files = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in modules()}
    lengths = sorted(((text.count("\n"), name) for name, text in files.items()), reverse=True)
    functions = sorted(
        ((node.end_lineno - node.lineno + 1, f"{name}:{node.name}"))
        for name, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    )[::-1]
    with capsys.disabled():
        for title, longest in (("files", lengths[:8]), ("functions", functions[:8])):
            print(f"\nlongest {title}:", *(f"{lines:>5} {name}" for lines, name in longest), sep="\n")
    assert lengths
    assert functions
