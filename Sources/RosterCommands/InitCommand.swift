import ArgumentParser
import Files

/// Runs `roster init`: writes a sample configuration.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented roster.yml.",
    discussion: """
      Every key is optional and commented out. An existing file is never overwritten.

      Examples:
        roster init
        roster init team
      """
  )

  @Argument(help: "The folder to write roster.yml to.", completion: .directory)
  var folder: String = "."

  func run() throws {
    guard Disk.kind(folder) == .folder else { throw CommandFailure.usage("\(folder): no such folder") }
    let path = folder == "." ? "roster.yml" : "\(folder)/roster.yml"
    guard Disk.kind(path, followsLinks: false) == nil else {
      throw CommandFailure.failed("\(path) already exists; nothing was written")
    }
    do {
      try Disk.save(Array(ConfigurationKey.sample.utf8), to: path)
    } catch {
      throw CommandFailure.failed("\(error)")
    }
    Terminal.output("Wrote \(path). Uncomment what you need, then run: roster build")
  }
}
