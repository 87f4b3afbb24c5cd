"""The base of every plain value that is read from a text or stored as one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Never changed once it is there; a field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
