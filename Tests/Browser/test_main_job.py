"""The main job, from a signal in the classroom to a letter that parents read, walked by everybody whose turn it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from harness import pdf
from harness.program import Server
from harness.story import Story, sign_in_as

TEACHER = "Yvonne Kuipers"


def waits(page: Page, story: Story, key: str, step: str) -> bool:
    """Whether this step of the story is on somebody's page of work, as something to do."""
    page.goto("/")
    return page.locator(f"main a[href='{story.routes[key]}/stappen/{step}']").count() == 1


@pytest.mark.burden
def test_from_a_signal_to_a_decision(route, walker, server: Server, look):
    story = Story(look=look)
    ib, teacher, adviser = walker("ib"), walker("teacher"), walker("adviser")
    secretary, expert, decider = walker("secretary"), walker("expert"), walker("decision-maker")
    everybody = {"ib": ib, "adviser": adviser, "secretary": secretary, "expert": expert, "decision-maker": decider}

    def at_work(key: str, step: str) -> set[str]:
        return {who for who, person in everybody.items() if waits(person.page, story, key, step)}

    # 1. The coordinator opens a dossier, and gives the mother an account.
    opening = route("Dossier openen", "ib")
    story.open_dossier(opening, "Femke van Duinen", "femke.van.duinen@ouders.example", server.person("teacher").name)
    email, password = story.give_account(ib)
    mother = walker("guardian", signed_in=False)
    sign_in_as(mother, email, password)
    look(mother.page, "ouder-eerste-keer")
