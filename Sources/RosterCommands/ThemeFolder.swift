import Files
import Foundation
import Pages

/// A loaded theme: the override folder, and the combined theme.
struct LoadedTheme {
  let folder: ThemeFolder
  let theme: SiteTheme

  /// Loads a theme.
  ///
  /// - Parameters:
  ///   - path: The folder that overrides the built-in theme, or nil for none.
  ///   - earlier: The theme loaded before. If the folder is unchanged, its templates aren't parsed again.
  /// - Throws: ``CommandFailure`` if the folder doesn't exist, or a template is invalid.
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

/// A folder that overrides parts of the built-in theme.
struct ThemeFolder: Equatable {
  /// The files in its folder `Templates`.
  let templates: [SiteTheme.Overlay]
  /// The files in its folder `Assets`.
  let assets: [SiteTheme.Overlay]

  /// Reads a folder; nil overrides nothing.
  init(_ folder: String?) throws(ThemeError) {
    if let folder, Disk.kind(folder) != .folder {
      throw ThemeError(file: folder, line: nil, message: "no such folder")
    }
    templates = try folder.map { (folder) throws(ThemeError) in try Self.files("\(folder)/Templates") } ?? []
    assets = try folder.map { (folder) throws(ThemeError) in try Self.files("\(folder)/Assets") } ?? []
  }

  /// Returns the files in a folder; empty if it doesn't exist.
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
