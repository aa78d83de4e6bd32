"""The labels and set phrases of letters, in Chinese and in English. Knows no event and no layout."""

from __future__ import annotations

from typing import Final

from crawler.deliver.wording import Words

# --- one event
CHANGED: Final = Words("改动", "What changed")
FIGURES_CHANGED: Final = Words("改动的数据", "Figures that changed")
KEY_FIGURES: Final = Words("主要数据", "Key figures")
KEY_FIGURES_BESIDE: Final = Words("主要数据与上年对照", "Key figures beside last year's")
CHECKS_FAILED: Final = Words("未通过的核算", "Sums that do not come out")
CHECKS_NOTE: Final = Words(
    "以上由报告自身的数字算得，仅供核对，不表示数字有误。",
    "Worked out from the report's own figures, to be verified; it does not say which figure is wrong.",
)
OUTLINE: Final = Words("目录", "Outline")
OPENING: Final = Words("开头", "Opening")
SOURCES: Final = Words("原文与出处", "Original and source")
ATTACHMENTS: Final = Words("附件", "Attachments")
EVIDENCE: Final = Words("证据", "Evidence")
INDICATOR: Final = Words("指标", "Figure")
BEFORE: Final = Words("原", "Before")
NOW: Final = Words("现", "Now")
LAST_YEAR: Final = Words("上年", "Last year")
THIS_YEAR: Final = Words("本年", "This year")
DELTA: Final = Words("变化", "Change")
OLD: Final = Words("原", "old")
NEW: Final = Words("现", "new")
OLD_VERSION: Final = Words("旧版", "Old")
NEW_VERSION: Final = Words("新版", "New")
LEGEND_HTML: Final = Words("删除线为旧文，下划线为新文。", "Struck through: old words. Underlined: new words.")
LEGEND_TEXT: Final = Words("旧文作 [-旧-]，新文作 {+新+}。", "Old words are [-old-], new ones {+new+}.")
ABSENCE_NOTE: Final = Words(
    "本通知只说明我们访问该地址的结果，不说明原因，也不表示发布机关作了何种处理。",
    "This states what we could fetch and what not; it says nothing about why.",
)
OVERDUE_NOTE: Final = Words(
    "本通知只说明所读栏目中未见该报告，不表示其未以其他方式公开。",
    "This states what the columns that we read show; the report may be public elsewhere.",
)
EDITS: Final = {
    "edited": Words("修改", "Edited"),
    "added": Words("新增段落", "Added"),
    "removed": Words("删去段落", "Removed"),
    "moved": Words("移动段落", "Moved"),
    "split": Words("一段拆成几段", "Split"),
    "merged": Words("几段合成一段", "Merged"),
}

# --- facts
SOURCE: Final = Words("来源", "Source")
PUBLISHED: Final = Words("发布日期", "Published")
REPORT_KIND: Final = Words("报告类别", "Kind of report")
VERSION: Final = Words("版本", "Version")
NATURE: Final = Words("改动性质", "Nature")
NOTICED: Final = Words("发现时间", "Noticed")
ORIGINAL: Final = Words("原文", "Original")
ATTACHMENT: Final = Words("附件", "Attachment")
FILE: Final = Words("附件文件", "The file")
COLUMN: Final = Words("栏目", "Column")
FORMER_ADDRESS: Final = Words("原地址", "Former address")
PRESENT_ADDRESS: Final = Words("现地址", "Present address")
OUR_PAGE: Final = Words("本系统页面", "Our page")
CAPTURED: Final = Words("抓取于", "Captured")
FIRST_LOOK: Final = Words("首次读取于", "First look")
SECOND_LOOK: Final = Words("复核读取于", "Second look")
COLON: Final = Words("：", ": ")
NONE: Final = Words("（无）", "(none)")

# --- many events
ALL_EVENTS: Final = Words("全部变化", "All changes")
THE_OTHERS: Final = Words("其余变化", "All other changes")
IN_FULL: Final = Words("最重要的变化", "The weightiest in full")
KIND: Final = Words("类别", "Kind")
REPORT: Final = Words("报告与地址", "Report and address")
WHAT: Final = Words("内容", "What")
NO_REGION: Final = Words("地区不详", "Region unknown")
NOTHING: Final = Words("没有变化。", "Nothing changed.")
LONG: Final = Words(
    "本邮件较长，有的邮箱只显示前一部分；完整内容可在邮件中选择查看全文。",
    "This letter is long: some mail programs show its first part only, and the whole on request.",
)

# --- issues
NEEDING: Final = Words("需要您处理", "Needs you")
OPENED: Final = Words("新出现的问题", "New issues")
HEALED: Final = Words("已恢复", "Working again")
STILL_OPEN: Final = Words("仍未解决的问题", "Issues still open")
NO_ISSUES: Final = Words("没有未解决的问题。", "No issue is open.")
CURE: Final = Words("处理办法", "What to do")
SINCE: Final = Words("出现时间", "Since")
LAST_SEEN: Final = Words("最近一次", "Last seen")
ISSUE_CLASS: Final = Words("类别", "Class")
ADDRESS: Final = Words("地址", "Address")

# --- the foot
MARKERS: Final = Words(
    "注意：文中有不可见字符或改变文字方向的字符，均以 ⟦U+编码⟧ 标出。",
    "Note: invisible or direction-changing characters are shown as ⟦U+code⟧.",
)
TIMES: Final = Words(
    "时间均为北京时间（Asia/Shanghai，UTC+8）。本邮件由 bureauwatch 自动发出。",
    "Times are Asia/Shanghai (UTC+8). Sent automatically by bureauwatch.",
)
SHORTENED: Final = Words(
    "收件服务器不收较大的邮件，以上只列要点。完整内容见原文，或运行 bureauwatch events 查看。",
    "The mail server refused a larger letter: these are the essentials. For the rest see the original, or run"
    " `bureauwatch events`.",
)
