"""What every page must be for everybody: WCAG 2.2 AA as far as a program can see it."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .visitor import NARROW, NARROWEST, WIDE

_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
_axe = Axe()

_STRUCTURE = """locale => {
    const faults = [], count = selector => document.querySelectorAll(selector).length
    const lang = document.documentElement.lang
    if (lang !== locale) faults.push(`html lang is '${lang}', and '${locale}' was asked`)
    if (count('h1') !== 1) faults.push(`${count('h1')} h1 elements, not one`)
    if (count('main') !== 1) faults.push(`${count('main')} main elements, not one`)
    if (!document.title.trim()) faults.push('no title')
    const first = document.querySelector('a[href], button, input, select, textarea, summary, [tabindex]')
    const target = first && first.matches('a[href^="#"]') && document.getElementById(first.hash.slice(1))
    // A letter begins with its main part: there is nothing to pass over.
    if (first && !first.closest('main') && !(target && target.closest('main')))
        faults.push('the first thing to tab to is not a link to the main part')
    for (const element of document.querySelectorAll('[tabindex]'))
        if (element.tabIndex > 0) faults.push(`tabindex ${element.tabIndex} on ${element.outerHTML.slice(0, 120)}`)
    for (const element of document.querySelectorAll('[style], [onclick], [onchange], [onsubmit]'))
        faults.push(`inline style or handler on ${element.outerHTML.slice(0, 120)}`)
    for (const table of document.querySelectorAll('table'))
        if (!table.caption && !table.matches('[aria-labelledby], [aria-label], [role=presentation]'))
            faults.push(`table without a caption: ${table.outerHTML.slice(0, 120)}`)
    return faults
}"""

_OVERFLOW = """() => {
    const width = document.documentElement.clientWidth, root = document.scrollingElement
    if (root.scrollWidth <= width) return []
    const scrolls = element => {
        for (let up = element.parentElement; up && up !== root && up !== document.body; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== 'visible') return true
        return false
    }
    const wide = [...document.body.querySelectorAll('*')]
        .filter(element => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
    const inner = wide.filter(element => !wide.some(other => other !== element && element.contains(other)))
    return [`scrolls sideways: ${root.scrollWidth} px wide in ${width} px; because of `
        + inner.slice(0, 3).map(element => element.outerHTML.slice(0, 120)).join(' and ')]
}"""

_FOCUS = """() => {
    const element = document.activeElement
    if (!element || element === document.body || element === document.documentElement) return null
    window.__stops ??= []
    const before = window.__stops.at(-1), stops = window.__stops
    // A day is typed in several places of one field, each with a tab of its own.
    if (before === element && ['date', 'datetime-local', 'time', 'month', 'radio'].includes(element.type)) return 'same'
    const seen = stops.indexOf(element)
    stops.push(element)
    const style = getComputedStyle(element), box = element.getBoundingClientRect()
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    // Of something slanted or split over lines the middle of its box can be another's, so several places count.
    const shows = [0.5, 0.25, 0.75].some(y => [0.5, 0.25, 0.75].some(x => {
        const at = document.elementFromPoint(
            Math.min(Math.max(box.x + box.width * x, 0), innerWidth - 1),
            Math.min(Math.max(box.y + box.height * y, 0), innerHeight - 1))
        return !at || element.contains(at) || at.contains(element)
            || (element.labels && [...element.labels].some(label => label.contains(at)))
    }))
    return {
        html: element.outerHTML.slice(0, 120),
        again: seen >= 0, stuck: before === element,
        backwards: !!before && seen < 0 && !(before.compareDocumentPosition(element) & 4),
        unseen: box.width === 0 || box.height === 0,
        unmarked: !outlined && style.boxShadow === 'none',
        covered: !shows,
    }
}"""

_SIGNATURE = """() => {
    const main = new Set(), around = new Set()
    for (const element of document.querySelectorAll('body *')) {
        let path = ''
        for (let up = element; up !== document.body; up = up.parentElement)
            path += `>${up.localName}.${up.className.baseVal ?? up.className}`
        const text = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        const kinds = element.closest('main') ? main : around
        kinds.add(path + [...element.attributes].map(one => one.name + (one.value ? 1 : 0)).sort().join() + text)
    }
    return [main, around].map(kinds => [...kinds].sort().join('\\n'))
}"""


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, a line for each rule with where and what to do."""
    found = _axe.run(page, options=_OPTIONS).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}"
        + "".join(
            f"\n      {' '.join(map(str, node['target']))}   {node['html'][:160]}"
            f"\n        {' '.join(node.get('failureSummary', '').split())[:240]}"
            for node in rule["nodes"][:4]
        )
        + (f"\n      and {len(rule['nodes']) - 4} more" if len(rule["nodes"]) > 4 else "")
        for rule in found
    ]


