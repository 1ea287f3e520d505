import Foundation
import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Terminal output: results on standard output, everything else on standard error.
enum Terminal {
  /// Writes a line to standard output. It contains no commands for a build service.
  ///
  /// - Parameter syntax: The syntax of the line.
  static func output(_ line: String, terminator: String = "\n", as syntax: PipelineCommands.Syntax = .text) {
    write(disarmed(line, syntax) + terminator, to: FileHandle.standardOutput)
  }

  /// Writes a line to standard error. It contains no commands for a build service.
  static func error(_ line: String) { write(disarmed(line, .text) + "\n", to: FileHandle.standardError) }

  private static let isRead = PipelineCommands.areRead(in: ProcessInfo.processInfo.environment)

  private static func disarmed(_ text: String, _ syntax: PipelineCommands.Syntax) -> String {
    isRead ? PipelineCommands.disarmed(text, syntax) : text
  }

  /// Whether standard error is a terminal that can show progress.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

  /// Whether standard output is a terminal with colors (https://no-color.org).
  static var hasColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// The number of columns of standard output; 120 if it isn't a terminal.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 120
    }
    return Int(size.ws_col)
  }

  /// Replaces the current progress line; an empty line clears it.
  static func progress(_ line: String) { write("\r\u{1B}[K" + line, to: FileHandle.standardError) }

  private static func write(_ text: String, to handle: FileHandle) {
    // A closed pipe isn't an error.
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
