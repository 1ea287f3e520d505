import Agents
import ArgumentParser
import Files
import Foundation
import Pages

/// The root command.
public struct Roster: AsyncParsableCommand {
  /// The name and help of the program.
  public static let configuration = CommandConfiguration(
    commandName: "roster",
    abstract: "Turn folders of AI-agent definitions into a static catalog.",
    discussion: """
      Roster reads agents, skills, commands and instructions of Claude Code, Copilot, OpenCode, Gemini CLI, Cursor and \
      others, and writes a site that works on any server and from disk.

      Examples:
        roster build                          build the current folder's catalog in Output/
        roster build agents --output site     build one folder's catalog in site/
        roster build ~/.claude/agents team    two sources, two collections
        roster serve agents                   preview it in the browser
        roster check agents                   check for problems
        roster review main                    review the changes on a branch
        roster approve reviewer --by Ada      record an approval
        roster list agents                    list agents as a table, JSON or CSV
        roster stats agents                   count agents by tool, model, owner
        roster compare reviewer critic        compare two agents
        roster new test-writer                create an agent file
        roster init                           create a commented roster.yml
        roster clean                          remove the built site

      Exit status: 0 for success, 1 for findings or a failure, 2 for wrong usage.

      Environment variables (they override roster.yml; options override them):
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

  /// Creates the command.
  public init() {}

  /// Runs the program with its arguments and exits: 0 for success, 1 for findings or failure, 2 for a usage error.
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

/// An error that ends the program, with its message and exit status.
struct CommandFailure: Error, Equatable {
  let message: String
  let status: Int32
  /// The position, for a mistake in a file.
  var place: Place?

  /// A position in a file, with the problem.
  struct Place: Equatable {
    let file: String
    let line: Int?
    let column: Int?
    let problem: String
  }

  /// Creates a failure for a mistake in a settings file.
  init(_ error: SettingsError) {
    self.init(
      message: error.description, status: 2,
      place: Place(file: error.file, line: error.line, column: error.column, problem: error.message))
  }

  /// Creates a failure for a mistake in a theme.
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

  /// Returns a failure of the command itself.
  static func failed(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 1) }

  /// A failure whose reason has already been printed.
  static let said = CommandFailure(message: "", status: 1)

  /// Returns a usage error.
  static func usage(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 2) }
}
