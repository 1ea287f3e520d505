import ArgumentParser

/// The options of all commands that read agents.
struct SourceOptions: ParsableArguments {
  @Argument(help: "Folders or files to read agents from.", completion: .file())
  var sources: [String] = []

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it exists).", completion: .file())
  var config: String?

  @Option(
    help: "The cache folder (default: roster in the user's cache folder). It is safe to delete.",
    completion: .directory)
  var cache: String?

  @Option(name: [.short, .long], help: "The number of parallel tasks (default: the number of cores).")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "A policy that no repository can loosen: a file, or a URL that starts with https://.",
      valueName: "file or url"),
    completion: .file())
  var policy: String?

  @Flag(
    help: """
      Fetch the git repositories listed in roster.yml. Without this, the copies in the cache are used, and the network \
      is not.
      """)
  var fetch = false

  @Flag(help: "Fail if a git repository cannot be fetched or read. Without this, it is reported and skipped.")
  var strict = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }
}

/// The options of all commands that build a catalog.
struct CatalogOptions: ParsableArguments {
  @OptionGroup
  var source: SourceOptions

  @Option(help: "A folder whose Templates and Assets override those of the built-in theme.", completion: .directory)
  var theme: String?

  @Option(help: "The title of the catalog.")
  var title: String?
}
