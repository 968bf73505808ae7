"""Measures pages as somebody who is signed in meets them, under load of several at once: `make bench`.

Not a test: machines differ. Compare two builds on one machine, in turns.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness.crawl import shape
from harness.program import running
from harness.visitor import Visitors, launch

CONNECTIONS = int(os.environ.get("CONNECTIONS", "8"))
SECONDS = int(os.environ.get("SECONDS_EACH", "5"))


def measure(address: str, cookies: str) -> tuple[float, str, str, int]:
    """Requests a second, the median and 99th percentile of the time, and how many answers were no answer."""
    load = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", f"Cookie: {cookies}", address]
    told = subprocess.run(load, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    middle, worst = (re.search(rf"{percent}%\s+(\S+)", told) for percent in (50, 99))
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if not (rate and middle and worst):
        raise RuntimeError(told)
    return float(rate[1]), middle[1], worst[1], int(wrong[1]) if wrong else 0


def main() -> None:
    pupils = int(os.environ.get("PUPILS", "2000"))
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), pupils) as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        print(f"{pupils} pupils, {CONNECTIONS} connections, {SECONDS} s each, signed in as an ordinary user\n")
        print("| Who | Page | Requests/s | Median | 99 % | Refused |\n| --- | --- | ---: | ---: | ---: | ---: |")
        for role in server.roles:
            page = Visitors(browser, server).page(role)
            page.goto("/")
            links = page.locator("a[href]:not([hreflang])").evaluate_all(
                "all => all.map(link => link.href.split('#')[0])"
            )
            kinds = {shape(link): link for link in [page.url, *links] if link.startswith(server.url)}
            cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
            for kind, link in kinds.items():
                rate, middle, worst, wrong = measure(link, cookies)
                print(f"| {role} | {kind} | {rate:.0f} | {middle} | {worst} | {wrong} |", flush=True)
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
