"""Every kind of activity by its slug: found by walking this package, checked at start."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType

from workshop.kinds._retired import Retired
from workshop.kinds.kind import Kind

RETIRED: Kind = Retired()


@cache
def discover() -> Mapping[str, Kind]:
    """All kinds by slug. Raises `ValueError` where two have the same, or one is not named as its module."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [import_module(f"{__name__}.{name}") for name in names if not name.startswith("_") and name != "kind"]
    return register(kind for module in modules for kind in _kinds_of(module))


def register(classes: Iterable[type[Kind]]) -> Mapping[str, Kind]:
    """Kinds by slug. Raises `ValueError` where two have the same."""
    kinds: dict[str, Kind] = {}
    for kind in classes:
        if kind.slug in kinds:
            raise ValueError(f"two kinds are called {kind.slug}: {type(kinds[kind.slug]).__name__} and {kind.__name__}")
        kinds[kind.slug] = kind()
    return MappingProxyType(kinds)


def get(slug: str) -> Kind:
    """The kind of this slug; a stand-in that asks nothing when its module is gone."""
    return discover().get(slug, RETIRED)


def check_templates(exists: Callable[[str], bool]) -> None:
    """Raise `LookupError` for kinds that cannot be drawn; `exists` says whether there is a template of that name."""
    wanted = [f"kinds/{slug}/{name}.html" for slug in (*discover(), RETIRED.slug) for name in ("answer", "results")]
    missing = [name for name in wanted if not exists(name)]
    if missing:
        raise LookupError(f"templates are missing: {', '.join(missing)}")


def _kinds_of(module: ModuleType) -> list[type[Kind]]:
    found = [thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Kind)]
    own = [kind for kind in found if kind.__module__ == module.__name__]
    slug = module.__name__.rpartition(".")[2]
    if [kind.slug for kind in own] != [slug]:
        raise ValueError(f"{module.__name__} must hold one kind, called {slug}")
    return own
