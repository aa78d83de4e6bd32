"""The judge tells refusals, empty shells and soft 404s from pages; a report's own words never condemn it."""

from __future__ import annotations

from typing import Any, Self

import pytest

from crawler.capture.glance import glance
from crawler.capture.judge import Answer, judge
from crawler.demo.documents import manuscripts
from spiders.failures import Failure
from spiders.fetched import Role
from tests.refusals import GENUINE, REFUSALS, Refusal

HOME = "https://sfj.example.gov.cn/"
DEEP = "https://sfj.example.gov.cn/fzzf/20250326/a.html"
MENU = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(20))
PAGE = f"<html><head><title>通知</title></head><body><ul>{MENU}</ul><p>{'关于开展工作的通知。' * 60}</p></body></html>"


def answer(
    body: str = PAGE,
    *,
    status: int = 200,
    role: Role = "report",
    asked: str = DEEP,
    answered: str | None = None,
    conditional: bool = False,
) -> Answer:
    return Answer(role, asked, answered or asked, status, body.encode(), conditional, HOME)


def short(text: str, title: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><div class='box'>{text}</div>{'<!-- pad -->' * 40}</body></html>"


@pytest.mark.parametrize(
    ("given", "failure"),
    [
        (answer(), None),
        (answer(status=404), Failure.NOT_FOUND),
        (answer(status=410), Failure.NOT_FOUND),
        (answer(status=403), Failure.FORBIDDEN),
        (answer(short("请完成验证码"), status=403), Failure.CAPTCHA),
        (answer(status=412), Failure.CHALLENGE),
        (answer(status=521), Failure.CHALLENGE),
        (answer("<script>$_ts={};</script>", status=202), Failure.CHALLENGE),
        (answer("<html><script>var $_ts=window['$_ts'];</script></html>" + " " * 300), Failure.CHALLENGE),
        (answer(status=429), Failure.RATE_LIMITED),
        (answer(status=500), Failure.HTTP_ERROR),
        (answer(status=503), Failure.HTTP_ERROR),
        (answer(short("网站维护中"), status=503), Failure.MAINTENANCE),
        (answer(status=999), Failure.HTTP_ERROR),
        (answer(short("网站维护中，请稍后访问")), Failure.MAINTENANCE),
        (answer(short("系统升级，暂停服务")), Failure.MAINTENANCE),
        (answer(short("您的访问过于频繁，请稍后再试")), Failure.RATE_LIMITED),
        (answer(short("请拖动滑块完成安全验证")), Failure.CAPTCHA),
        (answer(short("您的请求被拦截", "网站防火墙")), Failure.FORBIDDEN),
        (answer(short("抱歉，您访问的页面不存在")), Failure.NOT_FOUND),
        (answer(short("出错了", "404 Not Found")), Failure.NOT_FOUND),
        (answer(""), Failure.EMPTY_BODY),
        (answer("<html><body>ok</body></html>"), Failure.EMPTY_BODY),
        (answer(answered=HOME), Failure.REDIRECTED_HOME),
        (answer(answered="https://sfj.example.gov.cn/index.html"), Failure.REDIRECTED_HOME),
        (answer(answered="https://sfj.example.gov.cn/sso/login?next=a"), Failure.REDIRECTED_HOME),
        (answer(answered="https://sfj.example.gov.cn/fzzf/20250326/b.html"), None),
        (answer(asked=HOME, answered="https://sfj.example.gov.cn/index.html"), None),
        (answer("", status=304, conditional=True), None),
        (answer("", status=304), Failure.PROTOCOL),
        (answer("%PDF-1.4 tiny", role="attachment"), None),
        (answer(short("文件不存在", "404"), role="attachment"), Failure.NOT_FOUND),
    ],
)
def test_an_answer_is_judged(given: Answer, failure: Failure | None) -> None:
    verdict = judge(given)
    assert (verdict[0] if verdict else None) is failure


@pytest.mark.parametrize("words", ["网站维护", "验证码", "系统升级", "访问过于频繁", "页面不存在", "404", "人机验证"])
def test_a_long_text_may_use_any_word(words: str) -> None:
    body = f"<html><body><ul>{MENU}</ul><p>{'本局开展平台建设。' * 60}{words}</p></body></html>"
    assert judge(answer(body)) is None


@pytest.mark.parametrize("manuscript", manuscripts(), ids=lambda m: m.slug)
def test_no_report_of_the_replica_is_condemned_for_its_words(manuscript: object) -> None:
    document = manuscript.document  # type: ignore[attr-defined]
    body = f"<html><head><title>{document.title}</title></head><body><ul>{MENU}</ul>{''.join(f'<p>{p}</p>' for p in document.body)}</body></html>"
    assert judge(answer(body)) is None


def test_the_corpus_is_large_enough() -> None:
    assert len(REFUSALS) >= 60
    assert len(GENUINE) >= 20


@pytest.mark.parametrize("role", ["listing", "report"])
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.name)
def test_f025_f026_f027_f028_every_refusal_is_told_apart(refusal: Refusal, role: Role) -> None:
    given = Answer(
        role, DEEP, DEEP, refusal.status, refusal.page.encode(), conditional=False, home_url=HOME, cookies=refusal.cookies
    )
    verdict = judge(given)
    assert (verdict[0].value if verdict else None) == refusal.failure


@pytest.mark.parametrize("name", GENUINE)
def test_f026_f027_no_short_notice_is_taken_for_a_refusal(name: str) -> None:
    assert judge(answer(GENUINE[name])) is None
    assert judge(answer(GENUINE[name], role="listing")) is None


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_a_refusal_is_known_in_either_charset(charset: str) -> None:
    refusal = next(found for found in REFUSALS if found.name == "404-dressed")
    given = Answer("report", DEEP, DEEP, 200, refusal.page.encode(charset), conditional=False, home_url=HOME)
    assert judge(given) == (Failure.NOT_FOUND, judge(given)[1])  # type: ignore[index]


def test_every_refusal_has_a_hint_that_says_what_to_do() -> None:
    assert all(len(failure.hint) > 20 for failure in Failure)
    assert len({failure.hint for failure in Failure}) == len(Failure)


@pytest.mark.parametrize(
    "unit",
    [
        "<script>",
        "<!--",
        "<a ",
        "<",
        "<title>",
        "</",
        "<meta http-equiv=refresh content=",
        "location.href=",
        "&",
        "<a href=x>",
        "document.cookie=",
    ],
)
def test_a_page_costs_what_its_length_does(unit: str) -> None:
    """Counted, not timed: every search for a mark begins where the last one ended."""
    steps = []
    for length in (7_000, 14_000, 28_000):
        text = Counting(unit * (length // len(unit)))
        glance(text)
        steps.append(text.steps[0])
    assert steps[1] <= 2.2 * steps[0] + 50
    assert steps[2] <= 2.2 * steps[1] + 50


class Counting(str):  # noqa: SLOT000
    """A text that counts the characters its searches go over."""

    steps: list[int]

    def __new__(cls, text: str, steps: list[int] | None = None) -> Self:
        counting = super().__new__(cls, text)
        counting.steps = [0] if steps is None else steps
        return counting

    def translate(self, table: Any) -> Counting:
        return Counting(super().translate(table), self.steps)

    def find(self, mark: str, start: int = 0) -> int:  # type: ignore[override]
        found = super().find(mark, start)
        self.steps[0] += (found if found >= 0 else len(self)) - start + 1
        return found

    def __getitem__(self, part: Any) -> str:
        cut = super().__getitem__(part)
        self.steps[0] += len(cut)
        return cut
