"""Takes off a body's head and tail what the template put there. Never touches a line between two of the text's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import partial, reduce

from spiders.dates import dates_in, first_date
from spiders.fetched import AttachmentLink
from spiders.lines import SAYS_TEXT, Line
from spiders.metadata import shown_source, title_length

_LONGEST_NOISE = 160  # characters; a longer line is text whatever it holds
_COUNTED = "浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击数|点击量|点击次数|点击率|点击|访问次数|访问量|人气"
_PIECES = re.compile(
    r"[\s|｜【】\[\]()（）<>《》/]+"
    rf"|(?=(?:(?:信息|文章|稿件)来源|(?<![息章件])来源|作者|(?:发布|发表|更新)(?:时间|日期)|{_COUNTED}|字体|字号|责任编辑|(?<!责任)编辑|责编|监制|审核|校对|审校|初审|复审|终审|排版)[:：∶])"
)
_SPACED = re.compile(  # 打 印
    "(?<![\u4e00-\u9fff])(?<![\u4e00-\u9fff] )([\u4e00-\u9fff])[ \u3000]([\u4e00-\u9fff])(?! ?[\u4e00-\u9fff])"
)
_LABELLED = re.compile(
    r"(?:信息来源|文章来源|稿件来源|来源|作者|发布时间|发布日期|发表时间|更新时间|发布机构|发布单位|发布人|信息索引号?|索引号|"
    rf"{_COUNTED}|"
    r"字体大小|字体|字号|责任编辑|责编|编辑|审核|校对|审校|初审|复审|终审|排版|主编|总编|监制|(?:文章|信息|稿件)?录入(?:人|者)?|供稿|分享到|分享至|分享|所属栏目|栏目|分类|标签)[:：∶].{0,60}"
)
_DATED_COUNT = re.compile(rf"(?:19|20)\d\d\s?[-./年]\s?\d{{1,2}}[^。；！？]{{0,60}}(?:{_COUNTED})[:：∶]\s?\d{{0,9}}\s?次?\s?$")
_WORDS = re.compile(
    r"(?:打印|打印本页|打印本文|打印文章|打印页面|关闭|关闭窗口|关闭本页|关闭页面|收藏|加入收藏|收藏本页|纠错|我要纠错|分享|分享到|"
    r"返回|返回顶部|返回列表|返回上一页|[大中小]字[号体]|返回首页|返回上页|返回上一级|后退|顶部|回到顶部|置顶|TOP↑?|top↑?|视力保护色|保存|下载|下载本文|查看评论|发表评论|我要评论|推荐给好友|告诉好友|发送给好友|语音播报|语音朗读|手机(?:扫码)?(?:阅读|浏览|查看)|微信|微博|新浪微博|朋友圈|QQ空间|复制链接|朗读|"
    r"扫一扫|扫一扫在手机打开当前页|扫一扫在手机打开当前页面|手机扫一扫|用手机打开本页)[:：]?"
)
_SIZES = re.compile(
    r"[\s|｜【】\[\]()（）/·、]{0,4}(?:[特超]?大|中|小|默认)(?:[\s|｜【】\[\]()（）/·、]{1,8}(?:[特超]?大|中|小|默认)){1,4}[\s|｜【】\[\]()（）/]{0,4}"
)
_GOES_BACK = re.compile(r"关闭|返回|后退|顶部|置顶|top", re.IGNORECASE)
_WEAK = re.compile(
    r"(?:大|中|小|大中小|特大|默认|次|人|发布于|字体|字号|时间|日期|[0-9:：.,\-]{1,20}|(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:时间|日期)[:：].{0,30})[:：]?"
)
_BREADCRUMB = re.compile(r"(?:您?(?:现在|当前|目前)?(?:所在)?(?:的)?位置|首页)\s{0,4}(?:是\s{0,2})?[:：>»]")
_TURN = re.compile(
    r"[<【\[]?\s{0,4}(?:[上下前后]一(?:篇|条|页)(?:文章|新闻|信息)?|[上下](?:篇|条)(?=\s{0,4}[:：]))\s{0,4}(?:[】\]:：>]|$)"
)
_TURN_REACH = 8  # lines from the end in which 上一篇 may begin the tail
_RELATED = re.compile(r"[【\[]?(?:相关|推荐|热点|延伸)(?:链接|信息|阅读|新闻|文章|文档|稿件|报道|推荐|解读)[】\]]?[:：]?")
_ATTACHMENT_CAPTION = re.compile(r"[【\[]?\s{0,4}(?:相关)?附\s{0,4}件\s{0,4}(?:下载|列表)?\s{0,4}[0-9]{0,2}[】\]]?[:：.、]?\s*")
_DISCLAIMER = re.compile(r"[【\[]?\s{0,4}(?:免责声明|版权声明|特别声明|郑重声明)")
_SENTENCES = re.compile(
    r"^本(?:网站|站)(?!讯)|^(?:您|你)?(?:访问的链接)?(?:即将|正在)离开|离开“|版权归|转载.{0,20}(?:须|注明|授权)"
    r"|(?:浏览器|脚本).{0,20}(?:禁用|启用|开启|版本|支持)|^(?:全部|最新|热门|精彩|网友|发表|我要|我来)?评论|登录后|智能(?:问答|助手|客服)"
    r"|对(?:您|你)有(?:所)?帮助吗|^(?:您|你).{0,20}(?:有用|有帮助|满意)吗[？?]|(?:打开|下载)(?:“[^”]{1,20}”)?(?:客户端|APP|App)[，,]?.{0,20}(?:体验|阅读|查看|立即)"
    r"|^(?:说明|提示|注意|备注|温馨提示|声明)[:：]\s?本(?:库|站|网|平台|系统|页|栏目)|^[【\[]?(?:导读|内容概述|内容摘要|核心提示)[】\]:：|\s]"
)
_SHORT_SENTENCES = re.compile(r"扫一[扫下]|扫码|二维码|朋友圈|满意度(?:调查|评价)|是否满意")
_LONGEST_SHORT = 40  # characters; a text may speak of codes and surveys at more length
_RECORD = re.compile(
    r"[·•【\[]?(?:信息)?(?:索引号?|索取号|生成日期|发文机关|发文字号|主题分类|组配分类|体裁分类|公开类别|公开方式|公开范围)[】\]]?(?:[:：|]|$)"
)
_FIELD_NAME = re.compile(
    r"(?:(?:信息|文章|稿件)?来源|作者|标题|浏览(?:量|次数)|(?:发布|发表|更新|成文|开始|结束|截止|征集|生效)?(?:时间|日期)"
    r"|(?:发布|发文|起草|征集)(?:机构|机关|单位|部门)|(?:征集|当前)?状态|(?:参与|征集)?(?:人数|条数)"
    r"|索引号|文号|发文字号|有效性|主题分类|公开方式|关键词)[:：]?"
)
_LONGEST_DATE_LINE = 60  # characters
_IN_FIGURES = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}")
_MARKS = frozenset("。；！？，;!?,")
_DATE_WORDS = re.compile(r"[年月日]|星期[一二三四五六日天]|上午|下午|原创|来源|日期|时间")
_LONGEST_SENTENCE = 120  # characters; a longer line is text whatever it holds
_OFFER = re.compile(r"点击|下载|查看|预览|打开|附件")
_CLOSE = re.compile(
    r"[-—=_*·.…]{5,}|[\W_]{0,20}(?:END|end|End|(?:已经?)?到底了|没有更多了?|(?:全文|正文)?(?:完|结束))[\W_]{0,20}"
)
_EMPTY = re.compile(
    r"(?:暂无|暂时没有|没有任何|没有|无)(?:相关)?(?:附件|留言|评论|数据|记录|解读|回复|文档|文件|文章|信息|图片)[。！!]?"
)
_ONLY_NUMBERED = re.compile(r"[\W\d_]*")


def without_noise(
    lines: Sequence[Line],
    title: str,
    attachments: Collection[AttachmentLink],
    *,
    published: date | None = None,
    source: str = "",
) -> tuple[str, ...]:
    """The paragraphs of a body, without what its template says before and after them.

    Off the head come the title once more, the line of source and date, the tools (字体 大 中 小, 打印, 关闭), the breadcrumb;
    off the tail the tools, 上一篇 and 下一篇, lists of related links, and captions that only list the attachments.

    Args:
        lines: the container's lines.
        title: the report's title.
        attachments: what the report links to; a line that only names them is no text.
        published: its date, and
        source: what the page names as its source: a line at the head that says nothing else is the template's.
    """
    names = {_squeezed(link.name) for link in attachments}
    kept = list(lines)
    while kept and (
        count := title_length(kept, title)
        if _is_only_title(kept, title)
        else _field_length(kept) or int(_is_head_noise(kept[0]) or _is_date_line(kept[0].text, published, source))
    ):
        del kept[:count]
    kept = kept[: _tail_begins(kept)]
    is_noise = partial(_is_tail_noise, names=names)
    while kept and is_noise(kept[-1]):
        kept.pop()
    return tuple(line.text for line in kept)


def is_turn(text: str) -> bool:
    """Whether this line leads to the report before or after (上一篇, 下一篇): no body goes on behind it."""
    return _TURN.match(text) is not None


def is_head(line: Line) -> bool:
    """Whether a line between title and text is the template's: breadcrumb, fields, a date, a label and its value."""
    text = line.text
    if len(text) > _LONGEST_NOISE:
        return False
    if _is_head_noise(line) or _field_length([line]) or _FIELD_NAME.fullmatch(text) or shown_source(text):
        return True
    return len(text) <= _LONGEST_DATE_LINE and any(True for _ in dates_in(text)) and _MARKS.isdisjoint(text)


