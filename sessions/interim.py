"""Bars of an open low question, as last shown: in memory, replaced by the release when the question closes."""

from __future__ import annotations

from workshop.release import Release


class Interim:
    """The newest interim release by question, with how many had answered it then."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], tuple[int, Release]] = {}

    def open(self) -> None:
        self._kept = {}

    def keep(self, row: int, phase: int, answerers: int, release: Release) -> None:
        self._kept[row, phase] = (answerers, release)

    def of(self, row: int, phase: int) -> Release | None:
        kept = self._kept.get((row, phase))
        return kept[1] if kept else None

    def answerers(self, row: int, phase: int) -> int:
        kept = self._kept.get((row, phase))
        return kept[0] if kept else 0

    def forget(self, row: int, phase: int) -> None:
        self._kept.pop((row, phase), None)


interim = Interim()
