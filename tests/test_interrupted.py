"""A crawl that a person interrupts ends in good order, or at once where that is asked for; nothing is lost."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

from crawler.demo.documents import SHANGHAI
from crawler.demo.stage import Stage
from tests.standing import is_sound


def test_ctrl_c_ends_a_crawl_in_good_order(tmp_path: Path) -> None:
    with Stage(tmp_path / "stage") as stage:
        slow = stage.config.read_text(encoding="utf-8").replace("delay_s = 0.02", "delay_s = 1")
        stage.config.write_text(slow, encoding="utf-8")
        crawl = subprocess.Popen(
            stage.command("crawl", "--bureau", SHANGHAI), stderr=subprocess.PIPE, text=True, env=stage.environment()
        )
        while len(stage.site.requests(SHANGHAI)) < 4:
            time.sleep(0.1)
        crawl.send_signal(signal.SIGINT)
        _, told = crawl.communicate(timeout=60)
        assert crawl.returncode == 1
        assert "Traceback" not in told
        assert is_sound(stage)
        assert stage.json_lines("events") == []
        stage.config.write_text(slow.replace("delay_s = 1", "delay_s = 0"), encoding="utf-8")
        assert [event["kind"] for event in stage.json_lines("crawl", "--all", "--bureau", SHANGHAI)] == ["baseline"]


def test_who_asks_twice_is_obeyed_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    with Stage(tmp_path / "stage") as stage:
        stage.site.fail(stage.site.listing_url(SHANGHAI), "slow:30000")
        crawl = subprocess.Popen(stage.command("crawl", "--bureau", SHANGHAI), env=stage.environment())
        while not stage.site.requests(SHANGHAI):
            time.sleep(0.1)
        while crawl.poll() is None:  # two that come before the first is seen are one
            crawl.send_signal(signal.SIGINT)
            time.sleep(0.3)
        assert crawl.returncode == 130
        stage.site.mend()
        assert [event["kind"] for event in stage.json_lines("crawl", "--all", "--bureau", SHANGHAI)] == ["baseline"]
        assert is_sound(stage)
