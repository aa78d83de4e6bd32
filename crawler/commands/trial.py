"""The short letter, note or body with which `test-mail` tries a way. Keeps and sends nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Final

from crawler.deliver.letter_content import Health, WatchCount
from crawler.deliver.webhook_body import as_json
from crawler.schedule.couriers import server_of
from storage.records import LetterRow

_TITLE: Final = "[测试] bureauwatch 通知设置可用"
_TEXT: Final = "收到这封信，说明通知设置可用。\n\nThis letter shows that the settings work.\n"


def trial(recipient: str, sender: str) -> LetterRow:
    """A letter for one try, in the form that its recipient takes.

    A webhook gets a body of its own format, so that its receiver need know no other: a health letter that tells nothing.

    Args:
        recipient: an e-mail address, channel:NAME or webhook:NAME.
        sender: the address that letters come from; "" where there is no mail server.
    """
    now = datetime.now(UTC)
    message_id = make_msgid(idstring="test", domain=sender.rpartition("@")[2] or "bureauwatch.invalid")
    if recipient.startswith("webhook:"):
        nothing = Health(opened=(), healed=(), watches=WatchCount(fine=0, need_you=0, never_read=0))
        message = as_json(nothing, message_id=message_id, archive="test", recipient=recipient)
    elif recipient.startswith("channel:"):
        message = json.dumps({"title": _TITLE, "text": _TEXT}, ensure_ascii=False).encode()
    else:
        message = _letter(recipient, sender, message_id, now)
    return LetterRow(
        id=0,
        recipient=recipient,
        server=server_of(recipient),
        form="single",
        language="zh",
        subscription="",
        message_id=message_id,
        message=message,
        short=message,
        shortened=False,
        state="trying",
        attempts=0,
        created_at=now,
        tried_since=now,
        next_attempt_at=now,
        blame="letter",
        sent_at=None,
        last_error="",
    )


def _letter(recipient: str, sender: str, message_id: str, now: datetime) -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = sender, recipient, _TITLE
    letter["Date"], letter["Message-ID"] = format_datetime(now), message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(_TEXT, cte="base64")
    return letter.as_bytes()
