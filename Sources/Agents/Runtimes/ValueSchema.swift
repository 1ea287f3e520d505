import Foundation
import Text

/// What a runtime accepts as the value of a field: types, words, patterns, ranges, and the same for what is inside.
public final class ValueSchema: Sendable {
  /// A type of value. YAML decides which one a value has: `007` is a number.
  enum Kind: String, Sendable, CaseIterable {
    case text, number, integer, flag, list, map
    /// A text, a number, `true` or `false`.
    case scalar
    /// Whatever there is.
    case any

    /// As a noun with its article.
    var noun: String {
      switch self {
      case .text: "text"
      case .number: "a number"
      case .integer: "a whole number"
      case .flag: "true or false"
      case .list: "a list"
      case .map: "a map"
      case .scalar: "a single value"
      case .any: "a value"
      }
    }

    func takes(_ value: FieldValue) -> Bool {
      switch (self, value) {
      case (.any, _), (.text, .text), (.flag, .bool), (.list, .list), (.map, .map), (.number, .number): true
      case (.integer, .number(let text)): Double(text).map { $0 == $0.rounded() } ?? false
      case (.scalar, .text), (.scalar, .number), (.scalar, .bool): true
      default: false
      }
    }
  }

  /// The types that it may have; none stand for all.
  let kinds: [Kind]
  /// The words that a scalar may be; none stand for all.
  let words: [String]
  /// Whether capitals matter in words.
  let tellsCase: Bool
  /// What a text must match as a whole.
  let pattern: NSRegularExpression?
  /// What is wrong with a text that does not match, as a clause.
  let says: String?
  /// What to write instead of such a text, as a sentence.
  let help: String?
  /// The smallest and the largest number.
  let least, most: Double?
  /// How many characters a text has at least and at most.
  let shortest, longest: Int?
  /// What the items of a list must be.
  let items: ValueSchema?
  /// What the values of a map must be, whatever their keys.
  let values: ValueSchema?
  /// What the values of some keys of a map must be.
  let keys: [String: ValueSchema]
  /// The keys that a map may have; none stand for all.
  let knownKeys: [String]
  /// What other keys make of the file, or nil where that is the same as for a wrong value.
  let otherKeys: LoadVerdict.Outcome?
  /// The keys that a map needs beside certain values.
  let needs: [Need]
  /// Whether a map must have a key with such a value.
  let isRequired: Bool
  /// Whether the items of a list must differ; of items that are lists, the first counts.
  let isDistinct: Bool
  /// Whether a text must be a regular expression of JavaScript.
  let isRegularExpression: Bool

  init(
    kinds: [Kind] = [], words: [String] = [], tellsCase: Bool = true, pattern: NSRegularExpression? = nil,
    says: String? = nil, help: String? = nil, least: Double? = nil, most: Double? = nil, shortest: Int? = nil,
    longest: Int? = nil,
    items: ValueSchema? = nil, values: ValueSchema? = nil, keys: [String: ValueSchema] = [:], knownKeys: [String] = [],
    otherKeys: LoadVerdict.Outcome? = nil, needs: [Need] = [], isRequired: Bool = false,
    isDistinct: Bool = false, isRegularExpression: Bool = false
  ) {
    self.kinds = kinds
    self.words = words
    self.tellsCase = tellsCase
    self.pattern = pattern
    self.says = says
    self.help = help
    self.least = least
    self.most = most
    self.shortest = shortest
    self.longest = longest
    self.items = items
    self.values = values
    self.keys = keys
    self.knownKeys = knownKeys
    self.otherKeys = otherKeys
    self.needs = needs
    self.isRequired = isRequired
    self.isDistinct = isDistinct
    self.isRegularExpression = isRegularExpression
  }

  /// Keys of a map that must be there where others have certain values.
  struct Need: Sendable {
    /// The other keys, each with the values for which this holds.
    var conditions: [String: [String]] = [:]
    /// Sets of keys of which one must be there as a whole.
    var alternatives: [[String]] = []

