"""Pages that stand in the place of the page asked for, in the shapes they are met in; and short notices that are none of them."""

from __future__ import annotations

from dataclasses import dataclass

PAD = "<!-- -->" * 40
MENU = "".join(f'<li><a href="/lm{n}/">栏目{n}</a></li>' for n in range(24))
FOOT = "<div class='footer'>主办单位：某某市司法局 备案号：某ICP备00000000号 网站标识码：0000000000 建议使用1024以上分辨率浏览</div>"


@dataclass(frozen=True)
class Refusal:
    """One answer, and the class it belongs to."""

    name: str
    failure: str
    page: str
    status: int = 200
    cookies: bytes = b""


def bare(words: str, title: str = "", head: str = "", tail: str = "") -> str:
    """A page without any menu."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body><div>{words}</div>{tail}{PAD}</body></html>"


def dressed(words: str, title: str = "某某市司法局") -> str:
    """A page in the site's own dress: menu above, footer below."""
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><ul>{MENU}</ul><div class='main'>{words}</div>{FOOT}</body></html>"


def notice(title: str, body: str, line: str = "发布时间：2025-03-26 来源：某某市司法局") -> str:
    """A genuine short notice of a small site, almost without menu."""
    return f"<html><head><title>{title}</title></head><body><a href='/'>首页</a><h1>{title}</h1><div class='xx'>{line}</div><div><p>{body}</p></div></body></html>"


_TS = "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;$_ts.cd='q';</script><script src='/4Qb/d.js'></script>"
_BIG = "<style>" + ".waf-box{margin:0 auto;color:#333}" * 280 + "</style>"  # makes a page of 10 kB

CHALLENGES = (
    Refusal("rs-412", "challenge", bare("", head=_TS), 412),
    Refusal("rs-202", "challenge", bare("", head=_TS), 202),
    Refusal("rs-400", "challenge", bare("", head=_TS), 400),
    Refusal("rs-200", "challenge", bare("", head=_TS)),
    Refusal("rs-412-bare", "challenge", "", 412),
    Refusal("rs-400-cookie", "challenge", "<html></html>", 400, b"enable_4hP2mQ9xTz7k=true; path=/"),
    Refusal("rs-200-cookie", "challenge", "<html><head><meta content='x7f'><script src='/a.js'></script></head><body></body></html>" + PAD, 200, b"enable_4hP2mQ9xTz7k=true; path=/"),
    Refusal("jsl-521", "challenge", "<script>document.cookie=('_')+('_')+('j')</script>", 521, b"__jsluid_h=1; path=/"),
    Refusal("jsl-521-second", "challenge", "<script>var go=function(){document.cookie='__jsl_clearance_s=1'}</script>", 521),
    Refusal("jsl-200", "challenge", bare("", tail="<script>document.cookie='__jsl_clearance=1;';location.href=location.pathname</script>")),
    Refusal("wzws-200", "challenge", bare("", tail="<script>var wzws_cid='a';</script>")),
    Refusal("wzws-please", "challenge", bare("Please enable JavaScript and refresh the page", tail="<script src='/WZWSRELw.js'></script><script>wzws-waf()</script>")),
    Refusal("c3vk", "challenge", "<html><script>document.cookie='C3VK=5f1a; path=/';window.location.reload()</script></html>".ljust(345)),
    Refusal("acw", "challenge", bare("", tail="<script>var arg1='A1B2';function setCookie(){document.cookie='acw_sc__v2='+x}</script>")),
    Refusal("acw-v3", "challenge", bare("", tail="<script>acw_sc__v3</script>")),
    Refusal("ct6t", "challenge", bare("", tail="<script>document.cookie='CT6T=1';location.reload()</script>")),
    Refusal("own-reload", "challenge", bare("请稍候", tail="<script>document.cookie='seen=1; path=/'; setTimeout(function(){location.reload()},10)</script>")),
    Refusal("jsvmp", "challenge", bare("", tail="<script>window._$jsvmprt=function(){}</script>")),
)  # fmt: skip

