"""Pictures of every kind of page of every role, for people to look at: `make screenshots`."""

from __future__ import annotations

import re

import pytest

from harness.crawl import Crawl, shape
from harness.visitor import NARROW, WIDE


@pytest.mark.screenshots
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_pictures(crawl: Crawl, page_for, screenshot, width):
    for role in (None, *crawl.visitors.server.roles):
        page = page_for(role, width=width)
        drawn = set()
        for visit in crawl.visits:
            html = visit.kind == "text/html" and visit.role == (role or Crawl.SIGNED_OUT)
            if html and shape(visit.path) not in drawn:
                drawn.add(shape(visit.path))
                page.goto(visit.path)
                name = re.sub(r"\W+", "-", shape(visit.path)).strip("-") or "start"
                screenshot(page, f"{role or 'signed-out'}/{name}-{width}")
        page.context.close()
