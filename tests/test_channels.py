"""Notes through Apprise and to group robots: real requests to loopback, each outcome judged, no address ever logged."""

from __future__ import annotations

import json
import logging
import sys
import threading
from pathlib import Path
from typing import Any

import apprise
import pytest

from crawler.deliver.channels import AppriseMissing, ChannelUnusable, _meant, _Said, fitted, kind_of, send_note
from crawler.deliver.delivery import Cause, Deferred, Delivery, InDoubt, Refused, Sent
from tests.hook_receivers import Receiver, breaking, receiving, unaccepting
from tests.tls_sites import context, identity, tls_site

TITLE, TEXT = "[修订] 闵行区司法局", "行政复议案件 226件 → 236件\n原文 https://www.shmh.gov.cn/1.html"
TOKEN = "t0ken9secret"


def address(receiver: Receiver, path: str = "/notify", scheme: str = "json") -> str:
    return f"{scheme}://reader:{TOKEN}@127.0.0.1:{receiver.port}{path}"


async def note(url: str, *, timeout_s: float = 10.0) -> Delivery:
    return await send_note(url, TITLE, TEXT, timeout_s=timeout_s)


async def test_json_is_sent_title_and_text_as_they_are() -> None:
    async with receiving((200, "")) as receiver:
        assert isinstance(await note(address(receiver)), Sent)
    [request] = receiver.requests
    sent = json.loads(request.body)
    assert (sent["title"], sent["message"]) == (TITLE, TEXT)


async def test_the_second_try_has_the_same_bytes() -> None:
    async with receiving((503, ""), (200, "")) as receiver:
        assert isinstance(await note(address(receiver)), Deferred)
        assert isinstance(await note(address(receiver)), Sent)
    assert receiver.requests[0].body == receiver.requests[1].body


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Sent),
        (400, Refused),
        (401, Refused),
        (404, Refused),
        (302, Deferred),
        (408, Deferred),
        (429, Deferred),
        (500, Deferred),
        (503, Deferred),
    ],
)
@pytest.mark.parametrize("scheme", ["json", "gotify", "xml"])
async def test_the_status_that_apprise_logs_tells_what_is_final(scheme: str, status: int, expected: type[Delivery]) -> None:
    url = address(Receiver(), f"/{TOKEN}", scheme)
    async with receiving((status, "")) as receiver:
        delivery = await note(url.replace(":0/", f":{receiver.port}/"))
    assert type(delivery) is expected
    assert len(receiver.requests) == 1


async def test_slack_redirected_to_loopback_has_one_note_and_a_wrong_token_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7"
    async with receiving((200, "ok"), (403, "invalid_token")) as receiver:
        monkeypatch.setattr(type(apprise.Apprise.instantiate(url)), "webhook_url", receiver.url("/services"))
        assert isinstance(await note(url), Sent)
        assert isinstance(await note(url), Refused)
    assert "226件" in json.dumps(json.loads(receiver.requests[0].body), ensure_ascii=False)
    assert receiver.requests[0].path == "/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7"


async def test_no_connection_waits() -> None:
    async with receiving((200, "")) as receiver:
        gone = address(receiver)
    with unaccepting() as port:
        for url in (gone, "json://hooks.bureau.invalid/", f"json://127.0.0.1:{port}/"):
            delivery = await note(url, timeout_s=0.8)
            assert isinstance(delivery, Deferred), url
            assert delivery.cause is Cause.UNREACHABLE


async def test_a_certificate_that_nobody_vouches_for_waits(tmp_path: Path) -> None:
    with tls_site(context(identity().write(tmp_path)), lambda _path, _whole: b"") as site:
        delivery = await note(f"jsons://{site.pair}/")
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.CERTIFICATE


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ntaken"])
async def test_a_connection_that_breaks_off_after_the_request_leaves_doubt(answer: bytes) -> None:
    with breaking(answer) as site:
        assert isinstance(await note(f"json://{site.pair}/"), InDoubt)
    assert len(site.asked) == 1


async def test_silence_leaves_doubt_whoever_loses_patience_first() -> None:
    with breaking(silent=True) as site:
        assert isinstance(await note(f"json://{site.pair}/", timeout_s=0.6), InDoubt)
    with breaking(b"HTTP/1.1 200 OK\r\nX: ", drip=b"y") as site:
        assert isinstance(await note(f"json://{site.pair}/", timeout_s=0.4), InDoubt)


@pytest.mark.parametrize("option", ["optional=yes", "retry=3", "overflow=split", "redirect=yes"])
async def test_options_of_an_address_cannot_break_our_promises(option: str) -> None:
    async with receiving((200, "")) as elsewhere, receiving((302, ""), headers={"Location": elsewhere.url()}) as receiver:
        delivery = await send_note(address(receiver) + f"?{option}&wait=0", TITLE, "很长的一行\n" * 20_000, timeout_s=10)
    assert isinstance(delivery, Deferred)
    assert (len(receiver.requests), len(elsewhere.requests)) == (1, 0)


