"""Settings are taken as they are meant or refused with a sentence that names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.config import Settings, Unfit


def read(folder: Path, **env: str) -> Settings:
    places = {"ATTUNE_DATA": str(folder / "data"), "ATTUNE_RUNTIME": str(folder / "runtime")}
    return Settings.from_environment({**places, **env})


def test_results_are_kept_for_four_hundred_days_and_the_rest_for_thirty_unless_somebody_wants_it_otherwise(
    tmp_path: Path,
) -> None:
    usual = read(tmp_path)
    assert (usual.keep_releases_days, usual.keep_session_days) == (400, 30)
    other = read(tmp_path, ATTUNE_KEEP_RELEASES_DAYS="90", ATTUNE_KEEP_SESSION_DAYS="0")
    assert (other.keep_releases_days, other.keep_session_days) == (90, 0)


def test_whoever_keeps_results_for_less_than_a_month_keeps_nothing_else_for_longer(tmp_path: Path) -> None:
    assert read(tmp_path, ATTUNE_KEEP_RELEASES_DAYS="7").keep_session_days == 7


@pytest.mark.parametrize("nonsense", [
    {"ATTUNE_KEEP_RELEASES_DAYS": "0"}, {"ATTUNE_KEEP_RELEASES_DAYS": "-1"}, {"ATTUNE_KEEP_RELEASES_DAYS": "a year"},
    {"ATTUNE_KEEP_RELEASES_DAYS": "3651"}, {"ATTUNE_KEEP_RELEASES_DAYS": "1.5"}, {"ATTUNE_KEEP_SESSION_DAYS": "401"},
    {"ATTUNE_KEEP_SESSION_DAYS": "forever"}, {"ATTUNE_KEEP_SESSION_DAYS": "31", "ATTUNE_KEEP_RELEASES_DAYS": "30"},
])  # fmt: skip
def test_a_time_that_makes_no_sense_is_refused_by_name(tmp_path: Path, nonsense: dict[str, str]) -> None:
    with pytest.raises(Unfit) as refused:
        read(tmp_path, **nonsense)
    assert str(refused.value).startswith(f"{next(iter(nonsense))} must be a whole number from ")
