"""kill -9 at every named step from the WARC record to the mark of a sent letter: nothing is lost, nothing told twice.

BUREAUWATCH_TIMES says how often at each step (`make faults`: 10); the n-th time of the step is drawn with BUREAUWATCH_SEED.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.demo.documents import SHANGHAI, SHANGHAI_SEED
from storage import outbox
from tests.crash_stage import KILLED, CrashStage, copies, faults, publish_news
from tests.standing import opened, told

TIMES = int(os.environ.get("BUREAUWATCH_TIMES", "1"))
SEED = int(os.environ.get("BUREAUWATCH_SEED", "20261122"))
CRAWL = ("crawl", "--all", "--bureau", SHANGHAI)
BASELINE = ("baseline", "上海市司法局 · 法治政府建设情况报告")
STEPS = {
    "before the WARC record": 2,
    "after the WARC record": 2,
    "after the WARC record is on disk": 2,
    "after the capture's row": 2,
    "after the version's row": 1,
    "after the event's row": 1,
    "after the alert's row": 3,
    "before the event's commit": 1,
    "after the event's commit": 1,
    "after the run's end": 1,
    "after the run's end is committed": 1,
    "after the letter's row": 3,
    "after the letter is committed": 3,
    "after the try's row": 3,
    "after the try is committed": 3,
    "after the connection": 3,
    "after MAIL": 3,
    "after RCPT": 3,
    "after 354": 3,
    "after half of the letter": 3,
    "after the final dot": 3,
    "after the answer to the dot": 3,
    "before the mark": 3,
    "after the mark's row": 3,
    "after the mark is committed": 3,
}
"""Every step, and how often it comes at the least in a crawl that tells three people of one new report."""
NOTICE_STEPS = ("after the notice's row", "after the notice is committed")
GAP = ("after the final dot", "after the answer to the dot", "before the mark", "after the mark's row")
"""The steps that leave a letter taken and not marked."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CrashStage]:
    with first_read(tmp_path_factory.mktemp("steps") / "stage") as stage:
        yield stage


@contextmanager
def first_read(folder: Path, more: str = "", *, in_doubt: str = "resend") -> Iterator[CrashStage]:
    """A stage that was read once."""
    with CrashStage(folder, more, in_doubt=in_doubt) as stage:
        assert stage.die_at("", *CRAWL) == 0
        yield stage


def judge(stage: CrashStage) -> None:
    """After a normal run all is as if nothing had happened."""
    stage.recover(*CRAWL)
    news = Counter(("published", title) for title in stage.news)
    assert faults(stage, news + Counter([BASELINE])) == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.replace(" ", "-"))
def test_a_kill_at_a_step(step: str, shared: CrashStage, tmp_path: Path) -> None:
    chance = random.Random(f"{SEED} {step}")
    if TIMES == 1:  # the verdict on all of them comes last, so that `make test` pays for one normal run
        publish_news(shared)
        assert shared.die_at(step, *CRAWL, nth=chance.randint(1, STEPS[step])) == KILLED
        return
    with first_read(tmp_path / "stage") as stage:
        for _ in range(TIMES):
            publish_news(stage)
            assert stage.die_at(step, *CRAWL, nth=chance.randint(1, STEPS[step])) == KILLED
        judge(stage)
        doubled = sum(len(arrived) - 1 for arrived in copies(stage).values())
        print(f"{step}: {stage.tries.kills} kills, {len(stage.news)} reports, {doubled} letters came twice")
        assert not doubled or step in GAP


def test_after_a_kill_at_each_of_them_nothing_is_lost_and_nothing_told_twice(shared: CrashStage) -> None:
    if shared.tries.kills == 0:
        publish_news(shared)
        assert shared.die_at("after the final dot", *CRAWL) == KILLED
    judge(shared)
    doubled = sum(len(arrived) - 1 for arrived in copies(shared).values())
    print(f"{shared.tries.kills} kills, {doubled} letters came twice, start {shared.tries.starts}")
    assert doubled >= 1, "the gap was met, so that this test can tell"


@pytest.mark.parametrize("step", NOTICE_STEPS if TIMES > 1 else NOTICE_STEPS[1:], ids=lambda step: step.replace(" ", "-"))
def test_a_kill_when_an_issue_is_told(step: str, tmp_path: Path) -> None:
    people = [f"keeper{number}@example.org" for number in range(2 + TIMES)]
    with first_read(tmp_path / "stage", f"[health]\nto = {people}\n".replace("'", '"')) as stage:
        stage.site.fail(stage.site.address_of(SHANGHAI_SEED), "status:403")
        for _ in range(TIMES):
            assert stage.die_at(step, *CRAWL) == KILLED
        judge(stage)
        letters = outbox.letters(opened(stage))
        assert sorted(one.recipient for one in letters if one.form == "health") == sorted(people)
        assert {one.state for one in letters} == {"sent"}
        assert all(len(copies(stage)[one.message_id]) == 1 for one in letters)


@pytest.mark.parametrize("step", GAP[: 1 if TIMES == 1 else None], ids=lambda step: step.replace(" ", "-"))
def test_a_letter_in_doubt_is_held_where_that_is_wanted_and_never_sent_by_itself(step: str, tmp_path: Path) -> None:
    with first_read(tmp_path / "stage", in_doubt="hold") as stage:
        publish_news(stage)
        assert stage.die_at(step, *CRAWL, nth=2) == KILLED
        for _ in range(2):
            assert stage.die_at("", *CRAWL) == 0
        (held,) = outbox.letters(opened(stage), states=["held"])
        arrived = copies(stage)
        assert [len(some) for some in arrived.values()] == [1] * len(arrived)
        assert held.message_id in arrived, "it was taken before the crash"
        assert held.recipient in stage.run("alerts", "list")
        assert told(stage)["published", stage.news[0]] == 1


def test_the_harness_finds_an_alert_that_is_owed_after_the_events_commit(tmp_path: Path) -> None:
    with first_read(tmp_path / "stage") as stage:
        publish_news(stage)
        assert stage.die_at("after the event's commit", *CRAWL, planted=True) == KILLED
        stage.recover(*CRAWL)
        found = faults(stage, Counter([BASELINE, ("published", stage.news[0])]))
        assert len(found) == 3
        assert all(one.startswith("mail lost: nobody owes") for one in found)
