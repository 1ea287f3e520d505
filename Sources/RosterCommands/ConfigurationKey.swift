/// A key of `roster.yml`. The output of `roster init`, the reference in the guide and the reader share this list.
struct ConfigurationKey {
  /// The key.
  let name: String
  /// Its purpose, in one or two sentences.
  let meaning: String
  /// The default, or nil if there is none.
  let usual: String?
  /// An example in YAML.
  let example: String

  init(_ name: String, usual: String? = nil, _ meaning: String, _ example: String) {
    self.name = name
    self.meaning = meaning
    self.usual = usual
    self.example = example
  }

  /// All keys, ordered by usefulness.
  static let all = [
    ConfigurationKey(
      "title", usual: "Agents", "The title of the catalog.", "title: Platform agents"),
    ConfigurationKey(
      "description", "A sentence shown below the title.", "description: The agents our teams share."),
    ConfigurationKey(
      "content", usual: "the current folder",
      """
      The sources to read. Each folder is a collection with the folder's name. Claude Code plugins and marketplaces \
      are collections with their own names. The key of a collection is part of its pages' addresses, such as \
      acme/tools. By default it is the owner and name from the git remote origin, or else the folder's name, followed \
      by the plugin and the folder in the repository. Adding a source does not change the addresses of other items. \
      source-url is the web address of a source's files; {path} is the path in the source.

      A source with git is a repository: an https, ssh or file URL, accessed with git's own credentials. ref is a \
      branch, tag or commit; path is a folder or file in it. With history: on, every commit is fetched, so pages show \
      when files changed and who changed them. Repositories are fetched with --fetch only, and kept in the cache.
      """,
      """
      content:
        - .claude/agents
        - folder: ../design/agents
          name: Design
          key: acme/design
        - git: https://git.example.com/acme/platform.git
          ref: main
          path: .claude
          source-url: https://code.example.com/acme/platform/blob/main/.claude/{path}
      """),
    ConfigurationKey(
      "include", usual: "*.md, *.markdown, *.mdc, and TOML, JSON and YAML files where a runtime looks for them",
      """
      The files to read. * matches within a folder, ** across folders. A pattern that names a folder or file skipped \
      by default, such as fixtures/**/*.md, includes it again.
      """,
      #"include: ["*.md", "*.markdown", "*.mdc"]"#),
    ConfigurationKey(
      "exclude",
      """
      Files to skip, even if include matches them. Files ignored by git, dependencies, test fixtures, backups and \
      issue templates are always skipped by default. A folder listed as a source is read whatever its name is.
      """,
      #"exclude: ["drafts/**", "*.draft.md"]"#),
    ConfigurationKey(
      "kinds", usual: "all",
      "The kinds of items in the catalog: agents, skills, commands, instructions. Other kinds are neither listed nor checked.",
      "kinds: [agents, skills, commands]"),
    ConfigurationKey("output", usual: "Output", "The output folder.", "output: Output"),
    ConfigurationKey(
      "base-url",
      """
      The URL of the published site. The sitemap, canonical links, feeds and the browser's search engine entry need it.
      """,
      "base-url: https://agents.example.com/"),
    ConfigurationKey(
      "source-url",
      usual: "derived from the git remote origin, if its host is a known server",
      """
      The URL of a source file; {path} is its path in the collection. Without it, pages link to the files of \
      each repository on github.com, gitlab.com, bitbucket.org, codeberg.org and hosts such as gitlab.example.com. off \
      leaves all links to repositories out. With several repositories, use source-url in the entries of content.
      """,
      "source-url: https://github.com/acme/agents/blob/main/{path}"),
    ConfigurationKey(
      "commit-url", usual: "derived from source-url or the git remote origin for common servers",
      "The URL of a commit; {revision} is its hash.",
      "commit-url: https://git.example.com/agents/commit/{revision}"),
    ConfigurationKey(
      "theme", "A folder with Templates/ and Assets/ that override those of the built-in theme.", "theme: theme"),
    ConfigurationKey(
      "runtimes",
      """
      A file that updates the built-in facts about runtimes, or adds runtimes. See roster check --explain runtimes.
      """,
      "runtimes: runtimes.yml"),
    ConfigurationKey("language", usual: "en", "The language of the pages.", "language: en"),
    ConfigurationKey("footer", "A line at the bottom of each page.", "footer: Maintained by the platform team."),
    ConfigurationKey(
      "search", usual: "on", "Whether the site has search.", "search: off"),
    ConfigurationKey(
      "history", usual: "on",
      "Whether pages show when files in a git repository were added and changed, and by whom.",
      "history: off"),
    ConfigurationKey(
      "history-texts", usual: "10",
      """
      How many of the last versions of each item its page lists, with the changes in access. Any two can be compared. \
      The texts are part of the site and are loaded on demand. Old texts are published too, except versions with \
      suspected secrets; `history-texts: 0` leaves them out. At most 100; 0 or 1 for none.
      """,
      "history-texts: 25"),
    ConfigurationKey(
      "taxonomies", usual: "all on, with their default names",
      "The ways to browse. Turn one off, rename it, or add words to topics.",
      """
      taxonomies:
        models: off
        categories:
          label: Teams
        topics:
          lexicon:
            Payments: [payment, payments, ledger, stripe]
      """),
    ConfigurationKey(
      "owners", usual: "from files, plugin manifests and CODEOWNERS",
      """
      The owners of files. The last matching entry wins. Without one, the owner is the item's own owner, team, \
      maintainer or author field, then the author in its plugin's manifest, then the repository's CODEOWNERS file \
      (GitHub or GitLab).
      """,
      """
      owners:
        - paths: ["payments/**"]
          owners: ["@acme/payments", payments@acme.example]
      """),
    ConfigurationKey(
      "lifecycle", usual: "from the status, replaced-by, sunset and review-by fields of files",
      """
      The lifecycle of items, given by name, path or address: status (draft, experimental, active, deprecated, \
      retired), replacement, last day of use, and review date. Files can have the same fields in their frontmatter.
      """,
      """
      lifecycle:
        - items: [old-reviewer]
          status: deprecated
          replaced-by: code-reviewer
          sunset: 2027-01-31
        - items: [agents/acme/tools/planner]
          review-by: 2027-06-30
      """),
    ConfigurationKey(
      "rules", usual: "the default of each rule, see roster check --explain all; approval-missing is off",
      "The severity of rules: off, note, warning or error. roster check --explain all lists the rules.",
      """
      rules:
        tools-unrestricted: warning
        approval-missing: error
        heading-skip: off
      """),
    ConfigurationKey(
      "exceptions", "Files exempt from the named rules, or from all rules.",
      """
      exceptions:
        - paths: ["vendor/**"]
          rules: [name-shared]
      """),
    ConfigurationKey(
      "compare", usual: "a threshold of 0.5",
      """
      threshold: how similar two prompts must be to count as near-duplicates, as the share of five-word sequences in \
      common (off: never). pinned: agents to compare on a page of their own. decisions: what your team decided about \
      similar agents; their pages show it. Agents marked intended are no longer reported.
      """,
      """
      compare:
        threshold: 0.5
        pinned:
          - title: Reviewers
            agents: [code-reviewer, security-reviewer]
        decisions:
          - agents: [team/reviewer.md, vendor/reviewer.md]
            keep: team/reviewer.md
            note: The other one is older.
          - agents: [drafts/api.md, drafts/api-v2.md]
            merge into: drafts/api.md
          - agents: [eu/support.md, us/support.md]
            intended: yes
      """),
  ]

  /// A sample file with all keys commented out.
  static var sample: String {
    let head = "# Roster's configuration. Every key is optional. Commented-out values are examples.\n"
    return all.reduce(head) { text, key in
      let usual = key.usual.map { " Default: \($0)." } ?? ""
      let words = (key.meaning + usual).wrapped(at: 110).split(separator: "\n").map { "# \($0)\n" }.joined()
      let example = key.example.split(separator: "\n").map { "#\($0)\n" }.joined()
      return text + "\n" + words + example
    }
  }
}
