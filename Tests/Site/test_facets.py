"""Facets: the choices beside a list, their counts, and the filtered list; in a real browser, from disk."""
import json
from urllib.parse import parse_qs, urlparse

import pytest

from conftest import published
from browsers import follow, opened
from test_filter import SAID, index, names, type_in, unfold, until

MODELS = ["opus", "sonnet", None]
TOOLS = ["Read", "Write", "Bash", "WebFetch"]


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """More than one page of agents. Their tools and models overlap, so every count can be calculated."""
    folder = tmp_path_factory.mktemp("team")
    for number in range(150):
        model = MODELS[number % 3]
        tools = [tool for place, tool in enumerate(TOOLS) if number & (1 << place)]
        fields = (f"model: {model}\n" if model else "") + (f"tools: {', '.join(tools)}\n" if tools else "") + (f"tags: [team-{number % 40:02}]\n" if number % 2 else "")
        (folder / f"worker-{number:03}.md").write_text(f"---\nname: worker-{number:03}\ndescription: Handles {'tests' if number % 5 == 0 else 'cases'}.\n{fields}---\n\n{' '.join(f'word-{number}-{place}' for place in range(number + 1))}\n")
    return published(tmp_path_factory, "team", [folder])


@pytest.fixture(scope="module")
def agents(team):
    return json.loads((team.folder / "catalog.json").read_text("utf-8"))["agents"]


def facet(page, name):
    unfold(page)
    return page.get_by_role("complementary").get_by_role("group", name=name, exact=True)


def numbers(page, name):
    """The values of a facet and their counts."""
    return dict(facet(page, name).locator("li").evaluate_all("all => all.map(one => [one.querySelector('.name').textContent, Number(one.lastElementChild.textContent.replaceAll(',', ''))])"))


def tools_of(agent):
    return set(agent["tools"])


def settled(page):
    until(page, "document.querySelector('table.agents').ariaBusy !== 'true' && !document.querySelector('form.filter output').textContent.includes('…')")


def test_a_value_filters_the_list_and_updates_other_counts(browser, team, agents):
    with opened(browser, index(team)) as page:
        assert numbers(page, "Models") == {"opus": 50, "sonnet": 50, "Not stated": 50}
        facet(page, "Models").get_by_label("opus").check()
        settled(page)
        opus = [agent for agent in agents if agent["model"] == "opus"]
        assert page.inner_text(SAID) == f"{len(opus)} of 150 agents"
        assert sorted(names(page)) == sorted(agent["name"] for agent in opus)
        # Counts in the same facet show what another choice would add. Counts in other facets show what it would leave.
        assert numbers(page, "Models") == {"opus": 50, "sonnet": 50, "Not stated": 50}
        expected = {tool: sum(tool in tools_of(agent) for agent in opus) for tool in TOOLS}
        assert {name: count for name, count in numbers(page, "Tools").items() if name in TOOLS} == expected
        assert page.problems == []


def test_several_values_match_any_until_all_is_selected(browser, team, agents):
    with opened(browser, index(team)) as page:
        for tool in ("Read", "Bash"):
            facet(page, "Tools").get_by_label(tool, exact=True).check()
        settled(page)
        some = sum(bool({"Read", "Bash"} & tools_of(agent)) for agent in agents)
        assert page.inner_text(SAID) == f"{some} of 150 agents"
        page.get_by_role("radiogroup", name="Tools").get_by_label("all").check()
        settled(page)
        both = [agent for agent in agents if {"Read", "Bash"} <= tools_of(agent)]
        assert page.inner_text(SAID) == f"{len(both)} of 150 agents"
        assert numbers(page, "Tools")["Write"] == sum("Write" in tools_of(agent) for agent in both)
        query = parse_qs(urlparse(page.url).query)
        assert set(query["tools"][0].split(",")) == {"read", "bash"} and query["all"] == ["tools"]
        assert page.get_by_role("radiogroup", name="Models").count() == 0, "an agent has one model, so it cannot match several"


def test_no_count_leads_to_an_empty_list(browser, team):
    with opened(browser, index(team)) as page:
        facet(page, "Tools").get_by_label("Inherits all tools").check()
        settled(page)
        shown = numbers(page, "Models")
        for name, count in shown.items():
            assert count > 0
            box = facet(page, "Models").get_by_label(name)
            box.check()
            settled(page)
            assert page.inner_text(SAID) == f"{count} of 150 agents"
            box.uncheck()
            settled(page)


def test_text_and_facets_combine_and_are_in_the_address(browser, team, agents):
    with opened(browser, index(team)) as page:
        type_in(page, "tests")
        facet(page, "Models").get_by_label("sonnet").check()
        settled(page)
        expected = [agent["name"] for agent in agents if agent["model"] == "sonnet" and "tests" in agent["description"]]
        assert sorted(names(page)) == sorted(expected)
        address = page.url
        assert parse_qs(urlparse(address).query) == {"filter": ["tests"], "models": ["sonnet"]}
    with opened(browser, address) as page:
        settled(page)
        assert sorted(names(page)) == sorted(expected), "the address restores the list"
        assert facet(page, "Models").get_by_label("sonnet").is_checked()


def test_choices_are_removed_one_by_one_or_all_at_once(browser, team):
    with opened(browser, index(team)) as page:
        facet(page, "Models").get_by_label("opus").check()
        facet(page, "Tools").get_by_label("Write", exact=True).check()
        page.get_by_role("button", name="Remove Models: opus").click()
        settled(page)
        assert not facet(page, "Models").get_by_label("opus").is_checked()
        facet(page, "Models").get_by_label("sonnet").check()
        page.get_by_role("button", name="Clear all").click()
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 100")
        assert page.get_by_role("button", name="Remove").count() == 0 and "?" not in page.url
        assert page.evaluate("document.activeElement.id") == "page:filter"


