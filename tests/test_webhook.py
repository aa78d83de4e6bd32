"""Webhooks: signed, the same bytes at every try, each answer judged, and nothing secret in what is told of them."""

from __future__ import annotations

import base64
import logging
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.deliver.answer import Answer, without
from crawler.deliver.delivery import Cause, Deferred, Delivery, InDoubt, Refused, Sent, TooLarge
from crawler.deliver.posting import post
from crawler.deliver.webhook import Webhook, WebhookUnusable, send_json, signed_headers
from tests.hook_receivers import AT, breaking, receiving, signature_of, unaccepting
from tests.tls_sites import context, identity, tls_site

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
MESSAGE_ID = "<4f3a9f86d081884c7d65.archive@example.org>"
BODY = '{"title":"工作总结"}'.encode()
DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "webhook.md").read_text(encoding="utf-8")


async def send(url: str, *, timeout_s: float = 5.0) -> Delivery:
    return await send_json(Webhook(url, SECRET, timeout_s), MESSAGE_ID, BODY, at=AT)


async def test_a_receiver_that_computes_the_signature_itself_finds_the_same_one() -> None:
    async with receiving((200, "ok")) as receiver:
        assert isinstance(await send(receiver.url()), Sent)
    [request] = receiver.requests
    assert request.body == BODY
    assert request.headers["webhook-id"] == MESSAGE_ID.strip("<>")
    assert request.headers["webhook-timestamp"] == str(int(AT.timestamp()))
    assert request.headers["webhook-signature"] == signature_of(SECRET, request)
    assert request.headers["Content-Type"] == "application/json"


def test_the_signature_is_the_one_of_the_example_that_standard_webhooks_libraries_test_with() -> None:
    secret, at = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", datetime.fromtimestamp(1_614_265_330, UTC)
    headers = signed_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', at=at)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_the_second_try_has_the_same_id_and_bytes_and_a_new_time_and_signature() -> None:
    async with receiving((503, "later"), (200, "ok")) as receiver:
        hook = Webhook(receiver.url(), SECRET)
        assert isinstance(await send_json(hook, MESSAGE_ID, BODY, at=AT), Deferred)
        assert isinstance(await send_json(hook, MESSAGE_ID, BODY, at=AT + timedelta(hours=1)), Sent)
    first, second = receiver.requests
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 3_600
    assert [one.headers["webhook-signature"] for one in (first, second)] == [
        signature_of(SECRET, one) for one in (first, second)
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *[(status, Sent) for status in (200, 202, 204, 299)],
        *[(status, Deferred) for status in (408, 425, 429, 500, 502, 503, 504, 599)],
        *[(status, Refused) for status in (301, 307, 308, 400, 401, 403, 404, 410, 422)],
        (413, TooLarge),
    ],
)
async def test_an_answer_means_what_its_status_says(status: int, expected: type[Delivery]) -> None:
    async with receiving((status, "")) as receiver:
        delivery = await send(receiver.url())
    assert type(delivery) is expected
    assert len(receiver.requests) == 1
    assert str(status) in delivery.detail
    cause = Cause.FAULTY if status in {500, 502, 504, 599} else Cause.SERVER_NOT_NOW
    assert not isinstance(delivery, Deferred) or delivery.cause is cause


async def test_a_redirect_is_not_followed_and_its_cure_is_told() -> None:
    async with receiving((200, "")) as elsewhere, receiving((307, ""), headers={"Location": elsewhere.url()}) as receiver:
        delivery = await send(receiver.url())
    assert isinstance(delivery, Refused)
    assert "name the final address" in delivery.detail
    assert elsewhere.requests == []


async def test_a_connection_that_cannot_be_made_waits() -> None:
    async with receiving((200, "")) as receiver:
        gone = receiver.url()
    with unaccepting() as port:
        for url in (gone, f"http://127.0.0.1:{port}/"):
            delivery = await send(url, timeout_s=0.4)
            assert isinstance(delivery, Deferred)
            assert delivery.cause is Cause.UNREACHABLE


async def test_a_host_that_has_no_address_waits() -> None:
    delivery = await send("https://hooks.bureau.invalid/a-secret-path")
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.UNREACHABLE
    assert "a-secret-path" not in delivery.detail


