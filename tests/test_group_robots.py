"""Notes to the robots of group chats: what they say with every 200 is read, bytes are counted, no address is ever logged."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import apprise
import pytest

from crawler.deliver.channels import send_note
from crawler.deliver.delivery import Deferred, Delivery, InDoubt, Refused, Sent, TooLarge
from crawler.deliver.group_robots import GroupRobot, send_to_robot
from tests.hook_receivers import AT, Receiver, breaking, dingtalk_sign, receiving

TITLE, TEXT = "[修订] 闵行区司法局", "行政复议案件 226件 → 236件\n原文 https://www.shmh.gov.cn/1.html"
TOKEN = "t0ken9secret"
OK = (200, '{"errcode":0,"errmsg":"ok","code":0,"msg":"success"}')
ROBOTS = {"wecom": "wecombot://{0}", "dingtalk": "dingtalk://{0}", "feishu": "feishu://{0}", "lark": "lark://{0}"}


async def note(url: str) -> Delivery:
    return await send_note(url, TITLE, TEXT, timeout_s=10)


def at_loopback(receiver: Receiver, robot: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A robot's address as a person writes it, with the service's own host set to loopback."""
    place = {"wecom": "?key={key}", "dingtalk": "?access_token={token}", "feishu": "{token}/", "lark": ""}[robot]
    monkeypatch.setattr(
        type(apprise.Apprise.instantiate(ROBOTS[robot].format(TOKEN))), "notify_url", receiver.url("/robot/") + place
    )
    return ROBOTS[robot].format(TOKEN)


@pytest.mark.parametrize("robot", ROBOTS)
async def test_a_robot_is_sent_title_and_text(robot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving(OK) as receiver:
        assert isinstance(await note(at_loopback(receiver, robot, monkeypatch)), Sent)
    [request] = receiver.requests
    sent = json.loads(request.body)
    assert (sent.get("text") or sent["content"])[
        {"wecom": "content", "dingtalk": "content"}.get(robot, "text")
    ] == f"{TITLE}\n{TEXT}"
    assert sent.get("msgtype", sent.get("msg_type")) == "text"
    assert TOKEN in request.path


@pytest.mark.parametrize(
    ("robot", "said", "expected"),
    [
        ("wecom", '{"errcode":93000,"errmsg":"invalid webhook url"}', Refused),
        ("wecom", '{"errcode":45009,"errmsg":"api freq out of limit"}', Deferred),
        ("wecom", '{"errcode":40058,"errmsg":"text.content exceed max length 2048"}', TooLarge),
        ("dingtalk", '{"errcode":300001,"errmsg":"token is not exist"}', Refused),
        ("dingtalk", '{"errcode":310000,"errmsg":"keywords not in content"}', Refused),
        ("dingtalk", '{"errcode":-1,"errmsg":"系统繁忙"}', Deferred),
        ("feishu", '{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}', Refused),
        ("feishu", '{"code":19024,"msg":"Key Words Not Found"}', Refused),
        ("feishu", '{"code":99999,"msg":"?"}', Deferred),
        ("lark", '{"code":19021,"msg":"sign match fail"}', Refused),
        ("feishu", "<html>sign in to the network</html>", InDoubt),
        ("feishu", '{"code":true}', InDoubt),
        ("feishu", "[" * 2_000, InDoubt),
        ("wecom", "[]", InDoubt),
    ],
)
async def test_a_robot_that_answers_200_is_judged_by_what_it_says(
    robot: str, said: str, expected: type[Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiving((200, said)) as receiver:
        delivery = await note(at_loopback(receiver, robot, monkeypatch))
    assert type(delivery) is expected
    assert len(receiver.requests) == 1


async def test_a_robot_that_answers_400_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving((400, '{"code":9499,"msg":"Bad Request"}')) as receiver:
        delivery = await note(at_loopback(receiver, "feishu", monkeypatch))
    assert isinstance(delivery, Refused)
    assert "Bad Request" in delivery.detail


@pytest.mark.parametrize(("robot", "most"), [("wecom", 2_048), ("dingtalk", 20_000), ("feishu", 20_000)])
async def test_a_note_to_a_robot_is_cut_by_bytes_and_not_by_characters(
    robot: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiving(OK) as receiver:
        await send_note(at_loopback(receiver, robot, monkeypatch), TITLE, "行政复议案件\n" * 3_000)
    [request] = receiver.requests
    sent = json.loads(request.body)
    text = sent["text"]["content"] if robot == "wecom" else request.body.decode()
    assert most * 0.9 < len(text.encode()) <= most
    assert "more lines）" in text


async def test_a_dingtalk_robot_with_a_secret_is_signed_and_names_people(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving(OK) as receiver:
        at_loopback(receiver, "dingtalk", monkeypatch)
        secrets = [f"SEC{number:03}" for number in range(8)]  # some signature has a + or a /
        for secret in secrets:
            await note(f"dingtalk://{secret}@{TOKEN}/13800138000")
    queries = [parse_qs(urlsplit(request.path).query) for request in receiver.requests]
    assert [query["sign"] for query in queries] == [
        [dingtalk_sign(secret, query["timestamp"][0])] for secret, query in zip(secrets, queries, strict=True)
    ]
    assert abs(int(queries[0]["timestamp"][0]) / 1_000 - datetime.now(UTC).timestamp()) < 3_600
    assert json.loads(receiver.requests[0].body)["at"]["atMobiles"] == ["13800138000"]


async def test_a_robot_waits_without_a_connection_and_is_in_doubt_without_an_answer() -> None:
    with breaking() as site:
        assert isinstance(await send_to_robot(GroupRobot("wecom", site.url()), TEXT, timeout_s=5, at=AT), InDoubt)
    async with receiving(OK) as receiver:
        gone = GroupRobot("wecom", receiver.url())
    assert isinstance(await send_to_robot(gone, TEXT, timeout_s=5, at=AT), Deferred)


@pytest.mark.parametrize("status", [200, 401, 500])
@pytest.mark.parametrize("robot", ROBOTS)
async def test_no_part_of_a_robots_address_is_told_or_logged(
    robot: str, status: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("", "apprise", "urllib3"):
        caplog.set_level(logging.DEBUG, logger=name)
    async with receiving((status, f"bad key {TOKEN}")) as receiver:
        delivery = await note(at_loopback(receiver, robot, monkeypatch))
    assert len(receiver.requests) == 1
    assert TOKEN not in delivery.detail
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(GroupRobot("wecom", TOKEN, TOKEN))
