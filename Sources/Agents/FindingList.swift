import Files
import Rules
import Text

/// Collects the findings about one file, with their locations.
struct FindingList {
  /// The bytes of the file.
  let bytes: [UInt8]
  let text: SourceText
  private(set) var all: [Finding] = []
  private let fileLines: LineIndex
  private let textLines: LineIndex
  /// The number of findings per rule, including unlisted ones.
  private var counts: [String: Int] = [:]

  /// The byte between the key and the value of a field.
  var separator = UInt8(ascii: ":")
  /// The text offsets at which the fields begin, and the end of the last field.
  var fieldStarts: [Int] = []
  /// The rules that the file itself turns off.
  private(set) var ignored: Set<String> = []
  /// The facts that affect how a runtime loads the file, including findings that are turned off.
  private(set) var objections: [LoadVerdict.Objection] = []
  /// Whether the runtime loads the file despite problems for which it ignores other files, as with plugin agents.
  var isSpared = false
  /// The agents and skills that the file references.
  var references: [Reference] = []
  /// Information about positions in the text.
  var context = TextContext()
  /// Ranges of the file that are read separately. Findings in them are dropped here.
  private let excluded: [Range<Int>]
  /// The item, if the bytes are an excerpt of a file; nil if they are the whole file.
  private let item: SourceItem?

  /// The maximum number of listed findings of one rule in a file.
  static let ruleLimit = 100

  init(bytes: [UInt8], text: SourceText, item: SourceItem? = nil, excluding excluded: [Range<Int>] = []) {
    self.bytes = bytes
    self.item = item
    self.excluded = excluded
    self.text = text
    textLines = LineIndex(text.utf8, ending: .lineFeed)
    // Most texts need no repair and share the index.
    fileLines = bytes == text.utf8 ? textLines : SourceText.lines(of: bytes)
  }

  /// Adds a finding about a range of the text, or about the whole file.
  ///
  /// - Parameters:
  ///   - severity: The severity, or nil for that of the effect or the rule.
  ///   - effect: The effect on loading the file, or nil if there is none.
  mutating func add(
    _ rule: Rule, _ message: String, help: String, textRange: Range<Int>? = nil, severity: Finding.Severity? = nil,
    effect: Effect? = nil
  ) {
    add(rule, message, help: help, fileRange: textRange.map { text.fileRange($0) }, severity: severity, effect: effect)
  }

  /// Adds a finding about a range of the file's bytes.
  mutating func add(
    _ rule: Rule, _ message: String, help: String, fileRange: Range<Int>?, severity: Finding.Severity? = nil,
    effect: Effect? = nil
  ) {
    // A finding about a whole item is placed at its start.
    let fileRange = fileRange ?? item.map { _ in 0..<0 }
    if let start = fileRange?.lowerBound, excluded.contains(where: { $0.contains(start) }) { return }
    if let effect { object(message, fix: help, fileRange: fileRange, effect: effect) }
    guard !ignored.contains(rule.id) else { return }
    counts[rule.id, default: 0] += 1
    guard counts[rule.id, default: 0] <= Self.ruleLimit else { return }
    all.append(
      Finding(
        rule: rule.id, severity: severity ?? self.severity(of: effect) ?? rule.severity, message: message, help: help,
        range: fileRange, location: fileRange.map { location(of: $0.lowerBound) },
        end: fileRange.map { location(of: $0.upperBound) }))
  }

  /// Records something that affects loading but is not a finding.
  mutating func object(_ message: String, fix: String, fileRange: Range<Int>?, effect: Effect) {
    guard objections.count < Self.ruleLimit else { return }
    let line = fileRange.map { location(of: $0.lowerBound).line } ?? item?.location.line
    objections.append(.init(effect: effect, message: message, fix: fix, line: line))
  }

  /// Returns the severity that follows from an effect; nil if the rule decides.
  private func severity(of effect: Effect?) -> Finding.Severity? {
    guard let effect else { return nil }
    return effect.outcome == .ignored && isSpared ? .warning : effect.outcome.severity
  }

  /// Whether the runtime does not read the fields, because of what has been found so far.
  var fieldsAreLost: Bool { objections.contains { $0.effect.outcome >= .ignored } }

  /// Returns the number of findings of a rule, including unlisted ones.
  func count(of rule: Rule) -> Int { counts[rule.id, default: 0] }

  /// Turns off rules for this file.
  mutating func ignore(_ rules: [String]) { ignored.formUnion(rules) }

  /// Returns the location of a byte offset in the file.
  func location(of offset: Int) -> SourceLocation {
    let place = SourceText.location(of: offset, in: bytes, fileLines)
    return item.map { $0.inFile(place) } ?? place
  }

