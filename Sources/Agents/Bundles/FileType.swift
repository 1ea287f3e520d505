import Files

/// The type of a file in a skill, determined by its extension or, without one, by its first line.
public struct FileType: Sendable, Hashable {
  /// The general kind of content.
  public enum Kind: String, Sendable, CaseIterable, Storable {
    /// Text for people and models.
    case markdown
    /// Source code of a program.
    case script
    /// Structured data as text.
    case data
    /// Any other text.
    case text
    /// An image that browsers show.
    case image
    /// Anything else.
    case other
  }

  /// The kind.
  public let kind: Kind
  /// The language or format: `Python`, `JSON`, `PNG`. For other files, the extension, or empty.
  public let name: String
  /// The language identifier for code blocks; empty for no highlighting.
  public let language: String

  /// Creates a type.
  public init(_ kind: Kind, _ name: String, language: String = "") {
    self.kind = kind
    self.name = name
    self.language = language
  }

  /// Determines the type of a file.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - start: The first bytes of the file.
  public init(of path: RelativePath, _ start: [UInt8]) {
    let ending = path.fileExtension
    if let type = Self.byEnding[ending] {
      // A file with the extension of an image but other bytes is not shown as an image.
      self = type.kind == .image && !Self.isImage(start, type.name) ? FileType(.other, type.name) : type
    } else if let type = Self.byName[path.lastComponent.lowercased()] {
      self = type
    } else if ending.isEmpty {
      self = Self.interpreted(start) ?? (Self.isText(start) ? FileType(.text, "") : FileType(.other, ""))
    } else {
      self = Self.isText(start) ? FileType(.text, ending) : FileType(.other, ending)
    }
  }

  /// The label: `Python script`, `JSON`, `PNG image`.
  public var title: String {
    switch kind {
    case .markdown: "Markdown"
    case .script: "\(name) script"
    case .data: name
    case .text: name.isEmpty ? "text" : "\(name) text"
    case .image: "\(name) image"
    case .other: name.isEmpty ? "binary" : "\(name) file"
    }
  }

  private static let byEnding: [String: FileType] = {
    let scripts = [
      ("Shell", "bash", "sh bash zsh ksh fish"), ("Python", "python", "py pyw"),
      ("JavaScript", "javascript", "js mjs cjs jsx"),
      ("TypeScript", "typescript", "ts tsx mts cts"), ("Ruby", "ruby", "rb"), ("Perl", "", "pl pm"),
      ("PHP", "php", "php"), ("PowerShell", "", "ps1 psm1"), ("Batch", "", "bat cmd"), ("Go", "go", "go"),
      ("Rust", "rust", "rs"), ("Swift", "swift", "swift"), ("Java", "java", "java"), ("Kotlin", "kotlin", "kt kts"),
      ("C", "c", "c h"), ("C++", "cpp", "cpp cc hpp"), ("C#", "csharp", "cs"), ("Lua", "", "lua"), ("R", "", "r"),
      ("SQL", "sql", "sql"),
    ]
    let data = [
      ("JSON", "json", "json jsonc json5 jsonl"), ("YAML", "yaml", "yaml yml"), ("TOML", "toml", "toml"),
      ("XML", "xml", "xml xsd plist"), ("CSV", "", "csv"), ("TSV", "", "tsv"), ("INI", "ini", "ini cfg conf env"),
      ("HTML", "html", "html htm"), ("SVG", "xml", "svg"), ("CSS", "css", "css scss"), ("patch", "diff", "diff patch"),
    ]
    let images = [("PNG", "png"), ("JPEG", "jpg jpeg"), ("GIF", "gif"), ("WebP", "webp")]
    var types: [String: FileType] = [:]
    func add(_ kind: Kind, _ name: String, _ language: String, _ endings: String) {
      for ending in endings.split(separator: " ") {
        types[String(ending)] = FileType(kind, name, language: language)
      }
    }
    for (name, language, endings) in scripts { add(.script, name, language, endings) }
    for (name, language, endings) in data { add(.data, name, language, endings) }
    for (name, endings) in images { add(.image, name, "", endings) }
    add(.markdown, "Markdown", "markdown", "md markdown mdc mdx")
    add(.text, "", "", "txt text")
    return types
  }()

  private static let byName: [String: FileType] = [
    "dockerfile": FileType(.script, "Dockerfile", language: "dockerfile"),
    "makefile": FileType(.script, "Makefile", language: "makefile"),
    "gemfile": FileType(.script, "Ruby", language: "ruby"), "rakefile": FileType(.script, "Ruby", language: "ruby"),
    ".env": FileType(.data, "INI", language: "ini"),
  ]

  /// Returns the type of a file that begins with `#!`, or nil.
  private static func interpreted(_ start: [UInt8]) -> FileType? {
    guard start.starts(with: "#!".utf8) else { return nil }
    let words = String(decoding: start.prefix(200).prefix { $0 != 0x0A }.dropFirst(2), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map(\.lastName)
    // In `/usr/bin/env -S python3 -u`, the program follows the options of `env`.
    let program =
      words.first == "env" ? words.dropFirst().first { !$0.hasPrefix("-") && !$0.contains("=") } : words.first
    guard let name = program?.prefix(while: \.isLetter).lowercased(), !name.isEmpty else { return nil }
    let endings = [
      "sh": "sh", "bash": "sh", "zsh": "sh", "ksh": "sh", "dash": "sh", "fish": "sh", "python": "py", "node": "js",
      "bun": "ts", "deno": "ts", "tsx": "ts", "ruby": "rb", "perl": "pl", "php": "php", "pwsh": "ps1", "lua": "lua",
      "rscript": "r", "swift": "swift",
    ]
    return endings[name].flatMap { byEnding[$0] } ?? FileType(.script, name)
  }

  /// Returns whether bytes begin like an image (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern).
  private static func isImage(_ start: [UInt8], _ name: String) -> Bool {
    switch name {
    case "PNG": start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case "JPEG": start.starts(with: [0xFF, 0xD8, 0xFF])
    case "GIF": start.starts(with: "GIF87a".utf8) || start.starts(with: "GIF89a".utf8)
    case "WebP": start.starts(with: "RIFF".utf8) && start.dropFirst(8).starts(with: "WEBPVP".utf8)
    default: false
    }
  }

  /// Returns whether bytes are text: UTF-8 or a similar encoding, or UTF-16 with a byte order mark.
  static func isText(_ start: [UInt8]) -> Bool {
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return true }
    if start.contains(0) { return false }
    let controls = start.prefix(4096).count { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1B }
    return controls * 100 <= min(start.count, 4096)
  }
}

extension FileType: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    kind.store(in: &bytes)
    name.store(in: &bytes)
    language.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(try Kind(from: &bytes), try String(from: &bytes), language: try String(from: &bytes))
  }
}