def is_closing(line: Line) -> bool:
    """Whether these are the tools below a text: links, and one of them to close the window, to go back or to the top."""
    text = line.text
    is_link = 2 * line.linked > sum(character.isalnum() for character in text) > 0
    return is_link and _GOES_BACK.search(text[:_LONGEST_NOISE]) is not None and is_tool_line(text)


def is_related(text: str) -> bool:
    """Whether this is the heading of links to other reports."""
    return _RELATED.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a line is what sites print beside every report: the 信息公开 block, a survey, a disclaimer, a dialogue."""
    if len(text) > _LONGEST_SENTENCE:
        return False
    is_short = len(text) <= _LONGEST_SHORT and _SHORT_SENTENCES.search(text) is not None
    return is_short or any(found(text) for found in (_DISCLAIMER.match, _SENTENCES.search)) or _is_record(text)


def _is_record(text: str) -> bool:
    """Whether this is a line of the 信息公开 block (索引号, 发文机关, 公开类别 …)."""
    return _RECORD.match(_squeezed(text)) is not None


def _is_only_title(lines: Sequence[Line], title: str) -> bool:
    """Whether the first lines spell the title and nothing but a date beside it."""
    rest = _squeezed("".join(line.text for line in lines[: title_length(lines, title)])).removeprefix(_squeezed(title))
    return title_length(lines, title) > 0 and (len(rest) <= 24 and (not rest or any(True for _ in dates_in(rest))))


def _field_length(lines: Sequence[Line]) -> int:
    """How many of the first lines are a field that a template prints: a label and its value in a list, or a row of them."""
    first, second = lines[0], lines[1] if len(lines) > 1 else None
    if first.block.tag == "dt" and second is not None and second.block.tag == "dd":
        return 2 * (_FIELD_NAME.fullmatch(first.text) is not None)
    cells = first.text.removesuffix(" |").split(" | ")  # the last value may be missing
    is_row = first.block.tag == "tr" and " | " in first.text and len(cells) % 2 == first.text.endswith(" |")
    return int(is_row and all(_FIELD_NAME.fullmatch(_squeezed(label)) for label in cells[::2]))


def _is_head_noise(line: Line) -> bool:
    return len(line.text) <= _LONGEST_NOISE and (
        _BREADCRUMB.match(line.text) is not None
        or SAYS_TEXT.fullmatch(line.text) is not None
        or is_tool_line(line.text)
        or _is_record(line.text)
        or _DATED_COUNT.match(line.text) is not None
    )


def _is_date_line(text: str, published: date | None, source: str) -> bool:
    """Whether a line says the date of publication, perhaps the source, and nothing else."""
    if len(text) > _LONGEST_DATE_LINE or published is None or first_date(text) != published:
        return False
    rest = _DATE_WORDS.sub("", text.replace(source, "") if source else text)
    # In figures only templates print a day; a text says 2024年3月1日, and may do so in its first line.
    return _ONLY_NUMBERED.fullmatch(rest) is not None or (_IN_FIGURES.search(text) is not None and _MARKS.isdisjoint(text))


def _tail_begins(lines: Sequence[Line]) -> int:
    """Where 上一篇/下一篇 or a list of related links begins that runs to the end; else the number of lines."""
    for position in range(max(0, len(lines) - _TURN_REACH), len(lines)):
        if is_turn(lines[position].text) or (position > 0 and is_closing(lines[position])):
            return position
    position = len(lines)
    while position > 0 and _is_all_link(lines[position - 1]):
        position -= 1
    if 0 < position < len(lines) and _RELATED.fullmatch(lines[position - 1].text):
        return position - 1
    return len(lines)


def _is_tail_noise(line: Line, names: Collection[str]) -> bool:
    text = line.text
    is_template = (
        is_tool_line(text)
        or _RELATED.fullmatch(text)
        or _CLOSE.fullmatch(text)
        or _EMPTY.fullmatch(text)
        or (len(text) <= _LONGEST_NOISE and (_DISCLAIMER.match(text) or _SENTENCES.search(text)))
    )
    return bool(is_template) or _only_names_attachments(line, names)


def _only_names_attachments(line: Line, names: Collection[str]) -> bool:
    caption = _ATTACHMENT_CAPTION.match(line.text)
    longest_first = sorted(names, key=len, reverse=True)
    # A caption may be a part of the link's own text (附件1：名单.doc) or stand before it.
    for said, captioned in ((line.text, False), (line.text[caption.end() :], True)) if caption else ((line.text, False),):
        rest = _squeezed(said)
        without_names = reduce(lambda text, name: text.replace(name, ""), longest_first, rest)
        if (captioned or without_names != rest) and _ONLY_NUMBERED.fullmatch(_OFFER.sub("", without_names)):
            return bool(names)
    return False


def is_tool_line(text: str) -> bool:
    """Whether every piece of a line is the template's own: at least one surely, the others at least possibly."""
    if len(text) > _LONGEST_NOISE:
        return False
    if _SIZES.fullmatch(text):
        return True
    pieces = [piece for piece in _PIECES.split(_SPACED.sub(r"\1\2", text)) if piece]
    sure = [bool(_LABELLED.fullmatch(piece) or _WORDS.fullmatch(piece)) for piece in pieces]
    return any(sure) and all(known or _WEAK.fullmatch(piece) for known, piece in zip(sure, pieces, strict=True))


def _is_all_link(line: Line) -> bool:
    return line.linked >= 0.9 * len(line.text)


def _squeezed(text: str) -> str:
    return "".join(text.split())
