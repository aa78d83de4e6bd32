"""A browser is started for pages that say nothing without their scripts, and for no others."""

from __future__ import annotations

import pytest

from spiders.page import parse_page
from spiders.rendered import is_script_built, is_shell

MENU = "".join(f'<li><a href="/c{n}/">栏目名称{n}</a></li>' for n in range(60))
SCRIPT = '<script src="/js/app.js"></script>'
TEXT = "<p>" + "为规范行政执法行为，现将有关事项公告如下。" * 15 + "</p>"


@pytest.mark.parametrize(
    ("body", "script_built", "shell"),
    [
        (f"<ul>{MENU}</ul><div id='app'></div>{SCRIPT}", True, True),
        (f"<div id='app'></div><script>load({{id: 1}})</script><noscript>{TEXT}</noscript>", True, True),
        (f"<ul>{MENU}</ul><div>{TEXT}</div>{SCRIPT}", True, False),
        (f"<ul>{MENU}</ul><div>{TEXT}</div>", False, False),
        (f"<ul>{MENU}</ul><div id='app'></div>", False, False),
        ("<script>  </script>", False, False),
    ],
)
def test_a_shell_has_scripts_and_next_to_no_words_of_its_own(body: str, *, script_built: bool, shell: bool) -> None:
    page = parse_page("https://sfj.example.gov.cn/a.html", f"<html><body>{body}</body></html>")
    assert is_script_built(page) is script_built
    assert is_shell(page) is shell
