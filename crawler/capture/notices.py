"""Knows what refusals, maintenance pages, logins and soft 404s say of themselves. Pure; knows no status and no address."""

from __future__ import annotations

import re

from crawler.capture.glance import Glance
from spiders.failures import Failure

_SHORT_TEXT = 400  # characters; more than this outside links is a document, whatever words it uses
_MENU = 8  # links; a refusal offers no more ways on
_LISTED = 3  # dates outside links; a page with as many is a list

_CHALLENGE = re.compile(
    r"\$_ts\b|__jsl_clearance|__jsluid_|wzws[-_]|C3VK|acw_sc__v[23]|_\$jsvmprt|\bCT6TS?\b"
    r"|enable_[A-Za-z0-9]{10,40}=true|document\.cookie\s{0,3}=[^;]{1,300};[^<]{0,300}location\.(reload|href)",
    re.IGNORECASE,
)
_CHALLENGE_COOKIE = re.compile(rb"^(__jsl|wzws|C3VK|acw_sc|acw_tc|CT6T|enable_[A-Za-z0-9]{10,40})[^=\n]{0,60}=", re.MULTILINE)
_CAPTCHA = re.compile(
    r"验证码|人机(验证|校验)|滑动(验证|滑块)|安全验证|拖动(滑块|下方)|请(先)?完成验证|点击按钮进行验证|captcha", re.IGNORECASE
)
_TOO_OFTEN = re.compile(
    r"(访问|请求|操作)(过于频繁|太频繁|频率(过高|过快|超限))|访问(次数|量)(过多|超限)"
    r"|稍后再试.{0,20}频繁|too many requests|rate limit",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"(访问|请求|操作|行为)(已)?被(拒绝|阻断|拦截|禁止|阻止)|(网站|web应用|应用|云)(防火墙|防护)|\bWAF\b|已(被)?拦截"
    r"|拒绝访问|禁止访问|无权访问|没有权限"
    r"|(存在|检测到|疑似).{0,12}(攻击|威胁|恶意)|access (is )?denied|\bforbidden\b|request (was )?(blocked|rejected)",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"(正在|进行).{0,8}(维护|升级|改版|迁移|检修)|(维护|升级|改版|建设|检修)中"
    r"|暂停(对外)?(服务|访问)|系统(维护|升级)|网站(维护|升级|改版)|停机(维护|公告)"
    r"|(网站|站点)(已)?(暂时)?关闭|under (maintenance|construction)|(scheduled|temporarily) (maintenance|unavailable|down)",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"(页面|网页|内容|文章|信息|文件|栏目|资源|地址)"
    r"(已经?)?(不存在|已?(被)?删除|找不到|未找到|没(有)?找到|已下线|走丢|丢失|飞走)"
    r"|(找不到|未找到|没(有)?找到|无法找到)(该|此|您(要|所)?(访问|查找|请求)的|相(应|关)的)?\s?(页面|网页|文件|资源|内容)"
    r"|无法访问(该|此)?页面"
    r"|您(要|所)?(访问|查找|请求|浏览)的(页面|内容|网页|文章|信息|地址).{0,12}"
    r"(不存在|删除|找不到|出错|失效|下线|离家|丢|更名|移)"
    r"|^\W{0,3}404\b|\b404\W{0,5}(not found|error|页面|错误|出错)|\bnot found\b|页面出错",
    re.IGNORECASE,
)
_MISSING_TITLE = re.compile(
    r"\b404\b|not found|(页面|网页|内容|文章)(不存在|已删除|找不到|未找到)|(找不到|未找到|无法找到).{0,6}(页面|网页)",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"登\s?录|登\s?入|统一身份认证|用户名|login|sign in", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(发布(时间|日期)|成文(日期|时间)|来源)\s?[:：]?\s?[\[【(（]?\s?[^\s:：]{0,20}\s?(19|20)[0-9]{2}\s?[-年./]"
)
_DATE = re.compile(r"\b(19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}")
_SERVICE = ("{", "[", "<?xml", "<datastore", "<recordset")
_ROWS = ('"title"', '"url"', '"content"', "<record")


def is_challenge(text: str, cookies: bytes = b"") -> bool:
    """Whether a page that is not the one asked for carries the marks of a script challenge."""
    return bool(_CHALLENGE.search(text) or _CHALLENGE_COOKIE.search(cookies))


def says_captcha(page: Glance) -> bool:
    """Whether a page asks for a CAPTCHA."""
    return _says(_CAPTCHA, page)


def says_maintenance(page: Glance) -> bool:
    """Whether a page says that the site is being worked on."""
    return _says(_MAINTENANCE, page)


def says_missing(page: Glance) -> bool:
    """Whether a page says of itself that what was asked for is not there, be it below a long menu."""
    if _is_published(page) or len(_DATE.findall(page.prose[:2000])) >= _LISTED or len(page.prose) >= _SHORT_TEXT:
        return False
    if len(page.title) <= 40 and _MISSING_TITLE.search(page.title):
        return True
    return len(page.prose) < _SHORT_TEXT // 2 and bool(_MISSING.search(page.prose))


def notice_on(page: Glance, text: str, cookies: bytes = b"") -> Failure | None:
    """What a page with status 200 says of itself in the place of what was asked for; None where it may be that page.

    Args:
        page: what a glance at it shows.
        text: its markup, or a list service's JSON.
        cookies: what the answer set, one below the other.
    """
    if _is_service(text):
        return None if names_rows(text) else _from_service(text)
    if len(page.prose) >= _SHORT_TEXT or _is_published(page):
        return None
    is_blank = not page.words and page.has_script
    if (len(page.words) < _SHORT_TEXT and _CHALLENGE.search(text)) or (is_blank and _CHALLENGE_COOKIE.search(cookies)):
        return Failure.CHALLENGE
    failure = _from_words(page) if page.links <= _MENU else None
    return failure or (Failure.NOT_FOUND if says_missing(page) else None)


def names_rows(text: str) -> bool:
    """Whether this is a list service's answer, and speaks of rows."""
    return _is_service(text) and any(name in text.lower() for name in _ROWS)


def _from_words(page: Glance) -> Failure | None:
    """What a short page without a menu says."""
    for pattern, failure in (
        (_TOO_OFTEN, Failure.CAPTCHA if _says(_CAPTCHA, page) else Failure.RATE_LIMITED),
        (_CAPTCHA, Failure.LOGIN if page.asks_password else Failure.CAPTCHA),
        (_BLOCKED, Failure.FORBIDDEN),
    ):
        if _says(pattern, page):
            return failure
    if page.asks_password and _says(_LOGIN, page):
        return Failure.LOGIN
    return Failure.MAINTENANCE if _says(_MAINTENANCE, page) and not says_missing(page) else None


def _is_service(text: str) -> bool:
    return text[:200].lstrip("\ufeff \t\r\n").startswith(_SERVICE)


def _from_service(text: str) -> Failure | None:
    """A list service's answer that names no row but says why."""
    if len(text) >= _SHORT_TEXT:
        return None
    for pattern, failure in (
        (_TOO_OFTEN, Failure.RATE_LIMITED),
        (_CAPTCHA, Failure.CAPTCHA),
        (_BLOCKED, Failure.FORBIDDEN),
        (_MAINTENANCE, Failure.MAINTENANCE),
    ):
        if pattern.search(text):
            return failure
    return None


def _says(pattern: re.Pattern[str], page: Glance) -> bool:
    if len(page.words) >= _SHORT_TEXT and page.links <= _MENU:
        return bool(pattern.search(page.title))
    return bool(pattern.search(page.words) or pattern.search(page.title))


def _is_published(page: Glance) -> bool:
    """Positive evidence of a document: the meta tags of one, or the line that says when and by whom it was published."""
    return page.is_document or bool(_PUBLISHED.search(page.words[:3000]))
