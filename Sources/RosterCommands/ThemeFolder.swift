import Files
import Foundation
import Pages

/// A theme that was read: what is laid over the built-in one, and what the two make together.
struct LoadedTheme {
  let folder: ThemeFolder
  let theme: SiteTheme

  /// Reads a theme.
  ///
  /// - Parameters:
  ///   - path: the folder that is laid over the built-in theme, or nil for none.
  ///   - earlier: what was read before; where the folder still holds the same, its templates are not parsed again.
  /// - Throws: ``CommandFailure`` where the folder is not there, or a template is wrong.
  init(_ path: String?, after earlier: LoadedTheme? = nil) throws(CommandFailure) {
    do throws(ThemeError) {
      folder = try ThemeFolder(path)
      if let earlier, earlier.folder == folder {
        theme = earlier.theme
      } else {
        theme = try SiteTheme(templates: folder.templates, assets: folder.assets)
      }
    } catch {
      throw CommandFailure(error)
    }
  }
}

/// A theme that is laid over the built-in one.
struct ThemeFolder: Equatable {
  /// What stands in its folder `Templates`.
  let templates: [SiteTheme.Overlay]
  /// What stands in its folder `Assets`.
  let assets: [SiteTheme.Overlay]

  /// Reads a folder; without one, nothing is laid over.
  init(_ folder: String?) throws(ThemeError) {
    if let folder, Disk.kind(folder) != .folder {
      throw ThemeError(file: folder, line: nil, message: "no such folder")
    }
    templates = try folder.map { (folder) throws(ThemeError) in try Self.files("\(folder)/Templates") } ?? []
    assets = try folder.map { (folder) throws(ThemeError) in try Self.files("\(folder)/Assets") } ?? []
  }

  /// The files of a folder; none where there is no such folder.
  private static func files(_ path: String) throws(ThemeError) -> [SiteTheme.Overlay] {
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
