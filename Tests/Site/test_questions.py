"""Questions in users' own words find a matching agent among the first three results."""
import json
import re

from conftest import ROOT
from browsers import opened

QUESTIONS = [line.split("\t") for line in (ROOT / "Tests/Site/questions.tsv").read_text("utf-8").splitlines()]
KINDS = ["Agent", "Skill", "Command", "Instruction"]
FIND = "async (text) => { await rosterPalette.find('x'); return (await rosterPalette.find(text, {limit: 12})); }"


def test_questions_are_answered_among_the_first_three(browser, corpora_site):
    missed, few = [], []
    with opened(browser, (corpora_site.folder / "portfolio.html").as_uri()) as page:
        for question, pattern in QUESTIONS:
            results = page.evaluate(FIND, question)["results"]
            if not any(one["kind"] in KINDS and re.search(pattern, f"{one['title']} {one['summary']}", re.I) for one in results[:3]):
                missed.append((question, [one["title"] for one in results[:3]]))
            if len(results) < 10:
                few.append((question, len(results)))
    for question, first in missed:
        print(f"{question}: {first}")
    assert len(QUESTIONS) == 40 and len(missed) <= 4, missed
    assert not few, few


def test_an_exact_match_does_not_hide_other_results(browser, corpora_site):
    with opened(browser, (corpora_site.folder / "portfolio.html").as_uri()) as page:
        found = [one["title"].lower() for one in page.evaluate(FIND, "write Playwright tests")["results"]]
        assert sum("playwright" in name for name in found[:4]) >= 3 and len(found) >= 10, found


def test_every_name_finds_its_agent(browser, corpora_site):
    """If several agents share the name, any of them counts."""
    agents = json.loads((corpora_site.folder / "catalog.json").read_text("utf-8"))["agents"]
    with opened(browser, (corpora_site.folder / "portfolio.html").as_uri()) as page:
        wrong = []
        for agent in agents[::12]:
            found = page.evaluate(FIND, agent["name"])["results"]
            names = [name.lower() for one in found[:3] for name in (one["title"], *(copy["title"] for copy in one["copies"]))]
            if agent["name"].lower() not in names:
                wrong.append((agent["name"], [one["title"] for one in found[:3]]))
        assert not wrong, wrong