async def test_a_certificate_that_nobody_vouches_for_waits_and_nothing_is_sent(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def keep(_path: str, whole: bytes) -> bytes:
        asked.append(whole)
        return b""

    with tls_site(context(identity().write(tmp_path)), keep) as site:
        delivery = await send(site.url(scheme="https"))
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.CERTIFICATE
    assert asked == []


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nContent-Le", b"no HTTP at all\r\n\r\n"])
async def test_a_connection_that_breaks_off_before_the_head_of_an_answer_leaves_doubt(answer: bytes) -> None:
    with breaking(answer) as site:
        assert isinstance(await send(site.url()), InDoubt)
    assert len(site.asked) == 1


async def test_silence_after_the_request_leaves_doubt() -> None:
    with breaking(silent=True) as site:
        assert isinstance(await send(site.url(), timeout_s=0.3), InDoubt)


async def test_a_head_counts_though_its_body_breaks_off() -> None:
    with breaking(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ntaken") as site:
        delivery = await send(site.url())
    assert delivery == Sent("200 taken")


async def test_a_head_counts_though_its_body_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.deliver.posting._SAID_S", 0.2)
    with breaking(b"HTTP/1.1 410 Gone\r\nContent-Length: 99\r\n\r\nno more", silent=True) as site:
        delivery = await send(site.url())
    assert isinstance(delivery, Refused)
    assert delivery.detail.startswith("410 no more")


async def test_an_endless_answer_is_read_to_2_kb_and_told_on_one_bounded_line() -> None:
    async with receiving((500, "a\r\n\u202e\0" + "b" * 5_000_000)) as receiver:
        delivery = await send(receiver.url())
    assert len(delivery.detail) <= 300
    assert delivery.detail.startswith("500 a ⟦U+202E⟧ bbb")


async def test_of_an_answer_that_comes_in_pieces_2_kb_are_kept() -> None:
    pieces = b"".join(b"64\r\n" + b"x" * 100 + b"\r\n" for _ in range(50))
    with breaking(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces, silent=True) as site:
        answer = await post(site.url(), BODY, {}, timeout_s=5.0)
    assert answer == Answer(200, b"x" * 2_048)


@pytest.mark.parametrize("status", [200, 404, 500])
async def test_nothing_secret_is_told_or_logged(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with receiving((status, "no /services/T0KEN9-IN-PATH here, nor T0KEN9-IN-QUERY")) as receiver:
        hook = Webhook(receiver.url("/services/T0KEN9-IN-PATH?key=T0KEN9-IN-QUERY"), SECRET)
        delivery = await send_json(hook, MESSAGE_ID, BODY, at=AT)
    assert receiver.requests[0].path == "/services/T0KEN9-IN-PATH?key=T0KEN9-IN-QUERY"
    for line in (delivery.detail, repr(hook), caplog.text):
        assert "T0KEN9" not in line
        assert SECRET[6:] not in line


def test_of_an_address_with_a_password_neither_is_told() -> None:
    assert without("https://reader:pass-word@example.org/a", "reader:pass-word") == "…:…"


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        base64.b64encode(bytes(32)).decode(),
        "whsec_" + base64.b64encode(bytes(23)).decode(),
        "whsec_" + base64.b64encode(bytes(65)).decode(),
        "whsec_not base64 at all, though long enough for it",
        "whsec_" + base64.b64encode(bytes(32)).decode().replace("A", "A ", 1),
        "whsec_ünïcödé",
    ],
)
def test_a_secret_of_another_form_is_refused_without_being_told(secret: str) -> None:
    with pytest.raises(WebhookUnusable, match=r"base64 of 24 to 64 random bytes; make one: python") as refusal:
        Webhook("https://example.org/hook", secret)
    assert len(secret) < 7 or secret not in str(refusal.value)


@pytest.mark.parametrize("length", [24, 64])
def test_secrets_of_the_least_and_the_most_length_are_taken(length: int) -> None:
    Webhook("https://example.org/hook", "whsec_" + base64.b64encode(bytes(length)).decode())


@pytest.mark.parametrize(
    "url",
    ["", "example.org/hook", "ftp://example.org/", "https://", "http://example.org/SECRET9", "https://[::1", "https://a:b/"],
)
def test_an_address_that_is_none_or_not_encrypted_is_refused_without_being_told(url: str) -> None:
    with pytest.raises(WebhookUnusable, match="https://") as refusal:
        Webhook(url, SECRET)
    assert "SECRET9" not in str(refusal.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_http_is_for_this_machine_itself(host: str) -> None:
    assert Webhook(f"http://{host}:8080/hook", SECRET).url.startswith("http://")


@pytest.mark.parametrize(
    ("change", "genuine"),
    [
        ({}, True),
        ({"body": BODY + b" "}, False),
        ({"id": "another"}, False),
        ({"at": -301}, False),
        ({"at": 301}, False),
        ({"secret": 1}, False),
    ],
    ids=["genuine", "another body", "another id", "old", "of the future", "another secret"],
)
async def test_the_example_of_the_docs_verifies_what_we_send_and_nothing_else(change: dict[str, Any], *, genuine: bool) -> None:
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    space: dict[str, Any] = {}
    exec(compile(example, "docs/webhook.md", "exec"), space)
    at = datetime.fromtimestamp(time.time() + change.get("at", 0), UTC)
    async with receiving((200, "ok")) as receiver:
        await send_json(Webhook(receiver.url(), SECRET), MESSAGE_ID, BODY, at=at)
    [request] = receiver.requests
    headers = {**request.headers, **({"webhook-id": change["id"]} if "id" in change else {})}
    secret = "whsec_" + base64.b64encode(bytes(32)).decode() if "secret" in change else SECRET
    assert space["verified"](secret, headers, change.get("body", request.body)) is genuine
