"""Lets `python -m crawler` be the `bureauwatch` command."""

from crawler.cli import main

main()
