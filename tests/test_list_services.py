"""What no honest list service sends: every one of it is unreadable, and said to be so."""

from __future__ import annotations

import pytest

from spiders.failures import PageUnreadable
from spiders.page import Page, parse_page
from spiders.reading import families
from tests.list_services import HOST, SERVICES

HOSTILE = {
    "nothing": "",
    "a stub of thirteen bytes": '{"code":"403"',
    "a challenge": "[1,2",
    "a list": "[]",
    "a failure": '{"success":false,"msg":"系统繁忙","data":null}',
    "no rows": '{"success":true,"data":{"html":"","results":[],"total":0},"articles":[],"custom":{"data":[],"total":0}}',
    "other kinds": '{"success":1,"data":{"html":5,"results":"x","total":[]},"articles":{"a":1},"custom":7,"classify":[]}',
    "rows of other kinds": '{"success":true,"data":{"html":["x"],"results":[1,null,"a",[]]},"articles":[1,null],"custom":{"data":[1]}}',
    "rows without an address": '{"data":{"html":"<p>无</p>","results":[{"title":"a"}]},"articles":[{"title":"a","url":7}],"custom":{"data":[{"title":"a"}]}}',
    "addresses that lead nowhere": '{"data":{"html":"<li><a href=\'javascript:x()\'>a</a></li>","results":[{"title":"a","url":"javascript:x()"}]},'
    '"articles":[{"title":"a","url":"data:text/html,x"}],"custom":{"data":[{"title":"a","infourl":"http://[::1"}]}}',
    "a deep nest": '{"data":' * 60_000,
    "a deep list": '{"data":' + "[" * 60_000 + "]" * 60_000 + "}",
    "a number without end": '{"data":{"total":' + "9" * 6_000 + "}}",
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", SERVICES)
def test_an_answer_that_holds_no_rows_is_unreadable_and_says_what_came(name: str, kind: str) -> None:
    with pytest.raises(PageUnreadable) as raised:
        families()[name].listing(Page(SERVICES[name], HOSTILE[kind] or "{"))
    assert len(raised.value.detail) < 400


@pytest.mark.parametrize("name", SERVICES)
def test_half_a_character_in_an_answer_does_not_spread(name: str) -> None:
    title, url = "第\\ud800一号\\u0000通知", "/art/2026/3/1/art_1_1.html"
    row = f'{{"title":"{title}","url":"{url}","infourl":"{url}"}}'
    markup = f"<ul><li><a href='{url}'>{title}</a><b>2026-03-01</b></li></ul>"
    answer = f'{{"data":{{"html":"{markup}","results":[{row}]}},"articles":[{row}],"custom":{{"data":[{row}]}}}}'
    for entry in families()[name].listing(parse_page(SERVICES[name], answer)).entries:
        assert "\x00" not in entry.title
        assert entry.title.encode()
        assert entry.url == HOST + url


@pytest.mark.parametrize("name", ["ucap", "gkmlpt", "epoint"])
def test_rows_that_are_no_list_are_said_to_be_none(name: str) -> None:
    answer = '{"data":{"results":"abc"},"articles":"abc","custom":{"data":"abc"}}'
    with pytest.raises(PageUnreadable, match=r"expected a list in .*, found 5 characters"):
        families()[name].listing(parse_page(SERVICES[name], answer))