  /// Returns the range from a line and column to the end of that line.
  ///
  /// Line and column count from 1 and are relative to `start`. Columns are Unicode scalars.
  func place(line: Int, column: Int, from start: Int) -> Range<Int> {
    let first = textLines.start(of: textLines.line(of: start) + max(1, line) - 1)
    let lines = Lines(text.utf8, from: max(start, first))
    guard let found = lines.peek() else { return start..<start }
    let prefix = String(decoding: text.utf8[found], as: UTF8.self).unicodeScalars.prefix(max(0, column - 1))
    let offset = found.lowerBound + String(prefix).utf8.count
    return offset..<found.upperBound
  }

  /// Returns the range of the first character, for a parser error at a single position.
  func firstCharacter(of range: Range<Int>) -> Range<Int> {
    let first = String(decoding: text.utf8[range], as: UTF8.self).first.map { String($0).utf8.count } ?? 0
    return range.lowerBound..<range.lowerBound + first
  }

  // MARK: Places in fields

  /// Returns the bytes of a field in the text, and the start of its value.
  private func field(_ index: Int) -> (bytes: ArraySlice<UInt8>, value: Int)? {
    guard index + 1 < fieldStarts.count else { return nil }
    let start = fieldStarts[index]
    let bytes = text.utf8[start..<max(start, fieldStarts[index + 1])]
    return (bytes, bytes.firstIndex(of: separator) ?? start)
  }

  /// Returns the range of a word in a field's value, as text offsets, or the range of the key if the word is not found.
  ///
  /// - Parameter asWord: Whether only whole words match.
  func place(of word: String, inField index: Int, asWord: Bool = true) -> Range<Int>? {
    guard let (field, value) = field(index) else { return nil }
    let wanted = Array(word.utf8)
    if !wanted.isEmpty, let place = Self.first(wanted, in: field[value...], asWord: asWord) {
      return place..<place + wanted.count
    }
    return field.startIndex..<max(field.startIndex, value)
  }

  /// Returns the range of the value that a problem is about, or of the key or item that leads to it.
  func place(of problem: ValueSchema.Problem, inField index: Int) -> Range<Int>? {
    guard let (field, value) = field(index) else { return nil }
    for word in [problem.text, problem.path.last].compactMap(\.self) where !word.isEmpty {
      let wanted = Array(word.utf8)
      if let place = Self.first(wanted, in: field[value...], asWord: true) { return place..<place + wanted.count }
    }
    guard let item = problem.path.last, item.hasPrefix("item "), let number = Int(item.dropFirst(5)) else { return nil }
    return self.item(number, in: field)
  }

  /// Returns the range of an item in a block list: the n-th line with a dash and the indentation of the first one.
  private func item(_ number: Int, in field: ArraySlice<UInt8>) -> Range<Int>? {
    var count = 0
    var indent: Int?
    var lines = Lines(text.utf8, from: field.startIndex)
    while let line = lines.peek(), line.lowerBound < field.endIndex {
      lines.skip()
      let content = text.utf8[line].drop { $0 == 0x20 }
      guard content.first == UInt8(ascii: "-"),
        content.startIndex - line.lowerBound == indent ?? content.startIndex - line.lowerBound
      else { continue }
      indent = content.startIndex - line.lowerBound
      count += 1
      if count == number { return content.startIndex..<line.upperBound }
    }
    return nil
  }

  /// Returns the offset of the first match, optionally of a whole word.
  private static func first(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>, asWord: Bool) -> Int? {
    guard bytes.count >= wanted.count else { return nil }
    var rest = bytes
    while let place = rest.firstIndex(of: wanted[0]), place + wanted.count <= bytes.endIndex {
      let end = place + wanted.count
      let isFree =
        !asWord
        || (place == bytes.startIndex || !isWord(bytes[place - 1])) && (end == bytes.endIndex || !isWord(bytes[end]))
      let stands = isFree && bytes[place..<end].elementsEqual(wanted)
      if stands { return place }
      rest = bytes[(place + 1)...]
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  // MARK: Excerpts

  /// Returns a range of the text as one line, with each run of whitespace replaced by a space.
  func excerpt(_ range: Range<Int>) -> String {
    String(decoding: text.utf8[range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Results

  /// All findings in file order, with a note on the number of unlisted ones.
  var listed: [Finding] {
    var all = all
    for (rule, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.ruleLimit {
      guard let first = all.first(where: { $0.rule == rule }) else { continue }
      all.append(
        Finding(
          rule: rule, severity: first.severity,
          message: "\(count - Self.ruleLimit) more of this kind are not listed", help: first.help))
    }
    return all.sorted(by: Finding.isBefore)
  }
}
