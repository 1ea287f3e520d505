import Files
import Rules
import Text

/// Collects what is wrong with one file, at its place in the file.
struct FindingList {
  /// The file's own bytes.
  let bytes: [UInt8]
  let text: SourceText
  private(set) var all: [Finding] = []
  private let fileLines: LineIndex
  private let textLines: LineIndex
  /// How many findings of each rule there are, those not listed included.
  private var counts: [String: Int] = [:]

  /// What is between the key and the value of a field.
  var separator = UInt8(ascii: ":")
  /// Where each field begins in the text, and where the last one ends.
  var fieldStarts: [Int] = []
  /// The rules that the file itself asks not to be told of.
  private(set) var ignored: Set<String> = []
  /// What stands in the way of the file when a runtime loads it, told of or not.
  private(set) var objections: [LoadVerdict.Objection] = []
  /// Whether the runtime loads the file in spite of what makes it leave others out: an agent of a plugin.
  var isSpared = false
  /// What the file names that may be there or not.
  var references: [Reference] = []
  /// What is known about the places of the text.
  var context = TextContext()
  /// Ranges of the file that are read by themselves, so that nothing in them is reported here.
  private let excluded: [Range<Int>]
  /// The item that the bytes are an excerpt of the file for, or nil where they are the file.
  private let item: SourceItem?

  /// How many findings of one rule are listed for a file.
  static let ruleLimit = 100

  init(bytes: [UInt8], text: SourceText, item: SourceItem? = nil, excluding excluded: [Range<Int>] = []) {
    self.bytes = bytes
    self.item = item
    self.excluded = excluded
    self.text = text
    textLines = LineIndex(text.utf8, ending: .lineFeed)
    // Most files are read as they are.
    fileLines = bytes == text.utf8 ? textLines : SourceText.lines(of: bytes)
  }

  /// Adds a finding about a range of the text, or about the file as a whole.
  ///
  /// - Parameters:
  ///   - severity: how much it matters here, where that is not as the rule has it.
  ///   - effect: what it makes of the file when the runtime loads it, where that is a question.
  mutating func add(
    _ rule: Rule, _ message: String, help: String, textRange: Range<Int>? = nil, severity: Finding.Severity? = nil,
    effect: Effect? = nil
  ) {
    add(rule, message, help: help, fileRange: textRange.map { text.fileRange($0) }, severity: severity, effect: effect)
  }

  /// Adds a finding about a range of the file's own bytes.
  mutating func add(
    _ rule: Rule, _ message: String, help: String, fileRange: Range<Int>?, severity: Finding.Severity? = nil,
    effect: Effect? = nil
  ) {
    // What is about an item as a whole is about the place where it begins.
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

  /// Adds something that changes what becomes of the file and is no finding.
  mutating func object(_ message: String, fix: String, fileRange: Range<Int>?, effect: Effect) {
    guard objections.count < Self.ruleLimit else { return }
    let line = fileRange.map { location(of: $0.lowerBound).line } ?? item?.location.line
    objections.append(.init(effect: effect, message: message, fix: fix, line: line))
  }

  /// How much a finding matters by what it makes of the file; nil where that is up to the rule.
  private func severity(of effect: Effect?) -> Finding.Severity? {
    guard let effect else { return nil }
    return effect.outcome == .ignored && isSpared ? .warning : effect.outcome.severity
  }

  /// How many findings of a rule there are, those not listed included.
  func count(of rule: Rule) -> Int { counts[rule.id, default: 0] }

  /// Lists no more findings of some rules.
  mutating func ignore(_ rules: [String]) { ignored.formUnion(rules) }

  /// A place in the file, as people count.
  func location(of offset: Int) -> SourceLocation {
    let place = SourceText.location(of: offset, in: bytes, fileLines)
    return item.map { $0.inFile(place) } ?? place
  }

  /// The place of a line and a column (in Unicode scalars), both from 1, counted from a place in the text.
  func place(line: Int, column: Int, from start: Int) -> Range<Int> {
    let first = textLines.start(of: textLines.line(of: start) + max(1, line) - 1)
    let lines = Lines(text.utf8, from: max(start, first))
    guard let found = lines.peek() else { return start..<start }
    let prefix = String(decoding: text.utf8[found], as: UTF8.self).unicodeScalars.prefix(max(0, column - 1))
    let offset = found.lowerBound + String(prefix).utf8.count
    return offset..<found.upperBound
  }

  /// The first character of a range, for what a parser points to with one place.
  func firstCharacter(of range: Range<Int>) -> Range<Int> {
    let first = String(decoding: text.utf8[range], as: UTF8.self).first.map { String($0).utf8.count } ?? 0
    return range.lowerBound..<range.lowerBound + first
  }

  // MARK: Places in fields

  /// The bytes of a field in the text, and where its value begins.
  private func field(_ index: Int) -> (bytes: ArraySlice<UInt8>, value: Int)? {
    guard index + 1 < fieldStarts.count else { return nil }
    let start = fieldStarts[index]
    let bytes = text.utf8[start..<max(start, fieldStarts[index + 1])]
    return (bytes, bytes.firstIndex(of: separator) ?? start)
  }

  /// Where a word stands in a field, by the bytes of the text; its key, where the word is not there as it was read.
  ///
  /// - Parameter asWord: whether it has to stand as a word of its own.
  func place(of word: String, inField index: Int, asWord: Bool = true) -> Range<Int>? {
    guard let (field, value) = field(index) else { return nil }
    let wanted = Array(word.utf8)
    if !wanted.isEmpty, let place = Self.first(wanted, in: field[value...], asWord: asWord) {
      return place..<place + wanted.count
    }
    return field.startIndex..<max(field.startIndex, value)
  }

  /// Where the value stands that a problem is about, or the key or item that leads to it.
  func place(of problem: ValueSchema.Problem, inField index: Int) -> Range<Int>? {
    guard let (field, value) = field(index) else { return nil }
    for word in [problem.text, problem.path.last].compactMap(\.self) where !word.isEmpty {
      let wanted = Array(word.utf8)
      if let place = Self.first(wanted, in: field[value...], asWord: true) { return place..<place + wanted.count }
    }
    guard let item = problem.path.last, item.hasPrefix("item "), let number = Int(item.dropFirst(5)) else { return nil }
    return self.item(number, in: field)
  }

  /// An item of a list in a block: of the lines that begin with a dash, indented as the first of them.
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

  /// Where bytes first stand, if asked as a word of their own.
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

  /// A range of the text in one line, runs of white space as one space.
  func excerpt(_ range: Range<Int>) -> String {
    String(decoding: text.utf8[range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Results

  /// All findings in the order of the file, and how many are not listed.
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
