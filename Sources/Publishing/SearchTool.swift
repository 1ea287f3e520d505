import Files
import Foundation

/// Pagefind, which makes the index of the full-text search out of finished pages: https://pagefind.app
public struct SearchTool: Sendable {
  /// The program.
  public let program: Program

  /// Makes a tool of a program.
  public init(_ program: Program) { self.program = program }

  /// The program on the search path, or nil where it is not installed.
  public static func find(in searchPath: String?) -> SearchTool? {
    Program.find(["pagefind_extended", "pagefind"], in: searchPath).map(SearchTool.init)
  }

  /// Makes the index of a site.
  ///
  /// - Returns: the files of the index, as paths below `folder`, those that belong to user interfaces of Pagefind's own
  ///   left out. The one that names the others is the last.
  func run(on site: String, into folder: String) throws(PublishingError) -> [String] {
    let result: (status: Int32, bytes: [UInt8])
    do throws(Program.StartFailure) {
      result = try program.run(["--site", site, "--output-path", folder, "--silent"], reading: .errors)
    } catch {
      throw PublishingError.search("\(program.path) cannot be started: \(error.reason)")
    }
    guard result.status == 0 else {
      let said = String(decoding: result.bytes.suffix(2000), as: UTF8.self).split(separator: "\n").last ?? ""
      throw PublishingError.search("\(program.path) ended with status \(result.status): \(said)")
    }
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { Disk.kind("\(folder)/\($0)") == .file && !Self.isInterface($0) }
      .sorted { ($0 == Self.entry ? 1 : 0, $0) < ($1 == Self.entry ? 1 : 0, $1) }
  }

  private static let entry = "pagefind-entry.json"

  private static func isInterface(_ name: String) -> Bool { name.contains("-ui.") || name == "pagefind-highlight.js" }
}
