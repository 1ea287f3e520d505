import ArgumentParser

/// What every command is told that reads agents.
struct SourceOptions: ParsableArguments {
  @Argument(help: "Folders or files to read agents from.", completion: .file())
  var sources: [String] = []

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it is there).", completion: .file())
  var config: String?

  @Option(
    help: "The folder for caches (default: roster in the user's cache folder). Losing it only costs time.",
    completion: .directory)
  var cache: String?

  @Option(name: [.short, .long], help: "How many tasks work at the same time (default: one for each core).")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "A policy that nothing in a repository can loosen: a file, or an address that begins with https://.",
      valueName: "file or url"),
    completion: .file())
  var policy: String?

  @Flag(
    help: """
      Fetch the git repositories that roster.yml names. Otherwise their last copies in the cache are read, without the \
      network.
      """)
  var fetch = false

  @Flag(help: "Stop if a git repository cannot be fetched or read. Otherwise it is reported and left out.")
  var strict = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }
}

/// What every command is told that makes a catalog: of what, and how.
struct CatalogOptions: ParsableArguments {
  @OptionGroup
  var source: SourceOptions

  @Option(help: "A folder whose Templates and Assets are laid over the built-in theme.", completion: .directory)
  var theme: String?

  @Option(help: "The title of the catalog.")
  var title: String?
}