def structure(page: Page, locale: str) -> list[str]:
    """Language, title, one heading, one main part, a link past the menu, captions, nothing inline."""
    return page.evaluate(_STRUCTURE, locale)


def overflow(page: Page, width: int = NARROWEST) -> list[str]:
    """What makes the page scroll sideways at a width (WCAG 1.4.10 asks 320)."""
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    found = page.evaluate(_OVERFLOW)
    if size:
        page.set_viewport_size(size)
    return found


def keyboard(page: Page, most: int = 60) -> list[str]:
    """Tabs through: the order is that of the text, and one always sees where one is (WCAG 2.4.3, 2.4.7, 2.4.11)."""
    faults = []
    page.evaluate("() => { delete window.__stops; document.activeElement?.blur(); scrollTo(0, 0) }")
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop == "same":
            continue
        if stop is None or (stop["again"] and not stop["stuck"]):
            break
        if stop["stuck"]:
            faults.append(f"Tab does not leave {stop['html']}")
            break
        faults += [
            f"{what}: {stop['html']}"
            for key, what in {
                "backwards": "Tab goes back in the text",
                "unseen": "focus on something invisible",
                "unmarked": "focus does not show",
                "covered": "focus is hidden behind something",
            }.items()
            if stop[key]
        ]
    return faults


def signature(page: Page) -> set[int]:
    """The build of the main part and of what stands around it: equal when only words and the length of lists differ."""
    return {hash(part) for part in page.evaluate(_SIGNATURE)}


@dataclass
class Eye:
    """Looks at pages in every way, and only quickly at one of which each part is built as one it has seen: that has the
    same faults. The plan is the same for everybody, and what a role has above it was seen on other pages.

    Looking once at each build keeps the walks short enough for every check. In another language the words are others,
    and longer ones show where there is least room; everything else was seen.
    """

    seen: set[tuple[str, int]] = field(default_factory=set)
    builds: set[int] = field(default_factory=set)

    def faults(self, page: Page, locale: str) -> dict[str, list[str]]:
        """What is wrong with the page as it now stands, by subject."""
        found = {"structure": structure(page, locale), "overflow": overflow(page), "axe": [], "keyboard": []}
        parts = signature(page)
        if not self.seen.issuperset((locale, part) for part in parts):
            size = page.viewport_size
            is_built_alike = self.builds.issuperset(parts)
            if not is_built_alike:
                found["keyboard"] = keyboard(page)
            for width in (NARROW,) if is_built_alike else (WIDE, NARROW):
                page.set_viewport_size({"width": width, "height": 800})
                found["axe"] += [f"{locale}, {width} px: {fault}" for fault in violations(page)]
            page.set_viewport_size(size)
            self.seen.update((locale, part) for part in parts)
            self.builds.update(parts)
        return {subject: faults for subject, faults in found.items() if faults}


def check_accessible(page: Page) -> None:
    """Fails with every rule that is broken on the page as it now stands."""
    found = violations(page)
    assert not found, f"{page.url} breaks {len(found)} rules:\n  " + "\n  ".join(found)
