import ArgumentParser

/// The command line of `roster serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Preview a catalog in the browser, with live reload.",
    discussion: """
      The catalog is built into a temporary folder and served to this machine only. Sources, roster.yml and the theme \
      are watched: open pages reload when they change, and show errors if a build fails.

      Examples:
        roster serve
        roster serve .claude/agents --open
        roster serve agents --theme theme --port 9000
        roster serve agents --host 0.0.0.0 --title "Team agents"
        roster serve --config team.yml --jobs 2 --cache /var/cache/agents
        roster serve --fetch --strict
        roster serve --policy ../policy.yml
      """
  )

  @OptionGroup
  var catalog: CatalogOptions

  @Option(name: [.short, .long], help: "The port (default: 8000, or the next free one).")
  var port: UInt16?

  @Option(help: "The address to listen on. Any other than the default may expose the catalog to other machines.")
  var host: String = "127.0.0.1"

  @Flag(help: "Open the catalog in the browser.")
  var open = false

  func validate() throws {
    if port == 0 { throw ValidationError("--port must be between 1 and 65535.") }
  }

  func run() async throws { try await Preview(command: self).run() }
}
