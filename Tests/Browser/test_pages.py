"""Every page that anybody can reach, in both languages, wide and narrow."""

from __future__ import annotations

from urllib.parse import urlsplit

from harness.crawl import Crawl, shape


def none(faults: list[str]) -> None:
    """Fails with the faults, the first forty of them."""
    more = f"\n… and {len(faults) - 40} more" if len(faults) > 40 else ""
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:40]) + more


def test_everybody_finds_pages(crawl: Crawl):
    """Without this, an empty walk would pass all the other tests."""
    for role in crawl.visitors.server.roles:
        assert len(crawl.paths(role)) >= 5, f"{role} found only {crawl.paths(role)}"


def test_every_link_leads_somewhere(crawl: Crawl):
    none([f"{visit.role} at {visit.path}: answers {visit.status}" for visit in crawl.visits if visit.status != 200])


def test_pages_are_built_well(crawl: Crawl):
    none(crawl.faults("structure"))


def test_pages_are_accessible(crawl: Crawl):
    none(crawl.faults("axe"))


def test_pages_fit_a_small_telephone(crawl: Crawl):
    none(crawl.faults("overflow"))


def test_pages_work_by_keyboard(crawl: Crawl):
    none(crawl.faults("keyboard"))


def test_nothing_goes_wrong_behind_the_pages(crawl: Crawl):
    none(crawl.faults("console"))


def test_documents_can_be_read_aloud(crawl: Crawl):
    none(crawl.faults("pdf"))


def test_who_is_signed_out_sees_only_what_is_public(crawl: Crawl, page_for):
    # Not each page of the plan was walked to by everybody: what is of a public kind is public.
    public = {shape(urlsplit(path).path) for path in crawl.paths(Crawl.SIGNED_OUT)}
    others = [path for path in crawl.paths() if shape(urlsplit(path).path) not in public]
    ask = page_for(None).context.request
    answers = {path: ask.get(path, max_redirects=0).status for path in others}
    assert len(answers) > 50, answers
    none(
        [
            f"{path}: answers {status} to anybody"
            for path, status in answers.items()
            if status not in (302, 303, 401, 404)
        ]
    )


def test_no_address_makes_the_server_fail_for_anybody(crawl: Crawl, page_for):
    faults = []
    addresses = crawl.examples()
    for role in crawl.visitors.server.roles:
        ask = page_for(role).context.request
        for path in addresses:
            status = ask.get(path, max_redirects=0).status
            if status not in (200, 302, 303, 403, 404):
                faults.append(f"{role} at {path}: answers {status}")
    none(faults)


def test_addresses_and_the_log_name_nobody(crawl: Crawl):
    server = crawl.visitors.server
    secrets = {word for person in server.people for word in (person.email, person.name, person.password)}
    none([f"{visit.path} holds {word}" for visit in crawl.visits for word in secrets if word in visit.path])
    if server.log:
        log = server.log.read_text("utf8", "replace")
        none([f"the log holds the name, mail or password of: {word}" for word in secrets if word in log])
