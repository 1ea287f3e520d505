import Files
import Text

/// The files of an example for a rule. The documentation prints them, and a test checks them.
public struct Example: Sendable, Hashable {
  /// A file of an example.
  public struct File: Sendable, Hashable {
    /// The encoding of a file.
    public enum Encoding: Sendable, Hashable {
      /// UTF-8.
      case utf8
      /// UTF-16, little-endian, without a byte order mark.
      case utf16
    }

    /// The path below the checked folder, which determines the runtime.
    public let path: String
    /// The content.
    public let text: ExampleText
    /// The encoding.
    public let encoding: Encoding

    /// Creates a file.
    public init(_ path: String, _ text: ExampleText, encoding: Encoding = .utf8) {
      self.path = path
      self.text = text
      self.encoding = encoding
    }

    /// The path, and the encoding if it is not UTF-8.
    public var title: String {
      switch encoding {
      case .utf8: path
      case .utf16: "\(path) (UTF-16)"
      }
    }

    /// The bytes of the file.
    public var bytes: [UInt8] {
      switch encoding {
      case .utf8: Array(text.whole.utf8)
      case .utf16: text.whole.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      }
    }
  }

  /// The files. Findings are in the first one.
  public let files: [File]
  /// The start of the finding in the first file, or nil if it is about the whole file.
  public let place: SourceLocation?

  /// Creates an example.
  ///
  /// - Parameters:
  ///   - text: The content of the first file.
  ///   - path: The path of the first file.
  ///   - encoding: The encoding of the first file.
  ///   - line: The line of the finding, or nil.
  ///   - column: The column of the finding.
  ///   - others: More files that the example needs.
  public init(
    _ text: ExampleText, in path: String = "reader.md", encoding: File.Encoding = .utf8, line: Int? = nil,
    column: Int = 1, with others: [File] = []
  ) {
    files = [File(path, text, encoding: encoding)] + others
    place = line.map { SourceLocation(line: $0, column: column) }
  }
}

/// The text of an example. Long repetitions are interpolated: `\(repeating: "word ", 1300)`.
public struct ExampleText: Sendable, Hashable, ExpressibleByStringInterpolation {
  fileprivate struct Part: Hashable {
    let text: String
    let count: Int
  }

  private let parts: [Part]

  /// Creates a text from a literal.
  public init(stringLiteral text: String) { parts = [Part(text: text, count: 1)] }

  /// Creates a text from a literal with repetitions.
  public init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

  /// The full text.
  public var whole: String { parts.reduce(into: "") { $0 += String(repeating: $1.text, count: $1.count) } }

  /// The text for display, with repetitions abbreviated as `[“word ” × 1300]` and invisible characters labeled.
  public var abbreviated: String {
    parts.reduce(into: "") { text, part in
      guard part.count > 1 else {
        text += InvisibleText.labelledSpaces(in: InvisibleText.labelled(part.text)).replacing("\0", with: "[NUL]")
        return
      }
      let unit = part.text == "\n" ? "line feed" : part.text == " " ? "space" : "“\(part.text)”"
      text += "[\(unit) × \(part.count)]"
    }
  }

  /// The parts of a literal.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Creates an empty interpolation.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends text.
    public mutating func appendLiteral(_ literal: String) { parts.append(Part(text: literal, count: 1)) }

    /// Appends a repetition.
    public mutating func appendInterpolation(repeating text: String, _ count: Int) {
      parts.append(Part(text: text, count: count))
    }
  }
}
