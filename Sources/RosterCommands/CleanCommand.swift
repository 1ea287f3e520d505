import ArgumentParser
import Files
import Publishing
import Reports

/// `roster clean`, as typed.
struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Remove what earlier builds wrote.",
    discussion: """
      Only files that Roster wrote are removed, and folders that are empty then; every other file in the folder \
      stays. The folder is that of roster build. \
      --cache removes the cache of that output instead, and no file of the site.

      Examples:
        roster clean
        roster clean --output site --dry-run
        roster clean --config team.yml
        roster clean --cache
      """
  )

  @Option(
    name: [.short, .long], help: "The folder that the site was written to (default: Output).", completion: .directory)
  var output: String?

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it is there).", completion: .file())
  var config: String?

  @Flag(help: "Remove the cache of the output, below ROSTER_CACHE or the user's cache folder, and not the site.")
  var cache = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  func run() throws {
    let folder = try output ?? BuildPlan.output(config: config)
    if cache { return try removeCache(of: folder) }
    guard Disk.kind(folder) == .folder else {
      Terminal.output("There is nothing to remove: \(folder) is not there")
      return
    }
    let publisher = Publisher(folder: folder, jobs: 1)
    do throws(PublishingError) {
      if dryRun {
        for file in publisher.files.sorted(by: { $0.precedesByBytes($1) }) { Terminal.output("\(folder)/\(file)") }
      } else {
        Terminal.output("\(CountText.of(try publisher.clear(), "file")) removed from \(folder)")
      }
    } catch {
      throw CommandFailure.failed(error.description)
    }
  }

  private func removeCache(of folder: String) throws(CommandFailure) {
    guard let path = CacheLocation(of: folder, in: nil).path, Disk.kind(path, followsLinks: false) == .folder else {
      return Terminal.output("There is no cache of \(folder)")
    }
    if dryRun { return Terminal.output("\(path)/") }
    Disk.removeTree(path)
    if Disk.kind(path, followsLinks: false) != nil { throw .failed("\(path): the cache cannot be removed") }
    Terminal.output("Removed the cache of \(folder): \(path)")
  }
}
