"""What a webhook says: valid by its schema, complete, the same bytes each time, and exact."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crawler.deliver import letter_content
from crawler.deliver.webhook_body import as_json
from tests.hook_receivers import CONTENTS, revised

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "webhook.md").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads((DOCS / "webhook.schema.json").read_text(encoding="utf-8"))


def told(content: letter_content.Content, *, shortened: bool = False) -> bytes:
    return as_json(
        content,
        message_id="<4f3a9f86d081884c7d65.archive@example.org>",
        archive="9f86",
        recipient="webhook:desk",
        shortened=shortened,
    )


@pytest.mark.parametrize("shortened", [False, True], ids=["whole", "shortened"])
@pytest.mark.parametrize("name", CONTENTS)
def test_every_content_is_valid_by_the_schema(name: str, *, shortened: bool) -> None:
    body = told(CONTENTS[name], shortened=shortened)
    jsonschema.validate(json.loads(body), SCHEMA, format_checker=jsonschema.FormatChecker())
    assert told(CONTENTS[name], shortened=shortened) == body


@pytest.mark.parametrize("name", CONTENTS)
def test_the_schema_allows_no_key_more_and_none_less(name: str) -> None:
    for place in objects(json.loads(told(CONTENTS[name]))):
        whole = json.loads(told(CONTENTS[name]))
        found: Any = whole
        for step in place:
            found = found[step]
        for changed in ({**found, "surplus": 1}, dict(list(found.items())[1:])):
            assert not valid(put(whole, place, changed)), place


def objects(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every object within."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [
        *([place] if isinstance(value, dict) else []),
        *(deeper for key, one in steps for deeper in objects(one, (*place, key))),
    ]


def put(whole: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    whole = json.loads(json.dumps(whole))
    at = whole
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return whole


def valid(body: Any) -> bool:
    return bool(jsonschema.Draft202012Validator(SCHEMA).is_valid(body))


def test_the_schema_is_one_and_no_object_in_it_is_open() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    closed = [one for one in [SCHEMA, *SCHEMA["$defs"].values()] if one["additionalProperties"] is False]
    assert len(closed) == 1 + len(SCHEMA["$defs"])
    assert [key for one in closed for key in one["properties"] if key not in one["required"]] == []


def test_an_event_tells_every_field_that_a_letter_has() -> None:
    event = json.loads(told(revised()))["data"]
    assert set(event) == {field.name for field in dataclasses.fields(letter_content.LetterEvent)}
    for shape in (letter_content.LetterVersion, letter_content.FigureLine, letter_content.FailedCheck, letter_content.Absence):
        assert {field.name for field in dataclasses.fields(shape)} in [set(one) for one in inner(event)]
    assert {field.name for field in dataclasses.fields(letter_content.IssueLine)} == set(
        json.loads(told(CONTENTS["open"]))["data"]["issues"][0]
    )
    assert event["changes"][0]["spans"][1] == ["replace", "226件", "236件"]
    assert event["new"]["evidence"] == {"sha256": "cd" * 32, "captured_at": "2026-03-05T08:20:07Z", "size": 41_870}


def inner(event: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [one for value in event.values() if isinstance(value, list) for one in value]
    return [one for one in [*event.values(), *lists] if isinstance(one, dict)]


def test_the_envelope_tells_type_time_and_whom() -> None:
    whole = json.loads(told(CONTENTS["digest"]))
    data = whole.pop("data")
    assert whole == {
        "schema": "bureauwatch.webhook/1",
        "type": "digest.daily",
        "timestamp": "2026-03-05T08:20:07Z",
        "message_id": "4f3a9f86d081884c7d65.archive@example.org",
        "archive": "9f86",
        "recipient": "webhook:desk",
        "shortened": False,
    }
    assert data["event_count"] == 2
    types = [json.loads(told(content))["type"] for content in CONTENTS.values()]
    assert types == ["event.revised", "digest.daily", "digest.backlog", "storm", "health", "issues.open", "issues.open"]


def test_a_time_is_told_in_utc_whatever_its_zone_and_refused_without_one() -> None:
    beijing = replace(revised(), at=datetime.fromisoformat("2026-03-05T16:20:07+08:00"))
    assert told(beijing) == told(revised())
    with pytest.raises(ValueError, match="has no time zone"):
        told(replace(revised(), at=datetime(2026, 3, 5, 8, 20, 7)))  # noqa: DTZ001  the point


def test_texts_stand_as_the_page_has_them_but_for_what_utf8_cannot_hold() -> None:
    title = '总结\u202e"</script>\u200b\0\n😀\ud800。'
    assert json.loads(told(replace(revised(), title=title)))["data"]["title"] == title.replace("\ud800", "\ufffd")


def test_a_shortened_body_is_bounded_and_says_how_much_there_was() -> None:
    digest = CONTENTS["digest"]
    assert isinstance(digest, letter_content.Digest)
    many = replace(digest, lines=[*digest.lines] * 2_500, detailed=[*digest.detailed] * 10)
    whole, short = told(many), told(many, shortened=True)
    data = json.loads(short)["data"]
    assert (len(json.loads(whole)["data"]["events"]), len(data["events"]), data["event_count"]) == (5_000, 100, 5_000)
    assert len(short) < 100_000
    assert len(whole) > 1_000_000
    event = json.loads(told(revised(), shortened=True))["data"]
    assert (event["changes"], event["outline"], len(event["figures"])) == ([], [], 1)


def test_the_docs_tell_every_key_of_the_envelope_and_make_a_secret_that_can_be_used() -> None:
    assert set(SCHEMA["properties"]) <= set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE))
    assert "base64.b64encode(os.urandom(32)).decode()" in PAGE
    assert "(webhook.schema.json)" in PAGE
