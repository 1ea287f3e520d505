"""The catalog data match their schema and the known content of the seeds."""
import json

import jsonschema

from conftest import build


def catalog_of(site):
    return json.loads((site.folder / "catalog.json").read_text("utf-8"))


def test_the_catalog_matches_its_schema(site):
    schema = json.loads((site.folder / "catalog.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(catalog_of(site))


def test_every_address_in_the_catalog_exists(site):
    catalog = catalog_of(site)
    for entry in catalog["agents"] + catalog["documents"]:
        assert (site.folder / entry["url"]).is_file()
        assert (site.folder / entry["raw"]).is_file()
    for taxonomy in catalog["taxonomies"]:
        assert (site.folder / taxonomy["url"]).is_file()
        assert all((site.folder / term["url"]).is_file() for term in taxonomy["terms"])
    assert all((site.folder / comparison["url"]).is_file() for comparison in catalog["comparisons"])
    ids = [agent["id"] for agent in catalog["agents"]]
    assert len({identifier.lower() for identifier in ids}) == len(ids)


def test_the_seeds_have_the_known_content(seeds_site):
    catalog = catalog_of(seeds_site)
    agents = {agent["source"]["path"][:3]: agent for agent in catalog["agents"]}
    assert len(agents) == 5
    assert all(agent["summary"].endswith(".") and len(agent["summary"].split()) > 5 for agent in agents.values())
    assert [len(agents[key]["examples"]) for key in sorted(agents)] == [3, 4, 3, 2, 0]
    for example in agents["000"]["examples"] + agents["002"]["examples"] + agents["003"]["examples"]:
        assert example["context"] and example["commentary"]
        assert [turn["role"] for turn in example["turns"]] == ["user", "assistant"]
    assert len(agents["004"]["fields"]["triggers"]) == 16
    assert agents["004"]["tools"] == ["Read", "Write", "Edit", "Bash", "Grep", "Glob"]
    assert agents["004"]["category"] == "backend" and agents["004"]["fields"]["tier"] == "core"
    assert [group["id"] for group in catalog["comparisons"]] == ["backend-api-architect", "backend-architect"]
    page = (seeds_site.folder / agents["002"]["url"]).read_text("utf-8")
    assert "🚨 MANDATORY RULE" in page
    assert "ðŸš¨" in (seeds_site.folder / agents["002"]["raw"]).read_text("utf-8")


def test_numbers_in_frontmatter_are_numbers_in_the_data(tmp_path):
    numbers = {"1": "1", "0.7": "0.7", "1.0": "1.0", "1e3": "1e3", "-0.5": "-0.5", "+1": "1", ".5": "0.5", "1.": "1.0", "123456789012345678901234567890": "123456789012345678901234567890"}
    texts = ["1.0.3", "0x10", "0o7", ".inf", ".nan", "012", "1e999", "1_000"]
    fields = "".join(f"f{place}: {text}\n" for place, text in enumerate([*numbers, *texts]))
    (tmp_path / "a.md").write_text(f"---\nname: a\ndescription: d\n{fields}quoted: '0.7'\nlist: [0.7, x, {{deep: .5}}]\n---\nText\n")
    assert build([tmp_path / "a.md"], tmp_path / "site", "--no-search").returncode == 0
    for name in ("catalog.json", "catalog.ndjson"):
        text = (tmp_path / "site" / name).read_text("utf-8")
        # Compares the spelling of numbers.
        data = json.loads(text, parse_int=lambda number: ("number", number), parse_float=lambda number: ("number", number))
        fields = (data["agents"][0] if name == "catalog.json" else data)["fields"]
        assert [fields[f"f{place}"] for place in range(len(numbers))] == [("number", number) for number in numbers.values()]
        assert [fields[f"f{place}"] for place in range(len(numbers), len(numbers) + len(texts))] == texts
        assert fields["quoted"] == "0.7" and fields["list"] == [("number", "0.7"), "x", {"deep": ("number", "0.5")}]
