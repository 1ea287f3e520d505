import ArgumentParser
import Files
import Publishing

/// `roster clean`, as typed.
struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Remove what earlier builds wrote.",
    discussion: """
      Only files that Roster wrote are removed, and folders that are empty then; every other file in the folder stays. The folder is that of roster build.

      Examples:
        roster clean
        roster clean --output site --dry-run
        roster clean --config team.yml
      """
  )

  @Option(
    name: [.short, .long], help: "The folder that the site was written to (default: Output).", completion: .directory)
  var output: String?

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it is there).", completion: .file())
  var config: String?

  @Flag(name: .customLong("dry-run"), help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  func run() throws {
    let folder = try output ?? BuildPlan.output(config: config)
    guard Disk.kind(folder) == .folder else {
      Terminal.output("There is nothing to remove: \(folder) is not there")
      return
    }
    let publisher = Publisher(folder: folder, jobs: 1)
    do throws(PublishingError) {
      if dryRun {
        for file in publisher.files.sorted(by: { $0.precedesByBytes($1) }) { Terminal.output("\(folder)/\(file)") }
      } else {
        Terminal.output("\(Summary.count(try publisher.clear(), "file")) removed from \(folder)")
      }
    } catch {
      throw CommandFailure.failed(error.description)
    }
  }
}
