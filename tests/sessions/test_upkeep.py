"""What a server looks after by itself goes on after a bad turn."""

from __future__ import annotations

import logging

import gevent
import pytest

from sessions import upkeep


def test_a_job_that_failed_once_is_run_again_and_the_log_says_how_it_failed(caplog: pytest.LogCaptureFixture) -> None:
    turns = list[int]()

    def job() -> None:
        turns.append(len(turns))
        if len(turns) == 1:
            raise OSError("with words of somebody's in it")

    with caplog.at_level(logging.ERROR, "attune"):
        running = gevent.spawn(upkeep._forever, 0.01, job)
        gevent.sleep(0.1)
        alive = not running.dead
        running.kill()
    assert alive
    assert len(turns) > 2
    assert "OSError" in caplog.text
    assert "somebody" not in caplog.text
