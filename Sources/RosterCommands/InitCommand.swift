import ArgumentParser
import Files

/// `roster init`: writes a configuration to begin with.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented roster.yml.",
    discussion: """
      Every key is optional, and commented out; a file that is there already is left as it is.

      Example:
        roster init
      """
  )

  @Argument(help: "The folder to write it to.", completion: .directory)
  var folder: String = "."

  func run() throws {
    guard Disk.kind(folder) == .folder else { throw CommandFailure.usage("\(folder): no such folder") }
    let path = folder == "." ? "roster.yml" : "\(folder)/roster.yml"
    guard Disk.kind(path, followsLinks: false) == nil else {
      throw CommandFailure.failed("\(path) is there already, and was left as it is")
    }
    do {
      try Disk.write(Array(Self.sample.utf8), to: path)
    } catch {
      throw CommandFailure.failed("\(error)")
    }
    Terminal.output("Wrote \(path). Uncomment what you need, then run: roster build")
  }

  static let sample = """
    # Roster's configuration. Every key is optional; what is commented out shows an example.

    # The title of the catalog, and a sentence below it.
    #title: Platform agents
    #description: The agents that our teams share.

    # Where agents are read from. A folder by itself is a collection of that name.
    #content:
    #  - .claude/agents
    #  - folder: ../design/agents
    #    name: Design

    # Which files are agents, and which are not. * stays within a folder, ** does not.
    #include: ["*.md", "*.markdown", "*.mdc"]
    #exclude: ["README.md", "drafts/**"]

    # Where the site goes, and where it will stand: the latter is needed for the site map and canonical links.
    #output: Output
    #base-url: https://agents.example.com/

    # Where a source can be looked at; {path} is its path below the collection.
    #source-url: https://github.com/acme/agents/blob/main/{path}
    # Where a commit can be looked at, where source-url does not tell.
    #commit-url: https://git.example.com/agents/commit/{revision}

    # A folder with Templates/ and Assets/ to lay over the built-in theme.
    #theme: theme

    # What runtimes take and what makes them skip a file, where it has changed since this version: see roster check --explain runtimes.
    #runtimes: runtimes.yml

    # The language of the pages, and a line at the foot of each.
    #language: en
    #footer: Kept by the platform team.

    # Whether the site has a full-text search, where Pagefind is installed.
    #search: off

    # Whether pages say when files came, when they were changed, and by whom, where they stand in a git repository.
    #history: off

    # Ways to browse: off, or called otherwise; topics can learn words.
    #taxonomies:
    #  models: off
    #  categories:
    #    label: Teams
    #  topics:
    #    lexicon:
    #      Payments: [payment, payments, ledger, stripe]

    # How much a rule's findings matter: off, note, warning or error; roster check --explain lists the rules.
    #rules:
    #  tools-unrestricted: warning
    #  approval-missing: error
    #  heading-skip: off

    # Files for which rules do not hold: those named, or all.
    #exceptions:
    #  - paths: ["vendor/**"]
    #    rules: [name-shared]

    # From which share of runs of five words in common two prompts are nearly the same (off: never), and agents to compare, whatever their names.
    #compare:
    #  threshold: 0.5
    #  pinned:
    #    - title: Reviewers
    #      agents: [code-reviewer, security-reviewer]
    #  # What was decided about agents that are alike; their page shows it. Those that are intended are no finding any more.
    #  decisions:
    #    - agents: [team/reviewer.md, vendor/reviewer.md]
    #      keep: team/reviewer.md
    #      note: The other one is older.
    #    - agents: [drafts/api.md, drafts/api-v2.md]
    #      merge into: drafts/api.md
    #    - agents: [eu/support.md, us/support.md]
    #      intended: yes

    """
}
