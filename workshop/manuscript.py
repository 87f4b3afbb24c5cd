"""A pack as the YAML file that people edit: what `Pack.load` reads, without what goes without saying."""

from __future__ import annotations

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter

from workshop.pack import Pack


class _Scribe(SafeRepresenter):
    """Longer texts stand on lines of their own."""


def _text(scribe: SafeRepresenter, text: str) -> ScalarNode:
    return scribe.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Scribe.add_representer(str, _text)


def written(pack: Pack) -> str:
    """The file. Reading it gives the same pack again."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Scribe
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.allow_unicode, yaml.width = True, 4096
    out = StringIO()
    fields: dict[str, Any] = pack.model_dump(mode="json", exclude_defaults=True)
    yaml.dump({"format": pack.format, **fields}, out)
    return out.getvalue()
