"""The doctor names what is wrong with a set-up and what to do about it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop import doctor, machine
from workshop.config import Settings


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_sound_set_up_has_no_problem(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "addresses", lambda: ["192.168.1.7"])
    findings = doctor.examine(settings)
    assert not doctor.ill(findings), findings
    assert len({finding.check for finding in findings}) == len(findings)


def test_every_problem_says_what_to_do(settings: Settings, taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "open_files", lambda: 256)
    monkeypatch.setattr(doctor, "addresses", list)
    settings.database.write_bytes(b"not a database, but long enough to be looked at as one" * 40)
    found = [
        doctor.phones(),
        doctor.address(settings),
        doctor.stored(settings.database),
        doctor.port("127.0.0.1", taken_port),
        doctor.data(settings.data / "nowhere"),
    ]
    assert [finding.level for finding in found] == ["problem"] * 5
    assert all(finding.remedy for finding in found)
    assert doctor.ill(found)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_data_that_others_can_read_is_a_problem(settings: Settings) -> None:
    settings.data.chmod(0o755)
    finding = doctor.data(settings.data)
    assert (finding.level, finding.remedy) == ("problem", f"Run: chmod 700 {settings.data}")


def test_it_says_how_many_phones_the_open_files_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "open_files", lambda: 20_128)
    assert doctor.phones().says.startswith("10,000 phones")


def test_a_runtime_folder_on_disk_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "filesystem", lambda folder: "ext4")
    assert doctor.runtime(tmp_path).level == "note"


def test_the_file_system_of_a_folder_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"root / ext4 rw 0 0\nshm {tmp_path}/a tmpfs rw 0 0\nother {tmp_path}/ab xfs rw 0 0\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert machine.filesystem(tmp_path / "a" / "b", table) == "tmpfs"
    assert machine.filesystem(tmp_path, table) == "ext4"
    assert machine.filesystem(tmp_path, tmp_path / "none") is None


def test_swap_space_is_seen(tmp_path: Path) -> None:
    table = tmp_path / "swaps"
    table.write_text("Filename Type Size Used Priority\n")
    assert not machine.swaps(table)
    table.write_text("Filename Type Size Used Priority\n/swapfile file 1 0 -2\n")
    assert machine.swaps(table)


def test_our_own_server_on_the_port_is_no_problem(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "serves_attune", lambda number: number == taken_port)
    assert doctor.port("127.0.0.1", taken_port).level == "ok"
