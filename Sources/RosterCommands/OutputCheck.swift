import Foundation
import Publishing

/// Refuses output folders that would be a mistake.
enum OutputCheck {
  static func objection(to output: String, sources: [String]) -> String? {
    OutputFolder.objection(to: output, sources: sources, home: ProcessInfo.processInfo.environment["HOME"])
  }
}
