import Foundation
import Publishing

/// Rejects unsuitable output folders.
enum OutputCheck {
  static func objection(to output: String, sources: [String]) -> String? {
    OutputFolder.objection(to: output, sources: sources, home: ProcessInfo.processInfo.environment["HOME"])
  }
}
