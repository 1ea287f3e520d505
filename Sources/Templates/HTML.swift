import Text

/// Markup that the program made, as opposed to text. Templates write it as it is; text they always escape.
///
/// Literals are markup. What is interpolated is escaped, unless it is markup itself: `"<b>\(name)</b>"`. Inside a tag,
/// invisible characters get plain labels, because a tag cannot contain markup.
public struct HTML: Sendable, Hashable {
  /// The markup in UTF-8.
  public private(set) var bytes: [UInt8]

  /// Takes bytes that are safe markup.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Makes markup of text, everything escaped, invisible characters labelled.
  public init(text: String) {
    bytes = []
    HTMLText.appendEscaped(text, to: &bytes, in: .content)
  }

  /// Makes markup of a piece of a longer text, which is not isolated from the pieces beside it.
  public init(piece: String) {
    bytes = []
    var piece = piece
    piece.withUTF8 { _ = HTMLText.append($0, to: &bytes, in: .content, escapesApostrophes: true) }
  }

  /// Makes markup of a rendered template that stands within a line.
  public init(trimmingNewline bytes: [UInt8]) {
    self.init(bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes)
  }

  /// Whether there is none.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Appends markup.
  public static func += (left: inout HTML, right: HTML) { left.bytes += right.bytes }
}

extension HTML: ExpressibleByStringInterpolation {
  /// Markup in the making.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []
    private var isInTag = false

    /// Makes room.
    public init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    /// Appends markup as it is written.
    public mutating func appendLiteral(_ markup: String) {
      bytes.append(contentsOf: markup.utf8)
      if let last = markup.utf8.last(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }) {
        isInTag = last == UInt8(ascii: "<")
      }
    }

    /// Appends text, escaped.
    public mutating func appendInterpolation(_ text: String) {
      HTMLText.appendEscaped(text, to: &bytes, in: isInTag ? .plain : .content)
    }

    /// Appends a number.
    public mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }
    /// Appends markup.
    public mutating func appendInterpolation(_ markup: HTML) { bytes.append(contentsOf: markup.bytes) }
  }

  /// Makes markup of a literal.
  public init(stringLiteral markup: String) { bytes = Array(markup.utf8) }
  /// Makes markup of a literal with values in it.
  public init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }
}

extension Sequence<HTML> {
  /// All of them, one after the other.
  public func joined(separator: HTML = "") -> HTML {
    var all: HTML = ""
    for (index, part) in enumerated() {
      if index > 0 { all += separator }
      all += part
    }
    return all
  }
}
