import Files
import Templates

/// A problem in a file of a theme.
public typealias ThemeError = TemplateError

/// A checked theme: its templates, and its assets with their fingerprints.
public struct SiteTheme: Sendable {
  private let library: TemplateLibrary
  let assets: [Asset]

  /// A file that pages load, with a name that changes with its content.
  struct Asset: Sendable {
    let name: String
    let path: SitePath
    let bytes: [UInt8]
  }

  /// A file that overrides one of the built-in theme.
  public struct Overlay: Sendable, Equatable {
    /// The file name: `footer.mustache`, `style.css`.
    public let name: String
    /// The path, for messages.
    public let file: String
    /// The content.
    public let bytes: [UInt8]

    /// Creates an overlay.
    public init(name: String, file: String, bytes: [UInt8]) {
      self.name = name
      self.file = file
      self.bytes = bytes
    }
  }

  /// Creates a theme from the built-in one and overlays.
  ///
  /// - Parameters:
  ///   - templates: Files of `Templates`. Each must have the name of an existing template, or be a partial of one.
  ///   - assets: Files of `Assets`.
  /// - Throws: ``ThemeError`` for a template that can't be parsed or uses an unknown name.
  public init(templates: [Overlay] = [], assets: [Overlay] = []) throws(ThemeError) {
    var sources: [String: TemplateLibrary.Source] = [:]
    for (file, bytes) in EmbeddedFiles.files(in: "Theme/Templates") {
      let name = String(file.prefix { $0 != "." })
      sources[name] = .init(file: "built-in theme, \(file)", text: String(decoding: bytes, as: UTF8.self))
    }
    for overlay in templates {
      guard let name = overlay.name.wholeMatch(of: /([A-Za-z][A-Za-z0-9_-]*)\.mustache/)?.output.1 else {
        throw ThemeError(file: overlay.file, line: nil, message: "a template's name must end in .mustache")
      }
      guard let text = String(validating: overlay.bytes, as: UTF8.self) else {
        throw ThemeError(file: overlay.file, line: nil, message: "not valid UTF-8")
      }
      sources[String(name)] = .init(file: overlay.file, text: text)
    }
    var files = EmbeddedFiles.files(in: "Theme/Assets")
    for overlay in assets { files[overlay.name] = overlay.bytes }
    let isStyle: (String) -> Bool = { $0.hasSuffix(".css") }
    let addresses = files.filter { !isStyle($0.key) }.reduce(into: [:]) { addresses, file in
      addresses[file.key] = Fingerprint.name(file.key, file.value)
    }
    self.assets = files.sorted { $0.key < $1.key }.map { name, bytes in
      let bytes = isStyle(name) ? StyleSheet.naming(addresses, in: bytes) : bytes
      return Asset(name: name, path: SitePath("assets", Fingerprint.name(name, bytes)), bytes: bytes)
    }
    library = try TemplateLibrary(
      sources, names: Vocabulary.names,
      assets: Dictionary(uniqueKeysWithValues: self.assets.map { ($0.name, $0.path.description) }))
  }

  /// Renders views with a template. Names are looked up in the last view first. All template names are known, so the
  /// template always exists.
  func render(_ views: any TemplateView..., as template: String) -> [UInt8] { library[template]?.render(views) ?? [] }

  /// Returns whether a file has the name that it would have as an asset.
  public static func isAsset(_ name: String, _ bytes: [UInt8]) -> Bool {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return false }
    parts.remove(at: parts.count > 2 ? parts.count - 2 : 1)
    return Fingerprint.name(parts.joined(separator: "."), bytes) == name
  }

  func bytes(ofAsset name: String) -> [UInt8] { assets.first { $0.name == name }?.bytes ?? [] }
}

/// File names that change with the content, so browsers can cache the files forever.
enum Fingerprint {
  /// Returns the name with a hash of the content: `style.css` becomes `style.1a2b3c4d5e.css`.
  static func name(_ name: String, _ bytes: [UInt8]) -> String {
    let mark = FNV.digits(bytes)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(name).\(mark.prefix(10))" }
    return "\(name[..<dot]).\(mark.prefix(10))\(name[dot...])"
  }
}
