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
