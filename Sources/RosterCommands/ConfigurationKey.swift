/// A key of `roster.yml`: what the file of `roster init`, the reference in the guide, and the reader have in common.
struct ConfigurationKey {
  /// The key.
  let name: String
  /// What it is for, in a sentence or two.
  let meaning: String
  /// What holds where it is not there, or nil where that is nothing.
  let usual: String?
  /// How it is written, as YAML.
  let example: String

  init(_ name: String, usual: String? = nil, _ meaning: String, _ example: String) {
    self.name = name
    self.meaning = meaning
    self.usual = usual
    self.example = example
  }

  /// Every key, in the order in which people want them.
  static let all = [
    ConfigurationKey(
      "title", usual: "Agents", "The title of the catalog.", "title: Platform agents"),
    ConfigurationKey(
      "description", "A sentence below the title.", "description: The agents that our teams share."),
    ConfigurationKey(
      "content", usual: "the folder that the program is called in",
      """
      Where agents are read from. A folder by itself is a collection of that name; plugins and marketplaces of \
      Claude Code are collections with the names that they give themselves. Addresses call a collection by its key, \
      such as acme/tools: by default the owner and name of the git remote origin, else the name of the folder, with \
      the plugin and the folder in the repository behind it. Adding a source moves no item.

      A source with git is a repository, by an address of https, ssh or file, with the credentials that git has. ref \
      is a branch, a tag or a commit, path a folder or file in it; history: on fetches every commit, so that pages say \
      when files were changed and by whom. Repositories are fetched with --fetch only, and stay in the cache.
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
      """),
    ConfigurationKey(
      "include", usual: "*.md, *.markdown, *.mdc, and TOML, JSON and YAML files where a runtime looks for them",
      """
      Which files are read. * stays within a folder, ** does not. A pattern that names a folder or a file which is \
      skipped by default, such as fixtures/**/*.md, brings it back.
      """,
      #"include: ["*.md", "*.markdown", "*.mdc"]"#),
    ConfigurationKey(
      "exclude",
      """
      Files to skip, even if include matches them. They add to what is skipped by default: files that git ignores, \
      dependencies, test fixtures, backups and issue templates. A source is read whatever its folder is called.
      """,
      #"exclude: ["drafts/**", "*.draft.md"]"#),
    ConfigurationKey(
      "kinds", usual: "all of them",
      "The kinds of items that the catalog holds: agents, skills, commands, instructions. Others are not checked either.",
      "kinds: [agents, skills, commands]"),
    ConfigurationKey("output", usual: "Output", "Where the site goes.", "output: Output"),
    ConfigurationKey(
      "base-url",
      """
      Where the site will stand: the site map, canonical links, feeds, and what tells browsers how to search, need \
      it.
      """,
      "base-url: https://agents.example.com/"),
    ConfigurationKey(
      "source-url", "Where a source can be looked at; {path} is its path below the collection.",
      "source-url: https://github.com/acme/agents/blob/main/{path}"),
    ConfigurationKey(
      "commit-url", usual: "what source-url tells, of the servers that people have",
      "Where a commit can be looked at; {revision} is its name.",
      "commit-url: https://git.example.com/agents/commit/{revision}"),
    ConfigurationKey(
      "theme", "A folder with Templates/ and Assets/ to lay over the built-in theme.", "theme: theme"),
    ConfigurationKey(
      "runtimes",
      """
      A file that updates the built-in facts about runtimes, or adds runtimes. See roster check --explain runtimes.
      """,
      "runtimes: runtimes.yml"),
    ConfigurationKey("language", usual: "en", "The language of the pages.", "language: en"),
    ConfigurationKey("footer", "A line at the foot of each page.", "footer: Kept by the platform team."),
    ConfigurationKey(
      "search", usual: "on", "Whether the site can be searched.", "search: off"),
    ConfigurationKey(
      "history", usual: "on",
      "Whether pages say when files came, when they were changed, and by whom, where they stand in a git repository.",
      "history: off"),
    ConfigurationKey(
      "history-texts", usual: "10",
      """
      How many of the last versions of each item its page lists, with the changes in access. Any two can be compared. \
      The texts are part of the site and are loaded on demand. 0 for none.
      """,
      "history-texts: 25"),
    ConfigurationKey(
      "taxonomies", usual: "all on, under their usual names",
      "Ways to browse: off, or called otherwise; topics can learn words.",
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
      "owners", usual: "what files, plugin manifests and CODEOWNERS say",
      """
      Who owns files, whatever they say themselves; the last entry that matches decides. Without one, an item belongs \
      to whom its own owner, team, maintainer or author names, else to the author in its plugin's manifest, else to its \
      owners in the CODEOWNERS file of its repository (of GitHub or GitLab).
      """,
      """
      owners:
        - paths: ["payments/**"]
          owners: ["@acme/payments", payments@acme.example]
      """),
    ConfigurationKey(
      "lifecycle", usual: "what files say in status, replaced-by, sunset and review-by",
      """
      The lifecycle of items, named by name, path or address: status (draft, experimental, active, deprecated, \
      retired), replacement, last day of use, and review date. A frontmatter can have the same fields.
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
      "rules", usual: "what each rule says, see roster check --explain all; approval-missing is off",
      "How much a rule's findings matter: off, note, warning or error; roster check --explain all lists the rules.",
      """
      rules:
        tools-unrestricted: warning
        approval-missing: error
        heading-skip: off
      """),
    ConfigurationKey(
      "exceptions", "Files for which rules do not hold: those named, or all.",
      """
      exceptions:
        - paths: ["vendor/**"]
          rules: [name-shared]
      """),
    ConfigurationKey(
      "compare", usual: "a threshold of 0.5",
      """
      From which share of runs of five words in common two prompts are nearly the same (off: never); agents to \
      compare, whatever their names; what was decided about agents that are alike, which their page shows. Those \
      that are intended are no finding any more.
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

  /// A file with every key, commented out.
  static var sample: String {
    let head = "# Roster's configuration. Every key is optional; what is commented out shows an example.\n"
    return all.reduce(head) { text, key in
      let usual = key.usual.map { " Without it: \($0)." } ?? ""
      let words = (key.meaning + usual).wrapped(at: 110).split(separator: "\n").map { "# \($0)\n" }.joined()
      let example = key.example.split(separator: "\n").map { "#\($0)\n" }.joined()
      return text + "\n" + words + example
    }
  }
}