async def test_a_text_that_is_too_long_for_a_service_is_one_note_cut_at_a_line_that_says_where_the_rest_is() -> None:
    text = "\n".join(f"第{number}行" for number in range(20_000))
    async with receiving((200, "")) as receiver:
        assert isinstance(await send_note(address(receiver), TITLE, text, rest_at="https://example.org/events/{21}"), Sent)
    [request] = receiver.requests
    lines = json.loads(request.body)["message"].split("\n")
    assert lines[:-1] == [f"第{number}行" for number in range(len(lines) - 1)]
    assert (
        lines[-1] == f"…（余 {20_001 - len(lines)} 行 / {20_001 - len(lines)} more lines: https://example.org/events/{{21}}）"
    )
    assert 32_000 < len("\n".join(lines)) <= 32_768


@pytest.mark.parametrize("status", [200, 401, 500])
async def test_no_part_of_an_address_is_told_or_logged(status: int, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "apprise", "urllib3"):
        caplog.set_level(logging.DEBUG, logger=name)
    async with receiving((status, f"bad key {TOKEN}")) as receiver:
        delivery = await note(address(receiver, f"/{TOKEN}?+x={TOKEN}"))
    assert len(receiver.requests) == 1
    assert TOKEN not in delivery.detail
    assert TOKEN not in caplog.text


def test_what_apprise_says_of_a_failure_is_told_without_any_part_of_the_address() -> None:
    url = f"json://{TOKEN}:p%40ssword@{TOKEN}.example.org/{TOKEN}?key=k3y-of-it"
    said = _Said(taken=False, lines=((logging.WARNING, f"{TOKEN} p%40ssword p@ssword k3y-of-it\r\n, error=401."),))
    assert _meant(said, "JSON", url) == Refused(401, "… … … … , error=401.")


async def test_logs_of_other_threads_go_on_and_afterwards_all_do(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="apprise")
    logger = logging.getLogger("apprise")
    with breaking(silent=True) as site:
        other = threading.Timer(0.2, logger.warning, ["of another thread"])
        other.start()
        await note(f"json://{site.pair}/", timeout_s=1.0)
        other.join()
    kind_of("json://localhost")
    logger.warning("afterwards")
    assert [record.message for record in caplog.records] == ["of another thread", "afterwards"]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"wecombot://{TOKEN}", "WeCom Bot"),
        (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}", "WeCom Bot"),
        (f"dingtalk://{TOKEN}", "DingTalk"),
        (f"feishu://{TOKEN}", "Feishu"),
        (f"https://open.larksuite.com/open-apis/bot/v2/hook/{TOKEN}", "Lark (Feishu)"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7", "Slack"),
        ("json://localhost", "JSON"),
    ],
)
def test_the_service_of_an_address_is_named(url: str, kind: str) -> None:
    assert kind_of(url) == kind


@pytest.mark.parametrize(
    "url", ["", TOKEN, f"nonsense://{TOKEN}", f"https://example.org/{TOKEN}", f"wecombot://!{TOKEN}!", f"slack://{TOKEN}"]
)
async def test_an_address_that_apprise_does_not_understand_is_refused_without_being_told(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ChannelUnusable, match=r"appriseit\.com/services") as refusal:
        kind_of(url)
    delivery = await note(url)
    assert isinstance(delivery, Refused)
    assert TOKEN not in f"{refusal.value}{delivery}{caplog.text}"


def test_an_address_with_several_targets_is_refused_as_some_could_have_a_note_twice() -> None:
    with pytest.raises(ChannelUnusable, match="names 2 targets; give each a"):
        kind_of("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7/#one/#two")


async def test_without_apprise_the_cure_is_told_and_the_note_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)  # as where it is not installed
    with pytest.raises(AppriseMissing, match=r"pip install 'bureauwatch\[channels\]'"):
        kind_of("json://localhost")
    delivery = await note("json://localhost")
    assert isinstance(delivery, Deferred)
    assert "pip install 'bureauwatch[channels]'" in delivery.detail


def test_apprise_is_not_imported_with_the_module() -> None:
    import subprocess  # noqa: PLC0415  for this one

    code = "import sys, crawler.deliver.channels; sys.exit('apprise' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[1]).returncode == 0


@pytest.mark.parametrize("most", range(30, 90))
def test_what_is_fitted_never_exceeds_and_whole_lines_stay(most: int) -> None:
    def size(text: str) -> int:
        return len(text.encode())

    text = "一二三\n四五六七八九十\n\n" + "长" * 40
    cut = fitted("标题", text, most, size, rest_at="")
    assert 0 < size(cut) <= most
    *kept, tail = cut.split("\n")
    whole: list[Any] = ["标题", *text.split("\n")]
    if "more lines" in tail and len(kept) > 1:
        assert kept == whole[: len(kept)]
        assert f"{len(whole) - len(kept)} more lines" in tail
    assert fitted("标题", "短", most, size, rest_at="") == "标题\n短"
