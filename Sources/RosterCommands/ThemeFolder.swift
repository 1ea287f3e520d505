import Files
import Foundation
import Pages

/// Reads a theme that is laid over the built-in one.
enum ThemeFolder {
  /// The files of a folder of the theme; none where there is no such folder.
  static func files(_ theme: String, _ folder: String) throws(ThemeError) -> [SiteTheme.Overlay] {
    guard Disk.kind(theme) == .folder else { throw ThemeError(file: theme, line: nil, message: "no such folder") }
    let path = "\(theme)/\(folder)"
    guard Disk.kind(path) == .folder else { return [] }
    var overlays: [SiteTheme.Overlay] = []
    for name in ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() where !name.hasPrefix(".")
    {
      let file = "\(path)/\(name)"
      guard Disk.kind(file) == .file else { continue }
      do {
        overlays.append(.init(name: name, file: file, bytes: try Disk.read(file).get()))
      } catch {
        throw ThemeError(file: file, line: nil, message: error.reason)
      }
    }
    return overlays
  }
}
