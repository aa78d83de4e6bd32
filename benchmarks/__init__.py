"""Measures what a page costs, beside plain Scrapy on the same loopback site in the same run. No part of the product."""
