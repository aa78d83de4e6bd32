"""What a letter tells of an event, gathered from an archive in which the seed reports stand, this year's and a made-up last year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.flow import EventKind, Significance
from crawler.schedule.letter_events import event_line, letter_event
from crawler.schedule.letter_figures import KEY_FIGURES
from seeds.schema import Bureau
from storage import archive, captures, frontier, proofs
from storage.database import Database, writing
from storage.migrations import open_archive
from storage.records import EventRow
from tests.letter_stories import letter, opened, parts

NOW = datetime(2021, 2, 18, 3, 0, tzinfo=UTC)
TITLE = "2020年闵行区司法局行政工作总结"
URL = "https://sfj.example.gov.cn/gzzj/490385.html"
SEED = Path(__file__).parent.parent / "seeds" / "documents" / "000_e495358f79400f75.txt"
BODY = tuple(line.strip() for line in SEED.read_text(encoding="utf-8").splitlines()[4:] if line.strip())
LAST_YEAR = (
    "2019年,闵行区司法局紧紧围绕区委、区政府各项工作部署开展工作。",
    "一、统筹谋划,系统布局",
    "全年共新收行政复议案件158件,办结行政复议案件150件。",
    "二、法律服务",
    "全年办理公证案件9000件。",
)
BUREAU = Bureau(
    id="minhang", name="闵行区司法局", region="上海市/闵行区", level="district", home_url="https://sfj.example.gov.cn/"
)


@dataclass
class Office:
    """An archive of one bureau."""

    db: Database

    def capture(self, url: str, at: datetime, sha256: str) -> int:
        place = captures.WarcPlace("a.warc.gz", 0, 1)
        return captures.add(
            self.db, url=url, captured_at=at, status=200, sha256=sha256, size=7, place=place, revisit_of=None, rendered=False
        )

    def report(self, url: str = URL) -> int:
        report = archive.add_report(self.db, bureau_id="minhang", watch_id="minhang/gzzj", now=NOW)
        frontier.register(
            self.db, key=url.removeprefix("https://"), url=url, role="report", bureau_id="minhang", watch_id="minhang/gzzj",
            name=TITLE, listed=None, silent=False, now=NOW,
        )  # fmt: skip
        self.db.conn.execute("UPDATE address SET report_id = ? WHERE url = ?", [report, url])
        return report

    def version(
        self,
        report: int,
        body: Sequence[str],
        *,
        title: str = TITLE,
        published: date | None = date(2021, 2, 18),
        twice: bool = False,
    ) -> None:
        number = len(archive.versions(self.db, report)) + 1
        at = NOW + timedelta(days=number)
        first = self.capture(URL, at - timedelta(minutes=15), f"first{number}") if twice else None
        archive.add_version(
            self.db, report, recipe=2, fingerprint=f"2:{report}.{number}", title=title, published=published,
            published_from="label", source="上海市闵行区司法局", body=body, attachments=[(f"{URL}.xlsx", "统计表")],
            capture_id=self.capture(URL, at, f"sha{number}"), now=at, first_capture_id=first,
        )  # fmt: skip

    def event(self, kind: EventKind, report: int | None, before: int | None, after: int | None, *, url: str = URL) -> EventRow:
        event_id = archive.add_event(
            self.db, at=NOW, kind=kind.value, bureau_id="minhang", watch_id="minhang/gzzj", report_id=report, url=url,
            title=TITLE, significance=Significance.FIGURE.value, summary="一行", from_version=before, to_version=after,
        )  # fmt: skip
        found = archive.event(self.db, event_id)
        assert found is not None
        return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    db = open_archive(tmp_path / "a.db")
    with writing(db):
        yield Office(db)


def edited() -> tuple[str, ...]:
    return tuple(paragraph.replace("共新收行政复议案件226件", "共新收行政复议案件236件") for paragraph in BODY)


def test_a_revised_report_is_told_with_its_figure_its_section_and_the_hashes_of_both_looks(office: Office) -> None:
    report = office.report()
    office.version(report, BODY)
    office.version(report, edited(), twice=True)
    told = letter_event(office.db, office.event(EventKind.REVISED, report, 1, 2), BUREAU, base_url="")
    assert [(line.old, line.new, line.delta) for line in told.figures] == [("226件", "236件", "+4.4%")]
    assert "复议" in told.figures[0].indicator
    assert told.figures[0].section
    assert told.old is not None
    assert told.new is not None
    assert told.new.first_evidence is not None
    assert [told.old.evidence.sha256, told.new.first_evidence.sha256, told.new.evidence.sha256] == ["sha1", "first2", "sha2"]
    assert (told.bureau, told.region, told.report_kind, told.page_url) == ("闵行区司法局", "上海市/闵行区", "工作总结", "")
    assert "226件→236件" in opened(letter(told))["Subject"]
    for text in parts(letter(told)):
        assert all(sha in text for sha in ("sha1", "first2", "sha2"))


def test_a_new_report_is_told_with_its_outline_and_key_figures(office: Office) -> None:
    report = office.report()
    office.version(report, BODY)
    told = letter_event(office.db, office.event(EventKind.PUBLISHED, report, None, 1), BUREAU, base_url="https://w.example/")
    assert told.outline[0].text.startswith("一、统筹谋划")
    assert {line.level for line in told.outline} <= {1, 2}
    assert 3 <= len(told.figures) <= KEY_FIGURES
    assert all(line.old == "" and line.delta == "" for line in told.figures)
    assert [link.name for link in told.attachments] == ["统计表"]
    assert told.page_url == f"https://w.example/events/{told.event_id}"
    assert told.changes == ()


def test_key_figures_stand_beside_last_years_where_the_archive_has_its_report(office: Office) -> None:
    last = office.report("https://sfj.example.gov.cn/gzzj/2019.html")
    office.version(last, LAST_YEAR, title=TITLE.replace("2020", "2019"), published=date(2020, 1, 20))
    report = office.report()
    office.version(report, BODY)
    told = letter_event(office.db, office.event(EventKind.PUBLISHED, report, None, 1), BUREAU, base_url="")
    beside = {line.new: (line.old, line.delta) for line in told.figures if line.old}
    assert beside["226件"] == ("158件", "+43.0%")


@pytest.mark.parametrize(
    ("title", "published"),
    [
        pytest.param(TITLE.replace("2020", "2018"), date(2020, 1, 20), id="of another year"),
        pytest.param("2019年闵行区司法局行政工作计划", date(2020, 1, 20), id="of another kind"),
        pytest.param(TITLE.replace("2020", "2019"), date(2021, 2, 17), id="published a day before"),
    ],
)
def test_no_other_report_is_taken_for_last_years(office: Office, title: str, published: date) -> None:
    other = office.report("https://sfj.example.gov.cn/gzzj/other.html")
    office.version(other, LAST_YEAR, title=title, published=published)
    report = office.report()
    office.version(report, BODY)
    told = letter_event(office.db, office.event(EventKind.PUBLISHED, report, None, 1), BUREAU, base_url="")
    assert not any(line.old for line in told.figures)


def test_a_change_that_last_years_report_contradicts_is_told_written_out(office: Office) -> None:
    last = office.report("https://sfj.example.gov.cn/gzzj/2019.html")
    office.version(last, LAST_YEAR, title=TITLE.replace("2020", "2019"), published=date(2020, 1, 20))
    report = office.report()
    office.version(report, ("一、工作", "全年共新收行政复议案件226件，同比上升50%。"))
    told = letter_event(office.db, office.event(EventKind.PUBLISHED, report, None, 1), BUREAU, base_url="")
    assert len(told.checks) == 1
    assert "226件" in told.checks[0].relation
    assert "158件" in told.checks[0].relation


def test_a_change_that_the_text_itself_contradicts_is_told(office: Office) -> None:
    report = office.report()
    office.version(report, ("一、工作", "全年收案由622件减为205件，下降50%。"))
    told = letter_event(office.db, office.event(EventKind.PUBLISHED, report, None, 1), BUREAU, base_url="")
    assert len(told.checks) == 1
    assert "205件" in told.checks[0].relation


@pytest.mark.parametrize("kind", [EventKind.WITHDRAWN, EventKind.REPLACED])
def test_what_is_absent_has_a_last_version_and_none_that_is_there_now(office: Office, kind: EventKind) -> None:
    report = office.report()
    office.version(report, BODY)
    told = letter_event(office.db, office.event(kind, report, 1, 1), BUREAU, base_url="")
    assert told.old is not None
    assert (told.old.number, told.new, told.changes) == (1, None, ())


def test_what_came_back_unchanged_has_one_version_and_no_changes(office: Office) -> None:
    report = office.report()
    office.version(report, BODY)
    told = letter_event(office.db, office.event(EventKind.RESTORED, report, 1, 1), BUREAU, base_url="")
    assert told.new is not None
    assert (told.old, told.new.number, told.changes) == (None, 1, ())


def test_an_event_of_no_report_and_of_a_bureau_in_no_seed_is_told_all_the_same(office: Office) -> None:
    event = office.event(EventKind.OVERDUE, None, None, None)
    told = letter_event(office.db, event, None, base_url="")
    assert (told.bureau, told.region, told.old, told.new) == ("minhang", "", None, None)
    assert event_line(event, None, base_url="").summary == "一行"


def test_a_changed_attachment_is_proved_by_the_hash_of_its_file(office: Office) -> None:
    report = office.report()
    office.version(report, BODY)
    url = "https://sfj.example.gov.cn/gzzj/t.xlsx"
    frontier.register(
        office.db, key="sfj.example.gov.cn/gzzj/t.xlsx", url=url, role="attachment", bureau_id="minhang",
        watch_id="minhang/gzzj", name="统计表", listed=None, silent=False, now=NOW,
    )  # fmt: skip
    capture = office.capture(url, NOW, "file1")
    office.db.conn.execute("UPDATE address SET capture_id = ? WHERE url = ?", [capture, url])
    event = office.event(EventKind.ATTACHMENT_CHANGED, report, None, None, url=url)
    proofs.keep_file(office.db, event.id, "sfj.example.gov.cn/gzzj/t.xlsx")
    later = office.capture(url, NOW, "file2")
    office.db.conn.execute("UPDATE address SET capture_id = ? WHERE url = ?", [later, url])
    told = letter_event(office.db, event, BUREAU, base_url="")
    assert told.file is not None
    assert told.file.sha256 == "file1"
    assert "file1" in parts(letter(told))[0]
