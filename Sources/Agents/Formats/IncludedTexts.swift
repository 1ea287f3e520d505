import Files
import Text

// Fills the texts of other files into the items of a configuration, as OpenCode and Kiro do.

/// The rule for marks in a configuration for which a runtime fills in the text of a file.
struct InclusionRule: Sendable {
  /// The form of the marks.
  let pattern: InclusionPattern
  /// The effect of a file that does not exist.
  let missing: Effect
}

/// The texts that are filled into a configuration.
public struct IncludedTexts: Sendable {
  /// The escaped texts, with the ranges that they replace, in file order.
  private var texts: [(range: Range<Int>, text: [UInt8])] = []

  /// The maximum size of all texts in a configuration, in bytes.
  private static let sizeLimit = 4 << 20
  private var size = 0
  /// Whether the file is one item, so that the texts belong to it as a whole.
  private let isOfWholeFile: Bool

  /// Creates an empty list.
  ///
  /// - Parameter isOfWholeFile: Whether the file is one item, not a list or a map of items.
  public init(isOfWholeFile: Bool = false) { self.isOfWholeFile = isOfWholeFile }

  /// Adds the content of a file, without blanks at its ends. Returns false if there is no room.
  public mutating func add(_ content: [UInt8], at mark: InclusionMark) -> Bool {
    let text = Self.escaped(SourceText(content).utf8)
    guard size + text.count <= Self.sizeLimit else { return false }
    size += text.count
    texts.append((mark.range, text))
    return true
  }

  /// Returns the bytes of a file that is one item, with the texts filled in.
  func filled(_ bytes: [UInt8]) -> [UInt8] {
    guard isOfWholeFile, !texts.isEmpty else { return bytes }
    let text = SourceText(bytes).bytes
    return filled(text, at: 0..<text.count)
  }

  /// Returns the bytes of an item with the texts filled in.
  ///
  /// - Parameter text: The bytes of the item, as an excerpt of the file.
  func filled(_ text: [UInt8], of item: SourceItem) -> [UInt8] { filled(text, at: item.range) }

  private func filled(_ text: [UInt8], at place: Range<Int>) -> [UInt8] {
    let own = texts.filter { place.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= place.upperBound }
    if own.isEmpty { return text }
    var filled: [UInt8] = []
    var position = 0
    for (range, content) in own {
      let start = range.lowerBound - place.lowerBound
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
  /// Returns whether a file may contain marks for the texts of other files.
  public func mayInclude(_ source: SourceFile) -> Bool { runtimes.mayInclude(source.publishedPath) }

  /// Returns the marks in the items of a file, and whether the file is one item; nil if the runtime fills in no texts.
  public func inclusionMarks(in bytes: [UInt8], of source: SourceFile) -> (marks: [InclusionMark], isWhole: Bool)? {
    guard mayInclude(source), let place = runtimes.place(of: source), place.kind != nil,
      let rule = runtimes[place.runtime]?.facts.inclusions
    else { return nil }
    let text = SourceText(bytes)
    let marks = rule.pattern.marks(in: text.bytes)
    if place.holders.isEmpty { return marks.isEmpty ? nil : (marks, true) }
    let items = ItemFile(text, at: place).parts.map(\.item.range)
    let own = marks.filter { mark in
      items.contains { $0.lowerBound <= mark.range.lowerBound && mark.range.upperBound <= $0.upperBound }
    }
    return own.isEmpty ? nil : (own, false)
  }
}

extension FindingList {
  /// Reports files whose text an item includes, but that are missing or were not read.
  mutating func checkInclusions(of source: SourceFile, in runtime: Runtime) {
    guard let rule = runtime.facts.inclusions else { return }
    var seen: Set<String> = []
    for inclusion in source.outside?.inclusions ?? []
    where source.item?.range.contains(inclusion.offset) ?? true && seen.insert(inclusion.path).inserted {
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
