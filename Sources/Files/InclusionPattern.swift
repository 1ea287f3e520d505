/// A mark for the text of a file, in the text of a configuration.
public struct InclusionMark: Equatable, Sendable {
  /// The path as written.
  public let path: String
  /// The byte range that the text of the file replaces.
  public let range: Range<Int>

  /// Creates a mark from its parts.
  public init(path: String, range: Range<Int>) {
    self.path = path
    self.range = range
  }
}

/// The form of the marks for which a runtime fills in the text of a file, such as `{file:prompts/plan.txt}`.
public struct InclusionPattern: Hashable, Sendable {
  /// The text before a path.
  public let start: String
  /// The text after a path.
  public let end: String
  /// The JSON field whose whole value is the mark; nil if marks can be anywhere.
  public let field: String?
  /// The character before marks that are plain text, or nil.
  public let escape: Character?

  /// The maximum number of marks in a configuration that are considered.
  private static let limit = 200

  /// Creates a pattern from its parts.
  public init(start: String, end: String, field: String? = nil, escape: Character? = nil) {
    self.start = start
    self.end = field == nil ? end : "\""
    self.field = field
    self.escape = escape
  }

  /// Returns the marks in a text, except those in lines that are comments.
  public func marks(in bytes: [UInt8]) -> [InclusionMark] {
    let (start, end) = (Array(start.utf8), Array(end.utf8))
    var marks: [InclusionMark] = []
    var position = 0
    while marks.count < Self.limit, let first = bytes[position...].firstRange(of: start) {
      guard let last = bytes[first.upperBound...].firstRange(of: end) else { break }
      guard isMark(bytes[..<first.lowerBound]) else {
        position = first.upperBound
        continue
      }
      position = last.upperBound
      let path = bytes[first.upperBound..<last.lowerBound]
      guard !path.isEmpty, !path.contains(0x0A), let text = String(validating: path, as: UTF8.self) else { continue }
      let upper = field == nil ? last.upperBound : last.lowerBound
      marks.append(InclusionMark(path: text, range: first.lowerBound..<upper))
    }
    return marks
  }

  /// Returns whether the start of a pattern is a mark, given the text before it.
  private func isMark(_ text: ArraySlice<UInt8>) -> Bool {
    let line = text.lastIndex(of: 0x0A).map { text[($0 + 1)...] } ?? text
    if line.drop(while: { $0 <= 0x20 }).starts(with: "//".utf8) { return false }
    if let escape, text.reversed().starts(with: String(escape).utf8.reversed()) { return false }
    guard let field else { return true }
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    guard text.last == UInt8(ascii: "\"") else { return false }
    let value = text.dropLast().reversed().drop(while: isBlank)
    guard value.first == UInt8(ascii: ":") else { return false }
    return value.dropFirst().drop(while: isBlank).starts(with: "\"\(field)\"".utf8.reversed())
  }
}
