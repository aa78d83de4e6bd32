"""What readers must not be troubled with, and what they must be told: template by template, plain and rendered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.demo.bodies import BodyTemplate
from crawler.demo.documents import MINHANG, MINHANG_SEED, SHANGHAI, SHANGHAI_SEED
from crawler.demo.stage import Stage
from storage import archive, captures, proofs
from tests.standing import failures, is_sound, opened, told

NOTHING: list[str] = []


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage whose baseline is made."""
    with Stage(tmp_path_factory.mktemp("quiet") / "stage") as stage:
        stage.run("crawl", "--all")
        yield stage


def kinds(stage: Stage, *words: str) -> list[str]:
    return [event["kind"] for event in stage.json_lines("crawl", "--all", *words)]


@pytest.mark.parametrize("render", ["plain", "browser"])
@pytest.mark.parametrize("template", BodyTemplate)
def test_the_seeds_come_out_paragraph_for_paragraph(watched: Stage, template: BodyTemplate, render: str) -> None:
    watched.site.set_template(template)
    try:
        pages = [watched.site.address_of(slug) for slug in (SHANGHAI_SEED, MINHANG_SEED)]
        read = watched.json_lines("read", *pages, "--render", render)
    finally:
        watched.site.set_template(BodyTemplate.P)
    for page, slug in zip(read, (SHANGHAI_SEED, MINHANG_SEED), strict=True):
        document = watched.site.document(slug)
        assert page["body"] == list(document.body)
        assert (page["title"], page["published"], page["source"]) == (document.title, str(document.published), document.source)
        assert [attachment["name"] for attachment in page["attachments"]] == list(document.attachment_names)
    assert len({page["fingerprint"] for page in read}) == 2


def test_a_redesign_of_all_pages_is_no_event(watched: Stage) -> None:
    for template in BodyTemplate:
        watched.site.set_template(template)
        assert kinds(watched, "--bureau", SHANGHAI) == NOTHING, template
    watched.site.set_template(BodyTemplate.P)


def test_a_list_that_is_no_longer_built_by_a_script_is_no_event_and_needs_no_browser(watched: Stage) -> None:
    watched.site.serve_static(on=True)
    assert kinds(watched) == NOTHING
    assert kinds(watched) == NOTHING
    watched.site.serve_static(on=False)
    assert kinds(watched) == NOTHING
    assert failures(watched) == []


def test_unchanged_bytes_cost_a_revisit_or_a_304_and_no_event(watched: Stage) -> None:
    watched.site.steady(on=True)
    assert kinds(watched, "--bureau", SHANGHAI) == NOTHING
    before = len(watched.site.requests(SHANGHAI))
    assert kinds(watched, "--bureau", SHANGHAI) == NOTHING
    asked = watched.site.requests(SHANGHAI)[before:]
    reports = [request for request in asked if request.path.endswith(".html") and "index" not in request.path]
    assert reports
    assert all("If-None-Match" in request.headers for request in reports)
    watched.site.steady(on=False)
    assert is_sound(watched)


def test_a_report_that_slides_off_the_list_is_no_event(watched: Stage) -> None:
    watched.site.unlist(SHANGHAI_SEED)
    for _ in range(4):
        assert kinds(watched, "--bureau", SHANGHAI) == NOTHING
    watched.site.restore(SHANGHAI_SEED)
    assert kinds(watched, "--bureau", SHANGHAI) == NOTHING


def test_other_bytes_under_an_attachments_address_are_told_once(watched: Stage) -> None:
    watched.site.change_attachments(SHANGHAI_SEED)
    assert kinds(watched, "--bureau", SHANGHAI) == ["attachment-changed"]
    (event,) = archive.latest_events(opened(watched), 1)
    proof = proofs.find(opened(watched), event.id)
    assert proof is not None
    assert proof.capture_id is not None
    latest = captures.latest_full(opened(watched), event.url)
    assert latest is not None
    assert proof.capture_id == latest.id, "the new bytes, not those before"
    assert kinds(watched, "--bureau", SHANGHAI) == NOTHING


def test_there_and_back_again_is_two_revisions(watched: Stage) -> None:
    for old, new in (("行政复议案件119件", "行政复议案件191件"), ("行政复议案件191件", "行政复议案件119件")):
        watched.site.revise(SHANGHAI_SEED, old, new)
        assert kinds(watched, "--bureau", SHANGHAI) == ["revised"]
    assert kinds(watched, "--bureau", SHANGHAI) == NOTHING


def test_the_same_report_at_another_address_has_moved_and_is_no_new_report(stage: Stage) -> None:
    stage.run("crawl", "--all", "--bureau", SHANGHAI)
    reports = len(stage.json_lines("reports"))
    stage.site.readdress(SHANGHAI_SEED)
    seen = [kind for _ in range(4) for kind in kinds(stage, "--bureau", SHANGHAI)]
    assert seen == ["moved"]
    assert len(stage.json_lines("reports")) == reports
    (event,) = [event for event in stage.json_lines("events") if event["kind"] == "moved"]
    assert told(stage)[("withdrawn", event["title"])] == 0
    assert failures(stage) == []


def test_a_first_run_that_fails_is_no_baseline(stage: Stage) -> None:
    stage.site.fail(stage.site.listing_url(SHANGHAI, 2), "status:500")
    stage.run("crawl", "--all", "--bureau", SHANGHAI, accept=(1,))
    assert told(stage) == {}
    stage.site.mend()
    assert kinds(stage, "--bureau", SHANGHAI) == ["baseline"]
    assert next(opened(stage).query("SELECT count(*) AS n FROM report"))["n"] == 10


def test_requests_to_one_host_keep_their_distance(stage: Stage) -> None:
    slow = stage.config.read_text(encoding="utf-8").replace("delay_s = 0.02", "delay_s = 0.4")
    stage.config.write_text(slow, encoding="utf-8")
    stage.run("crawl", "--all", "--bureau", SHANGHAI)
    times = [request.at_s for request in stage.site.requests(SHANGHAI)]
    assert len(times) > 10
    assert times[-1] - times[0] >= 0.4 * (len(times) - 1) * 0.98


def test_every_request_says_who_we_are_the_browsers_too(watched: Stage) -> None:
    before = len(watched.site.requests(MINHANG))
    kinds(watched)
    asked = watched.site.requests(MINHANG)[before:]
    browsers = [request for request in asked if "HeadlessChrome" in request.headers["User-Agent"]]
    assert browsers
    assert len(browsers) < len(asked)
    for request in asked:
        assert "bureauwatch" in request.headers["User-Agent"], request
        assert "demo@example.org" in request.headers["User-Agent"], request
        assert "Referer" not in request.headers or request in browsers
