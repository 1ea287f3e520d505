import Agents
import ArgumentParser
import Catalogs
import Files

/// The command line of `roster new`.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Create a file for a new agent.",
    discussion: """
      The file has the fields that the runtime reads and a prompt with sections to fill in. It is written to the \
      runtime's folder unless you give --folder. An existing file is never overwritten.

      Examples:
        roster new test-writer
        roster new test-writer --tools "Read, Write, Bash" --model sonnet
        roster new test-writer --description "Writes tests for untested code."
        roster new triage --for copilot
        roster new release-notes --kind command
        roster new pdf-forms --for agent-skill --folder skills
      """
  )

  @Argument(help: "The name.")
  var name: String

  @Option(help: "The kind of item (default: agent, or the kind that the runtime reads).")
  var kind: ItemKind?

  @Option(name: .customLong("for"), help: "The runtime.")
  var runtime = RuntimeKey(argument: Runtimes.builtIn.usual.dialect.key)

  @Option(help: "The folder to write to (default: the runtime's folder).", completion: .directory)
  var folder: String?

  @Option(help: "What it does and when to use it.")
  var description: String?

  @Option(help: "Its tools, separated by commas.")
  var tools: String?

  @Option(help: "Its model.")
  var model: String?

  func run() throws {
    let slug = Slug.make(name)
    if slug.isEmpty || !name.contains(where: { $0.isLetter || $0.isNumber }) {
      throw CommandFailure.usage("“\(name)” is not a valid name: use at least one letter or digit")
    }
    let runtimes = try BuildPlan.runtimes(config: nil)
    let known = runtimes.templated(kind)
    guard let runtime = known.first(where: { $0.dialect.key == runtime.key }) else {
      let keys = known.map(\.dialect.key).joined(separator: ", ")
      throw CommandFailure.usage(
        runtimes[runtime.key] == nil
          ? "unknown runtime “\(runtime.key)”; known runtimes: \(keys)"
          : "Roster cannot write \((kind ?? .agent).plural) for \(runtime.key), only for: \(keys)")
    }
    let isUsual = runtime.dialect == runtimes.usual.dialect
    let path = AgentTemplate.path(of: slug, for: runtime, isUsual: isUsual, in: folder)
    guard Disk.kind(path, followsLinks: false) == nil else {
      throw CommandFailure.failed("\(path) already exists; nothing was written")
    }
    let text = AgentTemplate(name: slug, description: description, tools: tools, model: model).text(for: runtime)
    do throws(Disk.Failure) {
      if let slash = path.lastSlash { try Disk.makeFolder(String(path[..<slash])) }
      try Disk.save(Array(text.utf8), to: path)
    } catch {
      throw CommandFailure.failed(error.description)
    }
    Terminal.output("Wrote \(path). Fill it in, then run: roster check \(path)")
  }
}

extension ItemKind: ExpressibleByArgument {}

/// The key of a runtime on the command line. The runtimes from a team's own file are known only when the command runs.
struct RuntimeKey: ExpressibleByArgument {
  let key: String

  init(argument: String) { key = argument }

  var defaultValueDescription: String { key }
  static var allValueStrings: [String] { Runtimes.builtIn.templated().map(\.dialect.key) }
}
