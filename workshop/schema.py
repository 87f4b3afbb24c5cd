"""The JSON Schema of the pack format, every kind's fields included, for editors and other programs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from workshop import kinds

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def described(model: type[BaseModel], step: str = "Step") -> dict[str, Any]:
    """The schema of `model`, in which a step is a step of one of the kinds."""
    schema = model.model_json_schema()
    parts: dict[str, Any] = schema["$defs"]
    common = parts[step]
    for slug, kind in sorted(kinds.discover().items()):
        own = kind.Config.model_json_schema(ref_template=f"#/$defs/{slug}.{{model}}")
        parts.update({f"{slug}.{name}": part for name, part in own.pop("$defs", {}).items()})
        parts[f"{slug}.{step}"] = _joined(common, own, slug)
    parts[step] = {"oneOf": [{"$ref": f"#/$defs/{slug}.{step}"} for slug in sorted(kinds.discover())]}
    return {"$schema": _DIALECT, **schema}


def _joined(common: dict[str, Any], own: dict[str, Any], slug: str) -> dict[str, Any]:
    fields = {name: field for name, field in common["properties"].items() if name != "config"}
    needed = [name for name in common["required"] if name != "config"]
    return {
        "type": "object",
        "title": slug,
        "description": own.get("description", ""),
        "properties": {**fields, "kind": {"const": slug}, **own.get("properties", {})},
        "required": [*needed, *own.get("required", [])],
        "additionalProperties": False,
    }
