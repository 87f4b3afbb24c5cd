"""What a plan says of a list of a step's: the ids of the entries that stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def listed(overrides: Mapping[str, Any], name: str, known: Collection[str], missing: str) -> tuple[str, ...]:
    """The ids that a plan lists under `name`, in its order; none where it says something else there.

    Raises `ValueError` with the sentence `missing` for `{ids}` that the step does not have.
    """
    kept = overrides.get(name, ())
    if not isinstance(kept, list | tuple) or not all(isinstance(id, str) for id in kept):
        return ()
    unknown = [id for id in kept if id not in known]
    if unknown:
        raise ValueError(missing.format(ids=", ".join(unknown)))
    return tuple(kept)
