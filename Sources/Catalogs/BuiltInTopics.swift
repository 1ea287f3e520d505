extension Lexicon {
  /// The built-in topics; `roster.yml` can add more.
  public static let builtInTopics: [Topic] = builtInLines.split(separator: "\n").map { line in
    let parts = line.split(separator: ":", maxSplits: 1)
    return Topic(
      title: String(parts[0]),
      words: parts.count > 1 ? parts[1].split(separator: ",").map { $0.drop { $0 == " " }.description } : [])
  }

  /// One topic per line: the title, then the words that indicate it.
  private static let builtInLines = """
    Accessibility: accessibility, accessible, a11y, wcag, aria, screen reader, screen readers
    Agents and prompts: prompt, prompts, prompt engineering, prompt engineer, llm, llms, rag, mcp, subagent, \
    subagents, multi agent, orchestrator, orchestration, context engineering, claude, copilot, embeddings, fine \
    tuning
    APIs: api, apis, rest, restful, graphql, grpc, openapi, swagger, webhook, webhooks, endpoint, endpoints
    Architecture: architect, architecture, architectural, ddd, microservice, microservices, system design, event \
    driven, monolith, c4, adr, patterns
    Automation: automation, automate, workflow, workflows, n8n, zapier, scripting, cron
    Backend: backend, back-end, server side, server-side, django, fastapi, flask, rails, laravel, spring, spring \
    boot, nestjs, express, asp.net, phoenix, nodejs, node.js
    Blockchain: blockchain, web3, ethereum, solidity, smart contract, smart contracts, defi, nft, crypto, solana
    Business: business, strategy, startup, revenue, pricing, stakeholder, kpi, operations, saas, proposal, market
    Cloud: cloud, aws, azure, gcp, lambda, serverless, s3, cloudflare, bicep, cloudformation
    Code quality: refactor, refactoring, legacy, technical debt, tech debt, lint, linting, clean code, code quality, \
    simplify, modernization, modernize, moderniser, modernizer
    Code review: review, reviewer, reviews, code review, code reviewer, pull request, pull requests, pr
    Content and writing: writer, writing, content, copywriting, copywriter, blog, editor, editorial, article, \
    articles, newsletter, storytelling
    Customer support: customer support, customer success, support ticket, helpdesk, customer service
    Data: data, etl, analytics, pipeline, data engineer, data scientist, spark, airflow, dbt, bigquery, snowflake, \
    warehouse, pandas, kafka, dashboard
    Databases: database, databases, sql, postgres, postgresql, mysql, mongodb, redis, sqlite, nosql, schema, query \
    optimization, orm, prisma, elasticsearch, dynamodb, supabase, neo4j, dba
    Debugging: debug, debugger, debugging, bug, bugs, troubleshoot, troubleshooting, root cause, stack trace, error \
    detective, diagnose, flaky
    Design and UX: ux, ui, ui/ux, design system, designer, figma, usability, wireframe, visual design, branding, \
    typography, user experience, css, tailwind
    Desktop: electron, tauri, wpf, winforms, macos, windows, desktop, qt
    DevOps: devops, ci, cd, ci/cd, docker, kubernetes, k8s, terraform, helm, ansible, deployment, deploy, github \
    actions, jenkins, infrastructure, sre, platform engineer, gitops, iac, container, containers
    Documentation: documentation, docs, readme, technical writer, tutorial, tutorials, changelog, docstring, \
    mermaid, diagram, diagrams, docusaurus, wiki
    Education: education, teaching, teacher, mentor, learning path, course, student, students, tutor, onboarding
    Embedded and IoT: embedded, firmware, iot, microcontroller, rtos, arm, stm32, arduino, hardware
    Finance: finance, financial, accounting, quant, trading, payment, payments, invoice, tax, budget, fintech, \
    stripe, billing
    Frontend: frontend, front-end, react, vue, angular, svelte, next.js, nextjs, css, html, tailwind, web \
    components, javascript, nuxt, astro, browser
    Games: game, games, unity, unreal, godot, gamedev, shader, game developer
    Git: git, commit, commits, branch, merge, rebase, github, gitlab, release, version control
    Health: health, healthcare, medical, clinical, hipaa, fhir, patient
    Incident response: incident, incidents, incident response, incident responder, on call, on-call, postmortem, outage
    Languages: python, javascript, typescript, java, kotlin, swift, rust, go, golang, ruby, php, c++, c#, scala, \
    elixir, haskell, clojure, dart, lua, perl, bash, powershell, julia, cobol, fortran, c, f#, ocaml, erlang, r
    Legal and compliance: legal, compliance, gdpr, contract, contracts, license, licensing, privacy, policy, soc, \
    audit, regulatory
    Localisation: localization, localisation, i18n, l10n, translation, translate, translator, internationalization
    Machine learning: machine learning, ml, ai engineer, deep learning, pytorch, tensorflow, mlops, model training, \
    computer vision, nlp, neural, inference, scikit-learn, data scientist
    Marketing: marketing, seo, growth, campaign, social media, email marketing, advertising, brand, ads, keyword, \
    tiktok, instagram, twitter, reddit, app store
    Mobile: mobile, ios, android, flutter, react native, swiftui, jetpack compose, expo, xcode, kotlin multiplatform
    Monitoring: monitoring, observability, logging, metrics, tracing, prometheus, grafana, opentelemetry, alerting, \
    sentry, datadog
    Networking: network, networking, dns, tcp, load balancer, vpn, firewall, proxy, websocket, mqtt
    Performance: performance, optimization, optimize, optimizer, profiling, latency, caching, cache, scalability, \
    benchmark, load testing, web vitals
    Planning and product: product, product manager, roadmap, prd, requirements, user story, user stories, sprint, \
    scrum, agile, project manager, planner, planning, backlog, feedback, prioritization, specification, spec
    Research: research, researcher, literature, survey, investigate, fact check, citations, synthesis, synthesizer, \
    competitive analysis, trend
    Sales: sales, lead, leads, crm, outreach, salesforce, prospect, prospecting, cold email
    Science: science, scientific, physics, chemistry, biology, bioinformatics, mathematics, statistics, statistical, \
    simulation
    Search: search, elasticsearch, vector, retrieval, indexing, algolia, semantic search
    Security: security, secure, vulnerability, vulnerabilities, owasp, penetration, pentest, threat, authentication, \
    oauth, jwt, auth, encryption, cve, hardening, secrets, devsecops, zero trust
    Testing: test, tests, testing, tester, qa, tdd, unit test, unit tests, e2e, playwright, cypress, jest, pytest, \
    test automation, test automator, quality assurance, coverage, selenium, mutation
    """
}
