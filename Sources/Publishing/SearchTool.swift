import Files
import Foundation

/// Pagefind, which makes the index of the full-text search out of finished pages: https://pagefind.app
public struct SearchTool: Sendable {
  /// The program.
  public let path: String

  /// Makes a tool of a program.
  public init(path: String) { self.path = path }

  /// The program on the search path, or nil where it is not installed.
  public static func find(in searchPath: String?) -> SearchTool? {
    for folder in (searchPath ?? "").split(separator: ":") {
      for name in ["pagefind_extended", "pagefind"] {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path), Disk.kind(path) == .file {
          return SearchTool(path: path)
        }
      }
    }
    return nil
  }

  /// Makes the index of a site.
  ///
  /// - Returns: the files of the index, as paths below `folder`, those that belong to user interfaces of Pagefind's own left out. The one
  ///   that names the others is the last.
  func run(on site: String, into folder: String) throws(PublishingError) -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["--site", site, "--output-path", folder, "--silent"]
    let output = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw PublishingError.search("\(path) cannot be started: \(error.localizedDescription)")
    }
    let words = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let said = String(decoding: words.suffix(2000), as: UTF8.self).split(separator: "\n").last ?? ""
      throw PublishingError.search("\(path) ended with status \(process.terminationStatus): \(said)")
    }
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { Disk.kind("\(folder)/\($0)") == .file && !Self.isInterface($0) }
      .sorted { ($0 == Self.entry ? 1 : 0, $0) < ($1 == Self.entry ? 1 : 0, $1) }
  }

  private static let entry = "pagefind-entry.json"

  private static func isInterface(_ name: String) -> Bool { name.contains("-ui.") || name == "pagefind-highlight.js" }
}
