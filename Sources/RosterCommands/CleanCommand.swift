import ArgumentParser
import Files
import Publishing
import Reports

/// The command line of `roster clean`.
struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Remove a built site or its cache.",
    discussion: """
      Only files written by Roster are removed, then folders left empty. Other files are never touched. The output \
      folder is the same as for roster build. With --cache, only the cache of that output is removed.

      Examples:
        roster clean
        roster clean --output site --dry-run
        roster clean --config team.yml
        roster clean --cache
      """
  )

  @Option(
    name: [.short, .long], help: "The output folder (default: Output).", completion: .directory)
  var output: String?

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it exists).", completion: .file())
  var config: String?

  @Flag(help: "Remove the cache of the output, not the site.")
  var cache = false

  @Flag(name: .customLong("dry-run"), help: "List the files that would be removed without removing them.")
  var dryRun = false

  func run() throws {
    let folder = try output ?? BuildPlan.output(config: config)
    if cache { return try removeCache(of: folder) }
    guard Disk.kind(folder) == .folder else {
      Terminal.output("Nothing to remove: \(folder) does not exist")
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
      return Terminal.output("No cache for \(folder)")
    }
    if dryRun { return Terminal.output("\(path)/") }
    Disk.removeTree(path)
    if Disk.kind(path, followsLinks: false) != nil { throw .failed("\(path): cannot remove the cache") }
    Terminal.output("Removed the cache of \(folder): \(path)")
  }
}
