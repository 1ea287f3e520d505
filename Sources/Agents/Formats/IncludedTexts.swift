import Files
import Text

// Fills the texts of other files into the items of a configuration, as OpenCode does before it parses the file.

/// The rule for marks in a configuration for which a runtime fills in the text of a file.
struct InclusionRule: Sendable {
  /// The text before the path.
  let start: String
  /// The text after the path.
  let end: String
  /// The effect of a file that does not exist.
  let missing: Effect
}

/// A mark for the text of a file, in the text of a configuration.
public struct InclusionMark: Sendable {
  /// The path as written.
  public let path: String
  /// The byte range in the text as UTF-8.
  public let range: Range<Int>
}

/// The texts that are filled into a configuration.
public struct IncludedTexts: Sendable {
  /// The escaped texts, with the ranges that they replace, in file order.
  private var texts: [(range: Range<Int>, text: [UInt8])] = []

  /// The maximum size of all texts in a configuration, in bytes.
  private static let sizeLimit = 4 << 20
  private var size = 0

  /// Creates an empty list.
  public init() {}

  /// Adds the content of a file, without blanks at its ends. Returns false if there is no room.
  public mutating func add(_ content: [UInt8], at mark: InclusionMark) -> Bool {
    let text = Self.escaped(SourceText(content).utf8)
    guard size + text.count <= Self.sizeLimit else { return false }
    size += text.count
    texts.append((mark.range, text))
    return true
  }

  /// Returns the bytes of an item with the texts filled in.
  ///
  /// - Parameter text: The bytes of the item, as an excerpt of the file.
  func filled(_ text: [UInt8], of item: SourceItem) -> [UInt8] {
    let own = texts.filter {
      item.range.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= item.range.upperBound
    }
    if own.isEmpty { return text }
    var filled: [UInt8] = []
    var position = 0
    for (range, content) in own {
      let start = range.lowerBound - item.range.lowerBound
      guard start >= position, start + range.count <= text.count else { continue }
      filled += text[position..<start]
      filled += content
      position = start + range.count
    }
    return filled + text[position...]
  }

  /// Returns a text without blanks at its ends, for use in a JSON string.
  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    let trimmed = text.trimmingBlanks
    var escaped: [UInt8] = []
    escaped.reserveCapacity(trimmed.count + trimmed.count / 16)
    for byte in trimmed {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): escaped += [UInt8(ascii: "\\"), byte]
      case 0x0A: escaped += "\\n".utf8
      case 0x09: escaped += "\\t".utf8
      case 0..<0x20: escaped += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: escaped.append(byte)
      }
    }
    return escaped
  }
}

extension [UInt8] {
  /// The bytes without ASCII blanks at both ends.
  fileprivate var trimmingBlanks: ArraySlice<UInt8> {
    let start = drop { $0 <= 0x20 }
    guard let last = start.lastIndex(where: { $0 > 0x20 }) else { return [] }
    return start[...last]
  }
}

extension AgentReader {
  /// The maximum number of marks in a configuration that are considered.
  private static let markLimit = 200

  /// Returns whether a file may contain marks for the texts of other files.
  public func mayInclude(_ source: SourceFile) -> Bool {
    runtimes.includingNames.contains(source.publishedPath.lastName.lowercased())
  }

  /// Returns the marks in the items of a file; empty if it has no items or the runtime fills in no texts.
  public func inclusionMarks(in bytes: [UInt8], of source: SourceFile) -> [InclusionMark] {
    guard mayInclude(source), let place = runtimes.place(of: source), !place.holders.isEmpty,
      let rule = runtimes[place.runtime]?.facts.inclusions
    else { return [] }
    let text = SourceText(bytes)
    let items = ItemFile(text, at: place).parts.map(\.item.range)
    return Self.marks(in: text.bytes, rule).filter { mark in
      items.contains { $0.lowerBound <= mark.range.lowerBound && mark.range.upperBound <= $0.upperBound }
    }
  }

  /// Returns the marks in a text, except those in lines that are comments.
  private static func marks(in bytes: [UInt8], _ rule: InclusionRule) -> [InclusionMark] {
    let (start, end) = (Array(rule.start.utf8), Array(rule.end.utf8))
    var marks: [InclusionMark] = []
    var position = 0
    while marks.count < markLimit, let first = bytes[position...].firstRange(of: start) {
      guard let last = bytes[first.upperBound...].firstRange(of: end) else { break }
      position = last.upperBound
      let line = bytes[..<first.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      if bytes[line..<first.lowerBound].drop(while: { $0 <= 0x20 }).starts(with: "//".utf8) { continue }
      let path = bytes[first.upperBound..<last.lowerBound]
      guard !path.isEmpty, !path.contains(0x0A), let text = String(validating: path, as: UTF8.self) else { continue }
      marks.append(InclusionMark(path: text, range: first.lowerBound..<last.upperBound))
    }
    return marks
  }
}

extension FindingList {
  /// Reports files whose text an item includes, but that are missing or were not read.
  mutating func checkInclusions(of source: SourceFile, in runtime: Runtime) {
    guard let item = source.item, let rule = runtime.facts.inclusions else { return }
    var seen: Set<String> = []
    for inclusion in source.outside?.inclusions ?? []
    where item.range.contains(inclusion.offset) && seen.insert(inclusion.path).inserted {
      let path = Bounds.cut(inclusion.path, to: 100)
      switch inclusion.state {
      case .read:
        object(
          "it includes the text of “\(path)”", fix: "", fileRange: nil,
          effect: Effect(outcome: .loads, why: "the text is part of the item here too"))
      case .missing:
        add(
          ValueInvalid.rule, "the included file “\(path)” does not exist\(rule.missing.consequence(in: runtime))",
          help: "Add the file, or correct the path.", fileRange: nil, effect: rule.missing)
      case .outside:
        add(
          ValueInvalid.rule,
          "the included file “\(path)” is not read: it is outside of the source, ignored by git, or behind a link",
          help: "Move it into the source, so that its text can be checked and reviewed.", fileRange: nil,
          severity: .warning)
      case .unreadable:
        add(
          ValueInvalid.rule, "the included file “\(path)” is too large, or cannot be read",
          help: "Make it readable, or shorten it.", fileRange: nil, severity: .warning)
      }
    }
  }
}
