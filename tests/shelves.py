"""A site whose every page a test can put up, change, hide and list as it likes, watched by the real command."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from storage import archive, issues
from storage.database import connect, writing
from storage.records import EventRow, IssueRow, ReportRow
from tests.long_list import LongList

TOPICS = (
    "行政复议案件办理", "人民调解组织建设", "社区矫正对象监管", "公共法律服务体系", "律师行业监督检查", "公证机构执业规范",
    "法律援助质量评查", "行政执法协调监督", "规范性文件审查", "普法依法治理", "仲裁机构登记管理", "司法鉴定机构准入",
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One report as its page shows it."""

    title: str
    body: tuple[str, ...]
    day: str = "2024-01-15"

    @classmethod
    def about(cls, number: int, *, year: int = 2023) -> Self:
        """A report on a matter of its own, of more than 300 characters, with two figures in it."""
        topic = TOPICS[number % len(TOPICS)]
        head = f"{year}年，全市{topic}工作取得新进展，共办理{topic}事项{100 + number * 7}件，同比增长{number + 3}%。"
        rest = tuple(
            f"{sign}、关于{topic}的第{step * 13 + number * 29}项措施。"
            + "".join(f"就{topic}之{chr(0x4E00 + number * 500 + step * 60 + at)}节作出安排，" for at in range(6))
            for step, sign in enumerate("一二三四")
        )
        return cls(f"某市司法局关于{year}年{topic}情况的报告", (head, *rest))

    def edited(self, old: str, new: str) -> Paper:
        """The same with some words changed in its body."""
        assert any(old in paragraph for paragraph in self.body), old
        return Paper(self.title, tuple(paragraph.replace(old, new) for paragraph in self.body), self.day)

    def page(self) -> str:
        """Its markup."""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in self.body)
        return (
            f"<html><head><title>{self.title}</title></head><body><h1>{self.title}</h1>"
            f'<p>发布时间：{self.day} 来源：某市司法局</p><div id="zoom">{text}</div></body></html>'
        )


@dataclass
class Shelf:
    """What the site shows. `answers` may hold what an address answers in turn; the last of them for ever."""

    papers: dict[str, Paper] = field(default_factory=dict)  # by path
    lists: dict[str, list[list[str]]] = field(default_factory=dict)  # column: pages of addresses as the page spells them
    faults: dict[str, int | str] = field(default_factory=dict)  # by path: a status, or the markup that comes instead
    in_turn: dict[str, list[Paper]] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """Status, content type, body."""
        status, page = self._page(address)
        return status, "text/html; charset=utf-8", page.encode()

    def visits(self, address: str) -> list[tuple[float, int]]:
        """When an address was asked for, monotonic seconds, and on which connection."""
        return [(at, port) for (at, asked), port in zip(self.asked, self.ports, strict=False) if asked == address]

    def _page(self, address: str) -> tuple[int, str]:
        path = address.partition("?")[0]
        if path == "/robots.txt":
            return 404, ""
        fault = self.faults.get(path)
        if fault is not None:
            return (200, fault) if isinstance(fault, str) else (fault, "<html><body>没有</body></html>")
        column, _, name = path.removeprefix("/").partition("/")
        if column in self.lists:
            return 200, self._list(column, int(name.partition("_")[2].partition(".")[0] or 1))
        turns = self.in_turn.get(path)
        if turns:
            return 200, (turns.pop(0) if len(turns) > 1 else turns[0]).page()
        paper = self.papers.get(path.removesuffix("index.html"))
        return (200, paper.page()) if paper is not None else (404, "<html><body>没有</body></html>")

    def _list(self, column: str, page: int) -> str:
        pages = self.lists[column]
        rows = "".join(self._row(href) for href in pages[page - 1])
        pager = f"<script>$('.pagination').pagination({{totalPage:{len(pages)},cur:{page}}})</script>"
        return (
            f'<html><body><h2>年度报告</h2><ul class="pageList">{rows}</ul><div class="pagination"></div>{pager}</body></html>'
        )

    def _row(self, href: str) -> str:
        paper = self.papers.get(href.partition("?")[0].removesuffix("index.html")) or Paper("某市司法局已撤下的报告", ())
        return f'<li><a href="{href}">{paper.title}</a><span>{paper.day}</span></li>'


class Watched(LongList[Shelf]):
    """The shelf and the watching folder; changes are looked at again after a fifth of a second, absences at once."""

    def __init__(self, folder: Path, shelf: Shelf, *, monitor: str = "", watch: str = "") -> None:
        super().__init__(folder, shelf, watch=watch)
        self.shelf, self._monitor = shelf, monitor

    def __enter__(self) -> Self:
        super().__enter__()
        file = self.folder / "bureauwatch.toml"
        monitor = f"[monitor]\nwithdrawal_hours = 0\nconfirm_after_s = 0.2\n{self._monitor}\n"
        file.write_text(file.read_text(encoding="utf-8") + monitor, encoding="utf-8")
        return self

    def crawl(self, times: int = 1) -> list[tuple[str, str]]:
        """Crawl, look at everything; kind and title of what that told."""
        before = len(self.told()) if (self.folder / "archive.db").exists() else 0
        for _ in range(times):
            self.run("crawl", "--all")
        return [(event.kind, event.title) for event in self.told()[before:]]

    def told(self) -> list[EventRow]:
        """All events so far."""
        return archive.events(self.db())

    def let_the_walk_be_overdue(self) -> None:
        """As if the whole list had been walked long ago."""
        db = connect(self.folder / "archive.db")
        with writing(db):
            db.conn.execute("UPDATE watch SET walked_at = '2020-01-01T00:00:00.000000Z'")
        db.close()

    def issues(self) -> list[IssueRow]:
        """The open ones."""
        return issues.opened(self.db())

    def reports(self) -> dict[str, ReportRow]:
        """All reports, by the title of their latest version."""
        return {version.title: report for report, version in archive.reports(self.db())}


def shelf_of(numbers: range, *, column: str = "list") -> Shelf:
    """A shelf with these reports at `/a/<number>.html`, all on one page of a column."""
    papers = {f"/a/{number}.html": Paper.about(number) for number in numbers}
    return Shelf(papers, {column: [list(papers)]})
