import Files
import Templates

/// A problem in a file of a theme.
public typealias ThemeError = TemplateError

/// A theme that is checked and ready: its templates, and its assets with their fingerprints.
public struct SiteTheme: Sendable {
  private let library: TemplateLibrary
  let assets: [Asset]

  /// A file that pages load, under a name that changes with its content.
  struct Asset: Sendable {
    let name: String
    let path: SitePath
    let bytes: [UInt8]
  }

  /// A file laid over the theme that is built in.
  public struct Overlay: Sendable, Equatable {
    /// The name without folder: `footer.mustache`, `style.css`.
    public let name: String
    /// Where it stands, for messages.
    public let file: String
    /// What is in it.
    public let bytes: [UInt8]

    /// Makes an overlay.
    public init(name: String, file: String, bytes: [UInt8]) {
      self.name = name
      self.file = file
      self.bytes = bytes
    }
  }

  /// Makes a theme of the one that is built in, and what is laid over it.
  ///
  /// - Parameters:
  ///   - templates: files of `Templates`; each must have the name of a template that there is, or be one's partial.
  ///   - assets: files of `Assets`.
  /// - Throws: ``ThemeError`` for a template that cannot be parsed, or names something that is not there.
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

  /// Renders views, names looked for in the last first. The names of templates are the program's own, and
  /// ``init(templates:assets:)`` has them all.
  func render(_ views: any TemplateView..., as template: String) -> [UInt8] { library[template]?.render(views) ?? [] }

  /// Whether a file has the name that it would have as an asset.
  public static func isAsset(_ name: String, _ bytes: [UInt8]) -> Bool {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return false }
    parts.remove(at: parts.count > 2 ? parts.count - 2 : 1)
    return Fingerprint.name(parts.joined(separator: "."), bytes) == name
  }

  func bytes(ofAsset name: String) -> [UInt8] { assets.first { $0.name == name }?.bytes ?? [] }
}

/// Names that change with the content, so that browsers may keep a file forever.
enum Fingerprint {
  /// `style.css` with the bytes' hash put in: `style.1a2b3c4d5e.css`.
  static func name(_ name: String, _ bytes: [UInt8]) -> String {
    let mark = FNV.digits(bytes)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(name).\(mark.prefix(10))" }
    return "\(name[..<dot]).\(mark.prefix(10))\(name[dot...])"
  }
}