FIREWALLS = (
    Refusal("403-bare", "forbidden", "<html><h1>403 Forbidden</h1><hr>nginx</html>", 403),
    Refusal("401", "forbidden", bare("Unauthorized"), 401),
    Refusal("451", "forbidden", bare("不可用"), 451),
    Refusal(
        "waf-10k",
        "forbidden",
        bare(
            "您的请求疑似攻击行为，已被网站防火墙拦截。事件编号：8f2a。时间：2026-01-02 10:11:12 来源IP：192.0.2.7",
            "请求被拦截",
            _BIG,
        ),
    ),
    Refusal("waf-refused", "forbidden", bare("很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。")),
    Refusal("waf-blocked", "forbidden", bare("Sorry, your request has been blocked: request rejected by WAF")),
    Refusal("waf-cloud", "forbidden", bare("当前访问由云防护提供安全服务，您的行为已被拦截")),
    Refusal("access-denied", "forbidden", bare("Access Denied. You do not have permission.")),
    Refusal("no-right", "forbidden", bare("对不起，您没有权限浏览本页")),
    Refusal("denied", "forbidden", bare("拒绝访问", "提示信息")),
    Refusal("service-denied", "forbidden", '{"code":403,"msg":"请求被拦截"}'.ljust(300)),
)

LIMITS = (
    Refusal("429", "rate_limited", "slow down", 429),
    Refusal("too-often", "rate_limited", bare("您的访问过于频繁，请稍后再试")),
    Refusal("too-fast", "rate_limited", bare("请求频率过高，请休息一会儿")),
    Refusal("too-many", "rate_limited", bare("Too Many Requests")),
    Refusal("visits", "rate_limited", bare("操作太频繁")),
    Refusal("service-often", "rate_limited", '{"success":false,"message":"访问过于频繁，请稍后再试"}'.ljust(300)),
)

CAPTCHAS = (
    Refusal("picture", "captcha", bare("请输入图片中的字符<img src='/c.jpg'><input name='captcha'>验证码", "访问验证")),
    Refusal("slider", "captcha", bare("请拖动下方滑块完成安全验证")),
    Refusal("often-captcha", "captcha", bare("您的访问过于频繁，请输入验证码后继续访问")),
    Refusal("human", "captcha", bare("人机校验：请完成验证后继续")),
    Refusal("403-captcha", "captcha", bare("请完成人机验证"), 403),
)

LOGINS = (
    Refusal(
        "form", "login", bare("用户登录 <input name='u'><input type='password' name='p'><button>登录</button>", "用户登录")
    ),
    Refusal("form-captcha", "login", bare("用户名<input><input type=password>验证码<input>", "登 录")),
    Refusal("unified", "login", bare("统一身份认证平台<input TYPE='PASSWORD'>")),
)

MAINTENANCE = (
    Refusal("works", "maintenance", bare("网站维护中，请稍后访问")),
    Refusal("upgrade", "maintenance", bare("<h1>系统升级</h1>为提供更好的服务，本站正在进行系统升级，给您带来不便敬请谅解。")),
    Refusal("503", "maintenance", bare("系统维护"), 503),
    Refusal("redesign", "maintenance", bare("网站改版中，敬请期待")),
    Refusal("pause", "maintenance", bare("因机房检修，本网站暂停对外服务", "公告")),
    Refusal("english", "maintenance", bare("This site is under maintenance.")),
    Refusal("closed", "maintenance", bare("网站已暂时关闭")),
    Refusal("title", "maintenance", bare("<img src='/wh.png'>", "系统维护")),
)

MISSING = (
    Refusal("404-status", "not_found", dressed("x"), 404),
    Refusal("404-title", "not_found", bare("出错了", "404 Not Found")),
    Refusal("404-words", "not_found", bare("抱歉，您访问的页面不存在")),
    Refusal("404-dressed", "not_found", dressed("您访问的页面不存在或已被删除，<a href='/'>返回首页</a>")),
    Refusal("404-dressed-title", "not_found", dressed("<img src='/404.png'>", "404-页面不存在")),
    Refusal("deleted", "not_found", bare("该信息已被删除")),
    Refusal("flown", "not_found", bare("您要查看的页面走丢了，内容找不到")),
    Refusal("countdown", "not_found", bare("找不到该页面，3秒后自动返回首页", head="<meta http-equiv=refresh content='3;url=/'>")),
    Refusal("iis", "not_found", bare("404 - 找不到文件或目录。您要查找的资源可能已被删除。")),
    Refusal("offline", "not_found", bare("文章已下线")),
)  # fmt: skip

