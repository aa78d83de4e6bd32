"""Scrapy's settings: what the crawl loop of every watch has in common. Reads no file; `scrapy.cfg` points here."""

from __future__ import annotations

from typing import Any

from crawler.config_keys import Settings as ChosenSettings

BOT_NAME = "bureauwatch"
SPIDER_LOADER_CLASS = "crawler.schedule.spider_loader.SeedSpiderLoader"
SPIDER_MODULES = ["spiders"]
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# The flow (see crawler.flow): capture, clean, compare. One report is in each of them at a time.
ITEM_PIPELINES = {
    "crawler.capture.pipeline.CapturePipeline": 100,
    "crawler.clean.pipeline.CleanPipeline": 200,
    "crawler.compare.pipeline.ComparePipeline": 300,
}
EXTENSIONS = {
    "crawler.schedule.run.RunExtension": 0,
    "crawler.schedule.second_look.SecondLookExtension": 10,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
}
SPIDER_MIDDLEWARES = {
    "crawler.schedule.itinerary.ItineraryMiddleware": 10,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,  # a policy sent by a page was once run as code
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # reports lie on portals and file servers too
    "crawler.capture.middleware.GuardMiddleware": 90,  # before robots.txt is asked for
    "crawler.capture.middleware.ConditionalMiddleware": 530,
    "crawler.capture.middleware.JudgeMiddleware": 540,  # sees what retries and redirects have come to
    "crawler.capture.stub_pages.StubPageMiddleware": 550,  # sees plain text, and leads on before anything is judged
    "crawler.capture.decompression.HonestCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.capture.redirects.QuietRedirectMiddleware": 600,
    "crawler.capture.manners.MannersMiddleware": 950,  # last before the downloader: it waits for the host's turn
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,  # a proxy would reach what the guard refuses
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
DOWNLOAD_HANDLERS = {
    "http": "crawler.capture.download.BoundedDownload",
    "https": "crawler.capture.download.BoundedDownload",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # Scrapy 2.19 starts an HTTP server that runs code, by default
WARN_ON_GENERATOR_RETURN_VALUE = False  # Scrapy parses the callback's source again for every response: 2 ms a page
HTTPERROR_ALLOW_ALL = True  # the judge tells statuses apart
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default; `crawler.capture.tls` verifies whatever stands here
DOWNLOAD_TIMEOUT = 60  # seconds; sites seen from abroad need about 15 s for a list
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
DNS_TIMEOUT = 20  # seconds
RETRY_TIMES = 1  # a failed visit is tried again by its due time, not by hammering
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 0  # Scrapy drops longer addresses in silence
DOWNLOAD_DELAY_JITTER = 0  # by default Scrapy halves the delay at times; what is promised is the least
CONCURRENT_REQUESTS = 4  # a stop drains what is in the downloader
CONCURRENT_ITEMS = 8  # the default of 100 costs 0.7 ms a page
COOKIES_ENABLED = True  # some sites hand out a cookie and redirect to the same address
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}
LOG_LEVEL = "WARNING"


def crawl_settings(chosen: ChosenSettings) -> dict[str, Any]:
    """What a configuration's [crawl] adds to the settings above."""
    crawl = chosen.crawl
    headers = dict(DEFAULT_REQUEST_HEADERS)
    if "@" in crawl.contact:
        headers["From"] = crawl.contact
    return {
        "USER_AGENT": f"{crawl.user_agent} {crawl.contact}".strip(),
        "DEFAULT_REQUEST_HEADERS": headers,
        "ROBOTSTXT_OBEY": crawl.obey_robots,
        "DOWNLOAD_DELAY": crawl.delay_s,
        "CONCURRENT_REQUESTS_PER_DOMAIN": crawl.per_host,
        "CONCURRENT_REQUESTS": max(CONCURRENT_REQUESTS, crawl.per_host),
        "BUREAUWATCH_ALLOW_PRIVATE": list(crawl.allow_private),
    }
