"""The main job, end to end, with the real parts in every place: the demo's story gives exactly what it tells."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from crawler.capture.warc import replay
from crawler.demo.documents import MINHANG, MINHANG_SEED, SHANGHAI, SHANGHAI_SEED, manuscripts
from crawler.demo.stage import Stage
from crawler.demo.story import story
from storage import archive, captures, proofs
from storage.captures import WarcPlace
from tests.standing import failures, is_sound, opened, subjects, texts, told

EXACTLY = {
    ("baseline", "上海市司法局 · 法治政府建设情况报告"): 1,
    ("baseline", "闵行区司法局 · 规划计划"): 1,
    ("published", "2021年闵行区司法局行政工作总结"): 1,
    ("revised", "2020年闵行区司法局行政工作总结"): 1,
    ("withdrawn", "上海市司法局2018年法治政府建设情况报告"): 1,
    ("restored", "上海市司法局2018年法治政府建设情况报告"): 1,
}


def parts(letter: EmailMessage) -> str:
    return "".join(part.get_content() for part in letter.walk() if part.get_content_maintype() == "text")


def test_the_story_gives_exactly_its_events_its_letters_and_its_evidence(stage: Stage) -> None:
    for step in story():
        step.move(stage.site)
        kinds = [event["kind"] for _ in range(step.crawls) for event in stage.json_lines("crawl", "--all")]
        assert sorted(kinds) == sorted(step.expected), step.english
    assert told(stage) == EXACTLY
    _the_withdrawal_is_proved(stage)
    assert failures(stage) == []
    assert is_sound(stage)
    _the_letters_are_right(stage)
    _the_texts_are_whole(stage)
    _every_version_replays(stage)


def _the_withdrawal_is_proved(stage: Stage) -> None:
    """By how often and since when it was found gone, although it is back by now."""
    withdrawn = next(event for event in archive.events(opened(stage)) if event.kind == "withdrawn")
    proof = proofs.find(opened(stage), withdrawn.id)
    assert proof is not None
    assert proof.sightings is not None
    assert proof.absent_since is not None
    assert proof.sightings >= 1
    assert proof.absent_since <= withdrawn.at


def _the_letters_are_right(stage: Stage) -> None:
    assert len(stage.letters()) == 4
    assert sum(subjects(stage).values()) == 4
    letters = [BytesParser(policy=policy.default).parsebytes(letter.read()) for letter in stage.letters()]
    revised = next(letter for letter in letters if "[修订]" in letter["Subject"])
    assert "226件→236件" in revised["Subject"]
    plain, html = (revised.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert "[-226件-]{+236件+}" in plain.get_content()
    for content in (plain.get_content(), html.get_content()):
        assert "226件" in content
        assert "236件" in content
        assert stage.site.address_of(MINHANG_SEED) in content
        evidence = captures.get(opened(stage), archive.versions(opened(stage), _report(stage, "2020年闵行"))[1].capture_id)
        assert evidence is not None
        assert evidence.sha256 in content


def _the_texts_are_whole(stage: Stage) -> None:
    """Static and rendered: every document of the replica, paragraph for paragraph, no line added."""
    kept = {(title, body) for title, _, body in texts(stage)}
    for manuscript in manuscripts():
        document = manuscript.document
        if not manuscript.draft:
            assert document.title in {title for title, _ in kept}
            if manuscript.slug != MINHANG_SEED:
                assert (document.title, document.body) in kept
    assert (stage.site.document(MINHANG_SEED).title, stage.site.document(MINHANG_SEED).body) in kept
    for slug, bureau in ((SHANGHAI_SEED, SHANGHAI), (MINHANG_SEED, MINHANG)):
        document = stage.site.document(slug)
        latest = next(version for _, version in archive.reports(opened(stage)) if version.title == document.title)
        assert (latest.published, latest.source) == (document.published, document.source), bureau


def _every_version_replays(stage: Stage) -> None:
    db = opened(stage)
    for report, _ in archive.reports(db):
        for version in archive.versions(db, report.id):
            capture = captures.get(db, version.capture_id)
            assert capture is not None
            place = WarcPlace(capture.warc_file, capture.warc_offset, capture.warc_length)
            assert len(replay(stage.folder / "warc", place)) == capture.size


def _report(stage: Stage, beginning: str) -> int:
    return next(report.id for report, version in archive.reports(opened(stage)) if version.title.startswith(beginning))