    /// The keys that are missing in a map, as text; nil where none are.
    func missing(in entries: [FieldValue.Entry]) -> String? {
      func has(_ key: String) -> Bool { entries.contains { $0.key == key && !$0.value.isEmpty } }
      let applies = conditions.allSatisfy { key, values in
        entries.first { $0.key == key }?.value.scalar.map(values.contains) ?? false
      }
      guard applies, !alternatives.contains(where: { $0.allSatisfy(has) }) else { return nil }
      return alternatives.map { $0.map { "“\($0)”" }.joined(before: "and") }.joined(before: "or")
    }
  }

  /// Something about a value that the runtime does not accept.
  struct Problem {
    /// The keys and places that lead to it in the field's value; empty for the value itself.
    let path: [String]
    /// What is wrong, behind the name of what it is about: `must be a number`.
    let message: String
    /// The same of a value that is only not documented: `is “magenta”; the documented values are red and blue`.
    var mildMessage: String { words.map { "is “\($0.given)”; the documented values are \($0.listed)" } ?? message }
    /// What to do.
    let help: String
    /// The text to look for in the file, where there is one.
    let text: String?
    /// Whether it is about the type of the value as a whole.
    var isType = false
    /// What it makes of the file, where that is not as for other wrong values.
    var outcome: LoadVerdict.Outcome?
    /// The word that was given, and those that are listed, where it is about that.
    var words: (given: String, listed: String)?
  }

  /// How many problems of one value are told.
  private static let limit = 20

  /// What is wrong with a value, in the order in which it is written.
  func problems(with value: FieldValue) -> [Problem] {
    var problems: [Problem] = []
    check(value, at: [], &problems)
    return problems
  }

  private func check(_ value: FieldValue, at path: [String], _ problems: inout [Problem]) {
    guard problems.count < Self.limit else { return }
    if !kinds.isEmpty, !kinds.contains(where: { $0.takes(value) }) {
      return problems.append(typeProblem(value, path))
    }
    switch value {
    case .list(let list):
      if isDistinct { checkDistinct(list, path, &problems) }
      guard let items else { return }
      for (place, item) in list.enumerated() { items.check(item, at: path + ["item \(place + 1)"], &problems) }
    case .map(let entries):
      for key in keys.keys.sorted() where keys[key]?.isRequired ?? false && !entries.contains(where: { $0.key == key })
      {
        problems.append(Problem(path: path, message: "has no “\(key)”", help: "Add it.", text: nil))
      }
      for missing in needs.compactMap({ $0.missing(in: entries) }) {
        problems.append(Problem(path: path, message: "needs \(missing)", help: "Add the missing part.", text: nil))
      }
      for entry in entries {
        if !knownKeys.isEmpty, !knownKeys.contains(entry.key) {
          let meant = Spelling.suggestion(for: entry.key, among: knownKeys)
          problems.append(
            Problem(
              path: path, message: "has no “\(Bounds.cut(entry.key, to: 60))”",
              help: meant.map { "Did you mean “\($0)”?" } ?? "Use one of \(Self.list(knownKeys)).", text: entry.key,
              outcome: otherKeys))
        }
        (keys[entry.key] ?? values)?.check(entry.value, at: path + [entry.key], &problems)
      }
    case .text(let text): checkText(text, path, &problems)
    case .number(let text):
      checkWord(text, path, &problems)
      if let number = Double(text) { checkRange(number, text, path, &problems) }
    case .bool(let flag): checkWord(flag ? "true" : "false", path, &problems)
    case .null: break
    }
  }

  private func checkDistinct(_ list: [FieldValue], _ path: [String], _ problems: inout [Problem]) {
    var seen: Set<String> = []
    for (place, item) in list.enumerated() {
      let word = if case .list(let parts) = item { parts.first?.scalar } else { item.scalar }
      guard let word, !seen.insert(word).inserted else { continue }
      problems.append(
        Problem(
          path: path + ["item \(place + 1)"], message: "repeats “\(Bounds.cut(word, to: 60))”", help: "Remove it.",
          text: nil))
    }
  }

