import Agents
import ArgumentParser
import Files
import Foundation
import Pages

/// The program.
public struct Roster: AsyncParsableCommand {
  /// What the program is called, and what it does.
  public static let configuration = CommandConfiguration(
    commandName: "roster",
    abstract: "Turn folders of AI-agent definitions into a static catalog.",
    discussion: """
      Roster reads Markdown files with frontmatter (Claude Code subagents, Copilot agents, OpenCode, Gemini CLI, \
      Cursor, \
      skills) and writes a site that works on any server, and from disk.

      Examples:
        roster build                          from this folder into Output/
        roster build agents --output site     from one folder into another
        roster build ~/.claude/agents team    two sources, two collections
        roster serve agents                   show it in a browser while you write
        roster check agents                   say what is wrong
        roster review main                    show what a branch does to them
        roster approve reviewer --by Ada      record an approval
        roster list agents                    list them: table, JSON or CSV
        roster stats agents                   count them by tool, model, owner
        roster compare reviewer critic        compare two of them
        roster new test-writer                write the file of a new one
        roster init                           write a commented roster.yml
        roster clean                          remove what builds wrote

      Exit status: 0 where all is well, 1 where something was found or failed, 2 for wrong usage.

      Environment, over roster.yml and under the command line:
      \(EnvironmentSettings.variables.map { "  \($0.name.padded(to: 20)) \($0.meaning)" }.joined(separator: "\n"))
      """,
    version: Site.generator.version,
    subcommands: [
      BuildCommand.self, ServeCommand.self, CheckCommand.self, ReviewCommand.self, ApproveCommand.self,
      ListCommand.self, StatsCommand.self, CompareCommand.self, NewCommand.self, InitCommand.self, CleanCommand.self,
      ReferenceCommand.self,
    ],
    defaultSubcommand: nil
  )

  /// Makes the command.
  public init() {}

  /// Runs the program with the arguments that it was called with, and ends it: 0 fine, 1 findings or failure, 2 wrong
  /// usage.
  public static func start() async -> Never {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      Foundation.exit(0)
    } catch let failure as CommandFailure {
      if !failure.message.isEmpty { Terminal.error("roster: \(failure.message)") }
      Foundation.exit(failure.status)
    } catch {
      let status = exitCode(for: error)
      if status.isSuccess {
        Terminal.output(fullMessage(for: error))
        Foundation.exit(0)
      }
      Terminal.error(fullMessage(for: error))
      Foundation.exit(status == .validationFailure ? 2 : 1)
    }
  }
}

/// Something that ends the program: what to say, and the exit status.
struct CommandFailure: Error, Equatable {
  let message: String
  let status: Int32
  /// Where it is, if it is a mistake in a file.
  var place: Place?

  /// A place in a file, and what is wrong there.
  struct Place: Equatable {
    let file: String
    let line: Int?
    let column: Int?
    let problem: String
  }

  /// A mistake in a file of settings.
  init(_ error: SettingsError) {
    self.init(
      message: error.description, status: 2,
      place: Place(file: error.file, line: error.line, column: error.column, problem: error.message))
  }

  /// A mistake in a theme.
  init(_ error: ThemeError) {
    self.init(
      message: error.description, status: 2,
      place: Place(file: error.file, line: error.line, column: nil, problem: error.message))
  }

  private init(message: String, status: Int32, place: Place? = nil) {
    self.message = message
    self.status = status
    self.place = place
  }

  /// A failure while doing what was asked.
  static func failed(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 1) }

  /// What was found has been said, and makes the program fail.
  static let said = CommandFailure(message: "", status: 1)

  /// Something was asked that cannot be done.
  static func usage(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 2) }
}
