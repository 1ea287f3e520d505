import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the program says: results on standard output, everything else on standard error.
enum Terminal {
  /// Writes a line to standard output.
  static func output(_ line: String) { write(line + "\n", to: FileHandle.standardOutput) }

  /// Writes a line to standard error.
  static func error(_ line: String) { write(line + "\n", to: FileHandle.standardError) }

  /// Whether standard error is a terminal, where progress may be shown.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

  /// Shows a line in the place of the one shown before; an empty one clears it.
  static func progress(_ line: String) { write("\r\u{1B}[K" + line, to: FileHandle.standardError) }

  private static func write(_ text: String, to handle: FileHandle) {
    // A reader that has gone away is no reason to fail.
    try? handle.write(contentsOf: Data(text.utf8))
  }
}

/// How far a build is, on a terminal.
struct Progress: Sendable {
  private let isShown: Bool

  init(isShown: Bool) { self.isShown = isShown }

  /// Says what is going on, and how much of it is done.
  func show(_ what: String, _ done: Int? = nil, of total: Int? = nil) {
    guard isShown else { return }
    let numbers = done.map { done in " \(done)" + (total.map { " of \($0)" } ?? "") } ?? ""
    Terminal.progress("\(what)\(numbers)")
  }

  /// Takes the line away.
  func end() {
    if isShown { Terminal.progress("") }
  }
}
