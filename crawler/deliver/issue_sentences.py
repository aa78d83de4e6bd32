"""The sentence and the cure of each kind of issue, in Chinese and in English; `{page}` is what it befell. Chooses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crawler.deliver.wording import Words
from spiders.failures import Failure


@dataclass(frozen=True)
class IssueWords:
    """One sentence that says what is wrong, and one cure, for a person who runs this program."""

    sentence: Words
    cure: Words


_BY_ITSELF = Words(
    "暂时不用处理，会自动重试；若持续几天，请用浏览器打开该地址看看。",
    "Nothing for now: it is tried again by itself. If it lasts for days, open the address in a browser.",
)
_LEGACY_TLS = Words(
    '请在该栏目的配置里写上 tls = "legacy"，证书照样会核对。',
    'Set tls = "legacy" for this column; the certificate is checked all the same.',
)

OF_FAILURE: Final = {
    Failure.HTTP_ERROR: IssueWords(
        Words("{page}打不开：网站返回错误。", "The site answers with an error for {page}."), _BY_ITSELF
    ),
    Failure.NOT_FOUND: IssueWords(
        Words("{page}不见了：网站说没有这个网页。", "The site says that {page} is not there any more."),
        Words(
            "不用处理：若连续多次都打不开，会作为“撤下”另行通知；也可用浏览器核对该地址。",
            "Nothing: if it stays away you are told that the report is absent. You can check the address in a browser.",
        ),
    ),
    Failure.REDIRECTED_HOME: IssueWords(
        Words("打开{page}时被转到了网站首页或登录页。", "The address of {page} now leads to the home page or to a login."),
        Words(
            "不用处理：若一直如此，会作为“撤下”另行通知；也可用浏览器核对该地址。",
            "Nothing: if it stays so you are told that the report is absent. You can check the address in a browser.",
        ),
    ),
    Failure.BROKEN_LINK: IssueWords(
        Words(
            "栏目里仍列着这份报告，但点进去说已不存在。", "The column still lists this report, but its link leads to nothing."
        ),
        Words(
            "请用浏览器点开核对；多半是网站的坏链接，可以告知该单位，不会当作撤下。",
            "Check it in a browser. It is most likely a broken link: tell the bureau. It does not count as withdrawn.",
        ),
    ),
    Failure.CHALLENGE: IssueWords(
        Words(
            "网站用脚本验证挡住了{page}，没有读到内容。", "The site put a script check in the way of {page}; nothing was read."
        ),
        Words(
            '请在该栏目的配置里写上 render = "browser"，或放慢访问。',
            'Set render = "browser" for this column, or visit it less often.',
        ),
    ),
    Failure.CAPTCHA: IssueWords(
        Words("网站要求输入验证码才能看{page}。", "The site asks for a CAPTCHA before it shows {page}."),
        Words(
            "程序不会代填验证码；请调大 every_hours，少访问几次。",
            "It is not solved for you. Raise every_hours, so that it is visited less often.",
        ),
    ),
    Failure.LOGIN: IssueWords(
        Words("网站要求登录才能看{page}。", "The site asks for a login before it shows {page}."),
        Words(
            "只读向所有人公开的内容；请找到公开的地址，改写 listing_url。",
            "Only what is open to everybody is read. Find the public address and write it into listing_url.",
        ),
    ),
    Failure.FORBIDDEN: IssueWords(
        Words("网站的防火墙拒绝我们看{page}。", "The site's firewall does not let us see {page}."),
        Words(
            "请放慢访问，在 [crawl] contact 里写明联系方式，或与该单位联系。",
            "Visit less often, say who you are in [crawl] contact, or ask the bureau.",
        ),
    ),
    Failure.RATE_LIMITED: IssueWords(
        Words("网站嫌我们访问{page}太频繁。", "The site finds that {page} is visited too often."),
        Words(
            "会自动稍后再试；若常常如此，请调大 [crawl] delay_s。",
            "It is tried again later by itself. If it comes often, raise [crawl] delay_s.",
        ),
    ),
    Failure.ROBOTS_DENIED: IssueWords(
        Words("网站的 robots.txt 不许程序读取{page}。", "The site's robots.txt forbids programs to read {page}."),
        Words(
            "请与该单位商量；如自行判断可以读取，可写上 [crawl] obey_robots = false。",
            "Ask the bureau; [crawl] obey_robots = false ignores it, at your own judgement.",
        ),
    ),
    Failure.BLOCKED_HOST: IssueWords(
        Words(
            "{page}的地址指向内部网络，为安全起见没有访问。",
            "The address of {page} leads into a private network and was not visited, for safety.",
        ),
        Words(
            "若确实要读，请把它的主机和端口写进 [crawl] allow_private；否则不用处理。",
            "If that is meant, name its host and port in [crawl] allow_private; otherwise leave it.",
        ),
    ),
    Failure.UNEXPECTED_STRUCTURE: IssueWords(
        Words(
            "{page}打开了，但样子变了，读不出内容；网站可能改版了。",
            "It was possible to open {page} but not to read it; the site may have been rebuilt.",
        ),
        Words(
            "请用浏览器看看该地址；若改版了，用 bureauwatch add 重新读一遍这个栏目，再改正配置。",
            "Look at the address in a browser. If the site was rebuilt, try `bureauwatch add` and mend the column's settings.",
        ),
    ),
    Failure.CUT_SHORT: IssueWords(
        Words(
            "列表没有读到最后一页：已读到的有效，较早的报告可能缺着。",
            "The list was not read to its end: what was read stands, older reports may be missing.",
        ),
        Words(
            "请运行 bureauwatch crawl --backfill 接着读完；若停在 max_pages，请把它调大。",
            "Run `bureauwatch crawl --backfill` to read on; if it stopped at max_pages, raise that.",
        ),
    ),
    Failure.UPHEAVAL: IssueWords(
        Words(
            "许多已知报告同时打不开或不见了，像是网站改版或故障，没有逐份通知。",
            "Many known reports cannot be had at once, as after a rebuilding or an outage; they are not told one by one.",
        ),
        Words(
            "请用浏览器看看网站；若改版了，请改正栏目地址。连续七天不见的会合成一条通知。",
            "Look at the site; if it was rebuilt, mend the column's address. What stays away for 7 days is told in one line.",
        ),
    ),
    Failure.UNSETTLED: IssueWords(
        Words(
            "一份报告的网页每次打开内容都不一样，两次一致之前不通知变化。",
            "A report's page shows another text from visit to visit; no change is told until two visits agree.",
        ),
        Words(
            "请用浏览器多打开几次看看哪个是真的；多半会自行恢复。",
            "Open it in a browser several times to see which text is the real one; it mostly settles by itself.",
        ),
    ),
    Failure.RESTLESS: IssueWords(
        Words(
            "一份报告的正文几乎每次访问都变，新的变化只存档，不再发信。",
            "The text of a report changes at nearly every visit; further changes are kept and not mailed any more.",
        ),
        Words(
            "请用 bureauwatch diff 看看变的是什么（常是阅读次数之类）并告诉我们；安静七天后恢复发信。",
            "See with `bureauwatch diff` what changes (often a counter) and report it; mails go on after a calm week.",
        ),
    ),
    Failure.SHRUNK: IssueWords(
        Words(
            "栏目的列表比上次完整读取时少了一大半，可能只显示了一部分。",
            "The column's list shows less than half of what its last whole reading showed.",
        ),
        Words(
            "请用浏览器打开栏目核对；若确实精简了，不用处理，若搬到了别处，请改 listing_url。",
            "Open the column in a browser. If it was really cut down, leave it; if it moved elsewhere, mend listing_url.",
        ),
    ),
    Failure.SILENT: IssueWords(
        Words(
            "栏目很久没有新报告了，比以往任何一次间隔都长得多。",
            "The column has had no new report for far longer than it ever had before.",
        ),
        Words(
            "请看看网站是否把新报告放到了别的栏目；若是，请改 listing_url 或新增栏目，若只是没有发布，不用处理。",
            "See whether the site puts new reports elsewhere now; if so, mend listing_url or add it. If not, leave it.",
        ),
    ),
    Failure.EXTRACT_FAILED: IssueWords(
        Words("{page}已保存，但读不出文字。", "The bytes of {page} are kept, but its text could not be read."),
        Words(
            "请打开该地址自己看，并把这个地址报告给程序的作者。",
            "Open the address and read it yourself, and report the address to the makers of this program.",
        ),
    ),
    Failure.TOO_LARGE: IssueWords(
        Words("{page}太大，没有保存，只留了链接。", "It was not kept because of its size: {page}. Its link is known."),
        Words("需要时请自己下载保存。", "Download it yourself if you need it."),
    ),
    Failure.REDIRECT_LOOP: IssueWords(
        Words("{page}的地址一直跳转，到不了头。", "The address of {page} leads on and on without an end."),
        Words(
            "请用浏览器打开，把最后停下的地址写进 listing_url。",
            "Open it in a browser and write the address where it ends into listing_url.",
        ),
    ),
    Failure.DOWNGRADE: IssueWords(
        Words(
            "{page}从加密地址转到了不加密的地址，没有跟过去。",
            "The address of {page} leads from an encrypted to an open connection, which was not followed.",
        ),
        Words(
            "若只能如此，请在该栏目的配置里写上 allow_http = true。", "If that must be, set allow_http = true for this column."
        ),
    ),
    Failure.EMPTY_BODY: IssueWords(Words("{page}打开后是空白的。", "The site answered, but {page} came empty."), _BY_ITSELF),
    Failure.MAINTENANCE: IssueWords(
        Words("网站说正在维护，看不到{page}。", "The site says that it is under maintenance; {page} cannot be had."), _BY_ITSELF
    ),
    Failure.TRUNCATED: IssueWords(
        Words("{page}没有传完就断了，没有保存。", "The transfer of {page} broke off; nothing of it was kept."), _BY_ITSELF
    ),
    Failure.TIMEOUT: IssueWords(
        Words("网站没有及时回应，打不开{page}。", "The site did not answer in time for {page}."),
        Words(
            "会自动重试；许多网站只回应中国境内的访问，若一直如此，请换到境内的网络运行。",
            "It is tried again by itself. Many sites answer only inside China: if it lasts, run it from there.",
        ),
    ),
    Failure.DNS: IssueWords(
        Words("找不到网站的域名，打不开{page}。", "The site's name is not known to the network; {page} cannot be had."),
        Words(
            "请核对 listing_url 里的域名，再看看本机的 DNS 是否正常。", "Check the name in listing_url, and this machine's DNS."
        ),
    ),
    Failure.NETWORK: IssueWords(
        Words("连不上网站，打不开{page}。", "No connection to the site; {page} cannot be had."),
        Words(
            "会自动重试；若所有网站都连不上，请检查本机的网络。",
            "It is tried again by itself. If no site can be had, check this machine's network.",
        ),
    ),
    Failure.TLS: IssueWords(
        Words(
            "与网站的加密连接没有建立，打不开{page}。", "No encrypted connection to the site came about; {page} cannot be had."
        ),
        Words("请用浏览器打开该地址，看看提示什么。", "Open the address in a browser to see why."),
    ),
    Failure.TLS_CERTIFICATE: IssueWords(
        Words("网站的证书不可信，没有读取{page}。", "The site's certificate cannot be trusted; {page} was not read."),
        Words(
            "请核对本机的时间和 CA 证书；若都正常，请告知该单位。",
            "Check this machine's clock and CA certificates; if they are right, tell the bureau.",
        ),
    ),
    Failure.TLS_VERSION: IssueWords(
        Words(
            "网站只会过时的加密（TLS 1.0 或 1.1），没有读取{page}。",
            "The site speaks only old encryption (TLS 1.0 or 1.1); {page} was not read.",
        ),
        _LEGACY_TLS,
    ),
    Failure.TLS_CIPHER: IssueWords(
        Words(
            "网站的加密方式太旧或太弱，没有读取{page}。", "The site's encryption is too old or too weak; {page} was not read."
        ),
        _LEGACY_TLS,
    ),
    Failure.TLS_RENEGOTIATION: IssueWords(
        Words(
            "网站的加密程序早于 2010 年，没有读取{page}。", "The site's encryption is from before 2010; {page} was not read."
        ),
        _LEGACY_TLS,
    ),
    Failure.TLS_UNSUPPORTED: IssueWords(
        Words(
            "网站用的加密方式这里不认识（可能只有国密），读不到{page}。",
            "The site's encryption is not known here (perhaps only 国密); {page} cannot be had.",
        ),
        Words(
            "请试试 http:// 开头的地址，或另找一个刊登该栏目的网站。",
            "Try the address with http://, or another site that carries the column.",
        ),
    ),
    Failure.PROTOCOL: IssueWords(
        Words("对方的回应不像网站，读不到{page}。", "What answered does not behave like a web site; {page} cannot be had."),
        Words("请核对地址和端口。", "Check the address and its port."),
    ),
    Failure.NO_BROWSER: IssueWords(
        Words(
            "{page}要用浏览器才能读，而本机没有可用的浏览器。",
            "It takes a browser to read {page}, and none starts on this machine.",
        ),
        Words(
            "请运行 bureauwatch check-config，按提示装好浏览器。",
            "Run `bureauwatch check-config` and install the browser as it says.",
        ),
    ),
}
