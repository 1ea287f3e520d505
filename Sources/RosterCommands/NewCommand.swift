import Agents
import ArgumentParser
import Catalogs
import Files

/// `roster new`, as typed.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write the file of a new agent, for people to fill in.",
    discussion: """
      The file has the fields that its runtime reads, and a prompt in sections. It goes where the runtime looks for \
      it, unless --folder says otherwise; a file that is there already \
      is left as it is.

      Examples:
        roster new test-writer
        roster new test-writer --tools "Read, Write, Bash" --model sonnet
        roster new test-writer --description "Writes tests for code without."
        roster new triage --for copilot
        roster new release-notes --kind command
        roster new pdf-forms --for agent-skill --folder skills
      """
  )

  @Argument(help: "What it is to be called.")
  var name: String

  @Option(help: "What it is for (default: agent, or what the runtime is about).")
  var kind: ItemKind?

  @Option(name: .customLong("for"), help: "The runtime that it is for.")
  var runtime = RuntimeKey(argument: Runtimes.builtIn.usual.dialect.key)

  @Option(help: "The folder to write it to (default: where the runtime looks).", completion: .directory)
  var folder: String?

  @Option(help: "What it does, and when to use it.")
  var description: String?

  @Option(help: "The tools that it may use, parted by commas.")
  var tools: String?

  @Option(help: "The model that it runs on.")
  var model: String?

  func run() throws {
    let slug = Slug.make(name)
    if slug.isEmpty || !name.contains(where: { $0.isLetter || $0.isNumber }) {
      throw CommandFailure.usage("“\(name)” is no name: it needs a letter or a digit")
    }
    let runtimes = try BuildPlan.runtimes(config: nil)
    let known = runtimes.templated(kind)
    guard let runtime = known.first(where: { $0.dialect.key == runtime.key }) else {
      let keys = known.map(\.dialect.key).joined(separator: ", ")
      throw CommandFailure.usage(
        runtimes[runtime.key] == nil
          ? "there is no runtime “\(runtime.key)”; there are: \(keys)"
          : "Roster cannot write \((kind ?? .agent).plural) for \(runtime.key), only for: \(keys)")
    }
    let isUsual = runtime.dialect == runtimes.usual.dialect
    let path = AgentTemplate.path(of: slug, for: runtime, isUsual: isUsual, in: folder)
    guard Disk.kind(path, followsLinks: false) == nil else {
      throw CommandFailure.failed("\(path) is there already, and was left as it is")
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

/// The key of a runtime, as typed. The runtimes of a team's own file are known only when the command runs.
struct RuntimeKey: ExpressibleByArgument {
  let key: String

  init(argument: String) { key = argument }

  var defaultValueDescription: String { key }
  static var allValueStrings: [String] { Runtimes.builtIn.templated().map(\.dialect.key) }
}