  private func typeProblem(_ value: FieldValue, _ path: [String]) -> Problem {
    let wanted = kinds.map(\.noun).joined(before: "or")
    let given =
      switch value {
      case .null: "empty"
      case .bool(let flag): flag ? "true" : "false"
      case .number(let text): "the number \(Bounds.cut(text, to: 30))"
      case .text: "text"
      case .list: "a list"
      case .map: "a map"
      }
    let isText = kinds.contains(.text) && value.scalar != nil
    return Problem(
      path: path, message: "must be \(wanted); it is \(given)",
      help: isText ? "Put the value in quotation marks." : "Write \(wanted).", text: value.scalar, isType: path.isEmpty)
  }

  private func checkText(_ text: String, _ path: [String], _ problems: inout [Problem]) {
    checkWord(text, path, &problems)
    if let shortest, text.count < shortest {
      problems.append(
        Problem(
          path: path,
          message: text.isEmpty
            ? "must not be empty" : "must have at least \(shortest) characters; it has \(text.count)",
          help: "Write \(shortest == 1 ? "something" : "more").", text: text))
    } else if let longest, text.utf8.count > longest, text.count > longest {
      problems.append(
        Problem(
          path: path, message: "may have \(Self.number(longest)) characters; it has \(Self.number(text.count))",
          help: "Shorten it.", text: nil))
    } else if isRegularExpression, let problem = ScriptPattern.problem(with: text) {
      problems.append(
        Problem(
          path: path, message: "is not a regular expression: it \(problem)", help: "Correct the expression.", text: text
        ))
    } else if let pattern, !Self.matches(pattern, text) {
      problems.append(
        Problem(
          path: path, message: says ?? "must match \(pattern.pattern.dropFirst(5).dropLast(3))",
          help: help ?? "Change the value.", text: text))
    }
  }

  private func checkWord(_ word: String, _ path: [String], _ problems: inout [Problem]) {
    guard !words.isEmpty else { return }
    let folded = tellsCase ? word : word.lowercased()
    if words.contains(where: { (tellsCase ? $0 : $0.lowercased()) == folded }) { return }
    if let pattern, Self.matches(pattern, word) { return }
    let meant =
      words.first { $0.lowercased() == word.lowercased() } ?? Spelling.suggestion(for: word, among: words)
    problems.append(
      Problem(
        path: path, message: "must be \(Self.list(words)); it is “\(Bounds.cut(word, to: 60))”",
        help: meant.map { "Did you mean “\($0)”?" } ?? "Use one of these values, or remove the field.", text: word,
        words: (Bounds.cut(word, to: 60), Self.list(words, before: "and"))))
  }

  private func checkRange(_ number: Double, _ text: String, _ path: [String], _ problems: inout [Problem]) {
    let isTooSmall = least.map { number < $0 } ?? false
    let isTooLarge = most.map { number > $0 } ?? false
    guard isTooSmall || isTooLarge else { return }
    let range =
      switch (least, most) {
      case (let least?, let most?): "from \(Self.number(least)) to \(Self.number(most))"
      case (let least?, nil): "\(Self.number(least)) or more"
      case (nil, let most?): "\(Self.number(most)) or less"
      case (nil, nil): ""
      }
    problems.append(
      Problem(
        path: path, message: "must be \(range); it is \(Bounds.cut(text, to: 30))", help: "Write \(range).", text: text)
    )
  }

  private static func matches(_ pattern: NSRegularExpression, _ text: String) -> Bool {
    pattern.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count)) != nil
  }

  private static func list(_ words: [String], before last: String = "or") -> String {
    words.count > 12 ? "\(words.prefix(12).joined(separator: ", ")) …" : words.joined(before: last)
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? number(Int(value)) : "\(value)"
  }

  private static func number(_ value: Int) -> String {
    let digits = String(value)
    guard digits.count > 4 || value >= 1000 else { return digits }
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return result
  }
}