EMPTIES = (
    *(
        Refusal(
            f"{size}-bytes",
            "empty_body",
            "<html><head></head><body>".ljust(size - 14) + "</body></html>" if size > 60 else " " * size,
        )
        for size in (3, 13, 54, 215, 300, 350, 400, 618, 987)
    ),
    Refusal("0-bytes", "empty_body", ""),
    Refusal("style-only", "empty_body", f"<html><head>{_BIG}</head><body></body></html>"),
)

REFUSALS = (*CHALLENGES, *FIREWALLS, *LIMITS, *CAPTCHAS, *LOGINS, *MAINTENANCE, *MISSING, *EMPTIES)

GENUINE = {
    "maintenance": notice("关于网站系统升级期间暂停服务的公告", "因系统升级，本网站将于3月28日暂停服务，敬请谅解。"),
    "captcha": notice("关于短信验证码服务调整的通知", "公共法律服务平台登录验证码改由短信发送。"),
    "404": notice("关于清理“404”错误链接的通报", "经检查，我局网站404错误链接已全部整改。"),
    "often": notice("关于规范数据查询的提示", "单日访问过于频繁的账号将暂停查询。"),
    "firewall": notice("关于采购Web应用防火墙的公告", "我局拟采购网站防火墙一台。"),
    "deleted": notice("关于删除失效文件的说明", "所列文件已删除，相关信息不存在的请致电。"),
    "login": notice("关于统一身份认证登录方式调整的通知", "请使用统一身份认证登录。"),
    "meta": "<html><head><title>公告</title><meta name='ArticleTitle' content='公告'><meta name='PubDate' content='2025-03-26'></head><body><p>网站维护中，办事请到窗口。</p></body></html>"
    + PAD,
    "dressed": dressed("<h1>关于系统维护的通知</h1><p>系统维护期间暂停服务。</p>"),
    "dressed search": dressed("<h1>遴选公告</h1><p>请于5月1日前报名。</p><input placeholder='请输入验证码'>"),
    "one line": notice("附件：2024年法治政府建设情况报告", "见附件。"),
    "appointments": notice("某某市司法局关于张某等同志任职的通知", "经研究决定，任命张某为处长。"),
    "threat": notice("防范提示", "检测到冒充我局的恶意短信，请勿点击，疑似诈骗攻击请报警。"),
    "forbidden": notice("关于禁止访问境外赌博网站的普法提示", "依法禁止访问赌博网站。"),
    "list": dressed(
        "".join(f"<li><a href='/{n}.html'>关于系统维护的公告{n}</a><span>2025-03-{n:02}</span></li>" for n in range(10, 18))
    ),
    "list of 404": dressed(
        "".join(f"<li><a href='/{n}.html'>网站404页面不存在整改通报{n}</a> 2025-03-{n:02}</li>" for n in range(10, 18))
    ),
    "shell": "<!DOCTYPE html><html><head><title>司法局</title><script src='/app.js'></script></head><body><div id='app'></div></body></html>"
    + PAD,
    "framed": "<html><head><title>报告</title></head><body><iframe src='/a.html'></iframe></body></html>" + PAD,
    "scanned": notice("2019年法治政府建设报告", "<img src='/1.jpg'>"),
    "service": '{"rows":[{"title":"关于网站维护、访问过于频繁和验证码的公告","url":"/a.html","date":"2025-03-26"}]}',
    "service xml": "<?xml version='1.0'?><datastore><recordset><record><![CDATA[<a href='/a.html'>网站维护公告</a>2025-03-26]]></record></recordset></datastore>",
}
"""Short pages that use every one of the words, and are what was asked for."""