def test_the_back_button_undoes_one_choice(browser, team):
    with opened(browser, index(team)) as page:
        facet(page, "Models").get_by_label("opus").check()
        settled(page)
        facet(page, "Tools").get_by_label("Read", exact=True).check()
        settled(page)
        page.go_back()
        until(page, "document.querySelector('form.filter output').textContent === '50 of 150 agents'")
        assert facet(page, "Models").get_by_label("opus").is_checked()
        page.go_back()
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 100")
        page.go_forward()
        until(page, "document.querySelector('form.filter output').textContent === '50 of 150 agents'")


def test_all_values_of_a_facet_can_be_shown(browser, team):
    with opened(browser, index(team)) as page:
        unfold(page)
        tags = page.locator("section[data-facet=tags]")
        assert tags.locator("li").count() == 6
        tags.get_by_role("button", name="more").click()
        until(page, "document.querySelectorAll('section[data-facet=tags] li').length === 21")
        # Twenty values need no search box. It appears above thirty.
        assert not tags.get_by_role("searchbox").is_visible()
        tags.get_by_role("button", name="Fewer").click()
        assert tags.locator("li").count() == 6


def test_a_long_list_is_sorted_as_a_whole(browser, team, agents):
    with opened(browser, index(team)) as page:
        page.get_by_role("button", name="Tokens").click()
        settled(page)
        page.get_by_role("button", name="Tokens").click()
        settled(page)
        largest = sorted(agents, key=lambda agent: -agent["tokens"])
        assert names(page)[:5] == [agent["name"] for agent in largest[:5]]
        assert page.locator("th[aria-sort=descending]").inner_text().startswith("Tokens") and "sort=-tokens" in page.url
        page.get_by_role("button", name="Show 50 more").click()
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 150")
        until(page, "document.activeElement.closest('tr')?.rowIndex === 101")
        page.get_by_role("button", name="Tokens").click()
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 100")
        assert names(page)[0] == "worker-000" and page.locator("[aria-sort]").count() == 0


def test_a_terms_page_filters_its_own_agents(browser, team, agents):
    with opened(browser, (team.folder / "tools" / "bash.html").as_uri()) as page:
        own = [agent for agent in agents if "Bash" in tools_of(agent)]
        assert page.get_by_role("complementary").count() == 0
        page.get_by_role("button", name="Filter by …").click()
        until(page, "document.querySelectorAll('.facets section').length >= 3")
        assert numbers(page, "Models")["opus"] == sum(agent["model"] == "opus" for agent in own)
        assert "Bash" not in numbers(page, "Tools"), "all agents of the page have it"
        facet(page, "Models").get_by_label("opus").check()
        type_in(page, "tests")
        expected = [agent for agent in own if agent["model"] == "opus" and "tests" in agent["description"]]
        assert sorted(names(page)) == sorted(agent["name"] for agent in expected)
        assert page.inner_text(SAID) == f"{len(expected)} of {len(own)} agents"
        page.click("table.agents tbody th a")
        assert page.inner_text("h1") in [agent["name"] for agent in expected]


def test_everything_works_from_the_keyboard(browser, team):
    with opened(browser, index(team)) as page:
        page.focus("#page\\:filter")
        page.keyboard.type("worker-07")
        settled(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        until(page, "document.activeElement.closest('tr')?.rowIndex === 2")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == "page:filter"
        facet(page, "Models").get_by_label("opus").focus()
        page.keyboard.press("Space")
        settled(page)
        assert page.evaluate("document.activeElement.dataset.value") == "opus", "the focus stays on the value"
        first = names(page)[0]
        page.focus("#page\\:filter")
        page.keyboard.press("Escape")
        settled(page)
        assert page.input_value("#page\\:filter") == "" and page.get_by_role("button", name="Remove Models: opus").is_visible()
        page.keyboard.press("Escape")
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 100")
        page.keyboard.type(first)
        settled(page)
        page.keyboard.press("Enter")
        page.wait_for_url("**/agents/**")
        page.get_by_role("heading", level=1, name=first, exact=True).wait_for()


def test_on_a_phone_the_facets_are_behind_a_button(browser, team):
    with opened(browser, index(team), viewport={"width": 375, "height": 800}) as page:
        assert not page.locator(".facets").is_visible()
        opener = page.get_by_role("button", name="Filter by …")
        opener.click()
        assert opener.get_attribute("aria-expanded") == "true" and page.locator(".facets").is_visible()
        box, first = page.locator(".facets").bounding_box(), page.locator("table.agents tbody tr").first.bounding_box()
        assert opener.bounding_box()["y"] < box["y"] and box["y"] + box["height"] <= first["y"] and box["height"] <= 500, "the facets are between the filter and the list"
        facet(page, "Models").get_by_label("opus").check()
        settled(page)
        assert page.get_by_role("button", name="Filter by … (1)").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_scripts_facet_values_are_links(browser, team):
    with opened(browser, index(team), java_script_enabled=False, viewport={"width": 1280, "height": 900}) as page:
        assert page.locator(".facets input").count() == 0
        follow(page.locator(".facets").get_by_role("link", name="opus"))
        assert page.inner_text("h1") == "opus"


def test_an_unknown_value_in_the_address_matches_nothing(browser, team):
    with opened(browser, index(team) + "?models=gpt-99&utm_source=letter") as page:
        settled(page)
        assert page.inner_text(SAID) == "No agents match all of this"
        assert page.get_by_role("button", name="Remove").count() == 1, "parameters that are not facets are ignored"
        page.get_by_role("button", name="Remove Models: gpt-99").click()
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 100")
        assert page.problems == []
