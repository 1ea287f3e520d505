"""What somebody would ask of a large catalog, and whether the agent that is wanted stands among the first three that the filter of the index shows."""
import json

from test_browser import browser, opened  # noqa: F401
from test_filter import index, names, type_in

# A question as one would type it, and the names any of which answers it.
QUESTIONS = [
    ("who writes Terraform?", "terraform-engineer, terraform-expert, terraform-specialist, terraform-aws-implement, Terraform-Agent"),
    ("an agent for flaky tests", "cypress-expert, playwright-expert, test-automator, testcafe-expert, selenium-expert, qa-expert, jest-expert"),
    ("review my pull request", "code-reviewer, reviewer, review-agent, code-review-preshipment, git-pr-workflows-code-reviewer, comprehensive-review-code-reviewer, review"),
    ("speed up slow SQL queries", "sql-expert, sql-pro, database-optimizer, database-optimization, postgres-expert, mysql-expert, mssql-expert, database-cloud-optimization-database-optimizer, PostgreSQL-DBA"),
    ("migrate from React 18 to 19", "react19-migrator, react19-commander, react19-auditor, react19-dep-surgeon, react19-test-guardian, react18-commander"),
    ("set up a kubernetes cluster", "kubernetes-expert, kubernetes-specialist, kubernetes-architect, kubernetes-operations-kubernetes-architect"),
    ("find security holes in our API", "api-security-audit, security-auditor, api-security-tester, penetration-tester, backend-security-coder"),
    ("accessibility audit", "accessibility-tester, accessibility-expert, accessibility-specialist, accessibility"),
    ("write unit tests for python", "python-expert, python-pro, pytest-expert, unit-testing-test-automator, test-automator, test-writer"),
    ("internationalization", "Lingo.dev Localization (i18n) Agent"),
    ("graphql schema design", "graphql-architect, graphql-expert"),
    ("rust", "rust-expert, rust-pro, rust-engineer"),
    ("C++ expert", "cpp-expert, cpp-pro, cpp-engineer, C++ Expert, expert-cpp-software-engineer"),
    ("charge credit cards with stripe", "stripe-expert, payment-integration"),
    ("kafka streams", "kafka-expert"),
    ("make sense of legacy code", "legacy-modernizer, code-archaeologist, code-refactoring-legacy-modernizer, framework-migration-legacy-modernizer"),
    ("GDPR compliance", "gdpr-ccpa-compliance, compliance-auditor, legal-advisor, hr-legal-compliance-legal-advisor"),
    ("incident at night, production is down", "incident-responder, devops-incident-responder, devops-troubleshooter, incident-response-incident-responder, sre-engineer"),
    ("prometheus alerts", "prometheus-expert"),
    ("draw a mermaid diagram", "mermaid-expert"),
    ("game in Unity", "unity-developer, game-developer"),
    ("docker image too big", "docker-expert"),
    ("prompt engineering", "prompt-engineer, prompt-crafter"),
    ("write API documentation", "api-documenter, documentation-generation-api-documenter, documentation-engineer, openapi-expert"),
    ("smart contracts", "blockchain-developer, solidity-expert, solidity-security-auditor, blockchain-web3-blockchain-developer, defi-strategist"),
    ("ios app swift", "ios-developer, swift-expert, ios-expert, swiftui-expert, swift-macos-expert"),
    ("analyze malware", "malware-analyst"),
    ("seo for our landing page", "landing-page-copywriter, seo-specialist, seo-content-auditor, seo-meta-optimizer, seo-content-writer, seo-structure-architect"),
    ("elasticsearch mapping", "elasticsearch-expert, elasticsearch-agent, elk-expert"),
    ("plan a podcast episode", "episode-orchestrator, podcast-content-analyzer, podcast-trend-scout, seo-podcast-optimizer, podcast-metadata-specialist"),
]


def test_questions_are_answered_among_the_first_three(browser, corpora_site):  # noqa: F811
    agents = json.loads((corpora_site.folder / "catalog.json").read_text("utf-8"))["agents"]
    known = {agent["name"].lower() for agent in agents}
    missed = []
    with opened(browser, index(corpora_site)) as page:
        for question, wanted in QUESTIONS:
            wanted = {name.lower() for name in wanted.split(", ")}
            assert known.intersection(wanted), f"nobody to be found for {question}"
            type_in(page, question)
            first = [name.lower() for name in names(page)[:3]]
            if not wanted.intersection(first):
                missed.append((question, first))
    for question, first in missed:
        print(f"{question}: {first}")
    assert len(QUESTIONS) - len(missed) >= 27, missed
