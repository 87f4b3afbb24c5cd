"""The documents and the tree, as the tests of documents read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT_BY_OTHERS = ("vendor", "fonts")
TEXT = {".py", ".md", ".html", ".css", ".js", ".mjs", ".cjs", ".json", ".toml", ".yaml", ".txt", ".svg", ".mako", ""}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def documents() -> list[Path]:
    return [path for path in tree() if path.suffix == ".md" and "vendor" not in path.parts]


def tree() -> list[Path]:
    """Every text file that belongs to the project, new ones included; folders of tools left out."""
    return sorted(path for path in _inside(ROOT) if path.suffix in TEXT and not set(path.parts) & set(KEPT_BY_OTHERS))


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_file():
            yield path
        elif path.name == ".ci" or not (path.name.startswith(".") or path.name in ("node_modules", "__pycache__")):
            yield from _inside(path)


def spans(text: str) -> list[str]:
    """What stands between single backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def sections(document: str) -> dict[str, str]:
    """Its parts by their headings; what stands before a heading of the same depth or a higher one is inside."""
    parts = re.split(r"^#+ (.+)$", document, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> list[list[str]]:
    """The cells of its tables, heads and rulers left out."""
    lines = [line.strip().strip("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)] for line in lines]
    rulers = {i for i, row in enumerate(cells) if all(re.fullmatch(r":?-+:?", cell) for cell in row)}
    return [row for i, row in enumerate(cells) if i not in rulers and i + 1 not in rulers]


# ---------- the fields of the pack format ----------


def fields_of(schema: Mapping[str, Any]) -> set[str]:
    """Every field that a pack may have, as `steps.presenter.caption`; a group that occurs twice, where it is first.

    Fields that one kind alone has stand under the kind: `poll.options.id`.
    """
    parts, found, seen = schema["$defs"], set[str](), set[str]()
    ahead: list[tuple[str, Mapping[str, Any]]] = [("", schema)]
    steps = {option["$ref"].rpartition("/")[2] for option in parts["Step"]["oneOf"]}
    common = set.intersection(*(set(parts[step]["properties"]) for step in steps))
    while ahead:
        path, part = ahead.pop(0)
        for name, field in part.get("properties", {}).items():
            here = f"{path}.{name}".lstrip(".")
            if path in {step.partition(".")[0] for step in steps} and name in common:
                here = f"steps.{name}"
            found.add(here)
            ahead += [(here, parts[inner]) for inner in _inner(field) if _new(inner, seen)]
        ahead += [(path, parts[inner]) for inner in _inner(_extras(part)) if _new(inner, seen)]
        ahead += [(step.partition(".")[0], parts[step]) for step in steps if part is parts["Step"]]
    return found


def _new(name: str, seen: set[str]) -> bool:
    """The first time that this group is met; one of a kind may be the same as one of the pack."""
    bare = name.rpartition(".")[2] if name.endswith((".RoleCard", ".Story")) else name
    return not (bare in seen or seen.add(bare))


def _extras(part: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [part[key] for key in ("additionalProperties",) if isinstance(part.get(key), dict)]}


def _inner(field: Mapping[str, Any]) -> Iterator[str]:
    """The groups of fields that a field holds, in lists and by name as well."""
    if "$ref" in field:
        yield field["$ref"].rpartition("/")[2]
    deeper = [*field.get("anyOf", ()), *field.get("oneOf", ()), *field.get("patternProperties", {}).values()]
    for held in (*deeper, field.get("items"), field.get("additionalProperties")):
        if isinstance(held, dict):
            yield from _inner(held)


def fields_in(document: str) -> set[str]:
    """The fields that have a row; after `` `x.a` ``, `.b` is short for `x.b`; `[]` and `<name>` count for nothing."""
    found = set()
    for heading, text in sections(document).items():
        places = spans(heading)
        for row in rows(text):
            found |= {f"{places[0]}.{path}" if len(places) == 1 else path for path in _paths("".join(row))}
    return found


def _paths(row: str) -> Iterator[str]:
    before = ""
    for span in spans(row):
        path = re.sub(r"\[\]|\.<\w+>", "", span)
        path = before.rpartition(".")[0] + path if path.startswith(".") else path
        before = path if "." in path else before
        yield path


def marked_in(document: str) -> set[str]:
    """The fields that the document marks with `·`."""
    found = set()
    for text in sections(document).values():
        for row in rows(text):
            before = ""
            for span, mark in re.findall(r"`([^`\n]+)`(?:\*\*)?(?= (·)|)", "".join(row)):
                (path,) = [*_paths(f"`{before}``{span}`")][-1:]
                before = path if "." in path else before
                found |= {path} if mark else set()
    return found
