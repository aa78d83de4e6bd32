"""Blocks of fields above a report (索引号, 发布机构, 文号) as China's governments set them: a table for tests. Written by us."""

from __future__ import annotations

from tests.page_heads import H1, TEXT, Head, N, T, head, items, table

PUDONG = {
    "index_number": "SY-310115-2023-01992",
    "document_number": "浦司〔2023〕12号",
    "publisher": "浦东新区司法局",
    "category": "主动公开",
}
SONGJIANG = {
    "index_number": "SJ-2024-00018",
    "topic": "司法行政",
    "publisher": "松江区司法局",
    "document_number": "沪松司〔2024〕3号",
}
GOV = {
    "index_number": "000014349/2024-00012",
    "topic": "司法、监察\\司法",
    "publisher": "国务院",
    "document_number": "国令第777号",
}

BLOCKS = [
    Head(
        "浦东",
        head()
        + table(
            "索引号：/SY-310115-2023-01992/文件编号：/浦司〔2023〕12号",
            "发布机构：/浦东新区司法局/公开类别：/主动公开",
            "发布时间：/2023-03-29",
        )
        + H1
        + TEXT,
        "2023-03-29 label",
        "浦东新区司法局",
        fields=PUDONG,
    ),
    Head(
        "浦东 2025, empty values",
        head()
        + "<div><span>索引号</span></div><div>发布机构</div><div>浦东新区司法局</div><div>公开类别</div><div>主动公开</div><div>发布时间</div><div>2025-03-31</div>"
        + H1
        + TEXT,
        "2025-03-31 label",
        "浦东新区司法局",
        fields={"publisher": "浦东新区司法局", "category": "主动公开"},
    ),
    Head(
        "宝山",
        head()
        + items(
            "所属类目：工作报告",
            "主题分类：司法",
            "体裁：报告",
            "发布日期：2024-03-05",
            "发文字号：宝司[2024]2号",
            "发文日期：2024-03-01",
            "公开类别：主动公开",
            "机构名称：宝山区司法局",
        )
        + H1
        + TEXT,
        "2024-03-05 label",
        "宝山区司法局",
        written="2024-03-01 label",
        fields={
            "topic": "司法",
            "genre": "报告",
            "document_number": "宝司[2024]2号",
            "category": "主动公开",
            "publisher": "宝山区司法局",
        },
    ),
    Head(
        "松江",
        head()
        + "<dl><dt>索引号：</dt><dd>SJ-2024-00018</dd><dt>主题分类：</dt><dd>司法行政</dd><dt>公开主体：</dt><dd>松江区司法局</dd><dt>发文字号：</dt><dd>沪松司〔2024〕3号</dd>"
        "<dt>成文日期：</dt><dd>2024-03-01</dd><dt>发布日期：</dt><dd>2024-03-05</dd></dl>" + H1 + TEXT,
        "2024-03-05 label",
        "松江区司法局",
        written="2024-03-01 label",
        fields=SONGJIANG,
    ),
    Head(
        "青浦",
        head(T, PubDate="2024-04-01") + H1 + items("无", "主动公开", "无", "上海市青浦区司法局", "2024.03.19") + TEXT,
        "2024-03-19 block",
        "上海市青浦区司法局",
        fields={"category": "主动公开", "publisher": "上海市青浦区司法局"},
    ),
    Head(
        "青浦 on one line",
        head() + H1 + "<div>无 / 主动公开 / 无 / 上海市青浦区司法局 / 2024.03.19</div>" + TEXT,
        "2024-03-19 block",
        "上海市青浦区司法局",
        fields={"category": "主动公开", "publisher": "上海市青浦区司法局"},
    ),
    Head(
        "gov.cn",
        head()
        + table(
            "索 引 号：/000014349/2024-00012".replace("/2024", "&#47;2024"),
            "主题分类：/司法、监察\\司法",
            "发文机关：/国务院/成文日期：/2024年02月26日",
            f"标　　题：/{T}",
            "发文字号：/国令第777号/发布日期：/2024年03月05日",
        )
        + H1
        + TEXT,
        "2024-03-05 label",
        "国务院",
        written="2024-02-26 label",
        fields=GOV,
    ),
    Head(
        "blanks in labels, th and td",
        head()
        + "<table><tr><th>索 引 号</th><td>2026-02-00018</td><th>发 布 机 构</th><td>某市司法局</td></tr><tr><th>文　　号</th><td>无</td><th>发布日期</th><td>2026-02-05</td></tr></table>"
        + H1
        + TEXT,
        "2026-02-05 label",
        "某市司法局",
        fields={"index_number": "2026-02-00018", "publisher": "某市司法局"},
    ),
    Head(
        "a run of spans",
        head()
        + "<p><span>索引号：</span><span>AB0001</span><span>发布机构：</span><span>某市司法局</span><span>文号：</span><span>某司（2024）5号</span><span>有效性：</span><span>有效</span></p>"
        + H1
        + TEXT,
        "",
        "某市司法局",
        fields={"index_number": "AB0001", "publisher": "某市司法局", "document_number": "某司（2024）5号", "validity": "有效"},
    ),
    Head(
        "below the title, labels without colons",
        head()
        + H1
        + items(
            "<b>索引号</b><i>AB0001</i>",
            "<b>发文字号</b><i>某司【2024】5号</i>",
            "<b>成文日期</b><i>2024-03-01</i>",
            "<b>有效性</b><i>失效</i>",
        )
        + TEXT,
        "",
        written="2024-03-01 label",
        fields={"index_number": "AB0001", "document_number": "某司【2024】5号", "validity": "失效"},
    ),
    Head(
        "a number alone under the title",
        head(N, PubDate="2024-03-05") + f"<h1>{N}</h1><p>沪司规〔2021〕3号</p><p>各区司法局：</p>" + TEXT,
        "2024-03-05 meta",
        title=N,
        fields={"document_number": "沪司规〔2021〕3号"},
    ),
    Head(
        "the block's number beats the head's",
        head(N) + items("文号：沪司规〔2022〕9号", "索引号：A12") + f"<h1>{N}</h1><p>沪司规〔2021〕3号</p>" + TEXT,
        title=N,
        fields={"document_number": "沪司规〔2022〕9号", "index_number": "A12"},
    ),
    Head(
        "a number in a sentence is another's",
        head(N) + f"<h1>{N}</h1><p>根据沪司规〔2021〕3号文件要求，现予公布。</p>" + TEXT,
        title=N,
    ),
    Head(
        "marked in the title",
        head(N + "（已废止）") + f"<h1>{N}（已废止）</h1>" + TEXT,
        title=N + "（已废止）",
        fields={"validity": "已废止"},
    ),
    Head("marked on a line", head(N) + f"<h1>{N}</h1><div>该文件已失效</div>" + TEXT, title=N, fields={"validity": "已失效"}),
    Head(
        "labels whose values are missing",
        head(N) + table("索引号：/ /发布机构：/ ", "文号：/ ") + f"<h1>{N}</h1>" + TEXT,
        title=N,
    ),
    Head(
        "a list of documents is no block",
        head() + H1 + table("文号/名称/发布日期", "甲〔2020〕1号/甲办法/2020-01-01", "乙〔2021〕2号/乙办法/2021-01-01") + TEXT,
    ),
]
