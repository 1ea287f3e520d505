import Foundation
import Text

/// The values that a runtime accepts for a field: types, words, patterns, ranges, and schemas for nested values.
public final class ValueSchema: Sendable {
  /// A type of value, as decided by YAML: `007` is a number.
  enum Kind: String, Sendable, CaseIterable {
    case text, number, integer, flag, list, map
    /// Text, a number, `true` or `false`.
    case scalar
    /// Any value.
    case any

    /// A noun phrase for messages.
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

  /// The accepted types; empty to accept all.
  let kinds: [Kind]
  /// The accepted words of a scalar; empty to accept all.
  let words: [String]
  /// Whether words are case-sensitive.
  let tellsCase: Bool
  /// The pattern that a text must match completely.
  let pattern: NSRegularExpression?
  /// The problem with a text that does not match the pattern, as a clause.
  let says: String?
  /// How to fix such a text, as a sentence.
  let help: String?
  /// Common mistakes in such texts. ``says`` and ``help`` are for texts without any of them.
  let mistakes: [Mistake]
  /// The minimum and maximum of a number.
  let least, most: Double?
  /// The minimum and maximum length of a text, in characters.
  let shortest, longest: Int?
  /// The schema of list items.
  let items: ValueSchema?
  /// The schema of all values in a map.
  let values: ValueSchema?
  /// The schemas of individual keys in a map.
  let keys: [String: ValueSchema]
  /// The accepted keys of a map; empty to accept all.
  let knownKeys: [String]
  /// The outcome of other keys, or nil if it is that of a wrong value.
  let otherKeys: LoadVerdict.Outcome?
  /// The keys that a map needs if other keys have certain values.
  let needs: [Need]
  /// Whether a map must have a key with this schema.
  let isRequired: Bool
  /// Whether list items must be distinct. Items that are lists are compared by their first elements.
  let isDistinct: Bool
  /// Whether a text must be a JavaScript regular expression.
  let isRegularExpression: Bool

  init(
    kinds: [Kind] = [], words: [String] = [], tellsCase: Bool = true, pattern: NSRegularExpression? = nil,
    says: String? = nil, help: String? = nil, mistakes: [Mistake] = [], least: Double? = nil, most: Double? = nil,
    shortest: Int? = nil,
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
    self.mistakes = mistakes
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

  /// A common mistake in texts that do not match a pattern.
  struct Mistake: Sendable {
    /// The pattern that texts with the mistake match completely.
    let pattern: NSRegularExpression
    /// The problem, as a clause.
    let says: String
    /// How to fix it, as a sentence.
    let help: String
  }

  /// Keys that a map needs if other keys have certain values.
  struct Need: Sendable {
    /// The other keys, with the values that make this apply.
    var conditions: [String: [String]] = [:]
    /// Sets of keys, one of which must be complete.
    var alternatives: [[String]] = []

    /// Returns the keys that a map lacks, as text; nil if none are missing.
    func missing(in entries: [FieldValue.Entry]) -> String? {
      func has(_ key: String) -> Bool { entries.contains { $0.key == key && !$0.value.isEmpty } }
      let applies = conditions.allSatisfy { key, values in
        entries.first { $0.key == key }?.value.scalar.map(values.contains) ?? false
      }
      guard applies, !alternatives.contains(where: { $0.allSatisfy(has) }) else { return nil }
      return alternatives.map { $0.map { "“\($0)”" }.joined(before: "and") }.joined(before: "or")
    }
  }

  /// A problem with a value.
  struct Problem {
    /// The path of keys and items to the problem; empty for the value itself.
    let path: [String]
    /// The problem, as text after the name of the field: `must be a number`.
    let message: String
    /// A milder message for a value that is only undocumented: `is “magenta”; the documented values are red and blue`.
    var mildMessage: String { words.map { "is “\($0.given)”; the documented values are \($0.listed)" } ?? message }
    /// How to fix the problem.
    let help: String
    /// The text to search for in the file, if there is one.
    let text: String?
    /// Whether the value has the wrong type.
    var isType = false
    /// Whether the value is too long.
    var isLength = false
    /// The outcome if it differs from that of other wrong values.
    var outcome: LoadVerdict.Outcome?
    /// The given word and the accepted words, for a problem with a word.
    var words: (given: String, listed: String)?
  }

  /// The maximum number of reported problems of one value.
  private static let limit = 20

  /// Returns the problems with a value, in file order.
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
          help: "Shorten it.", text: nil, isLength: path.isEmpty))
    } else if isRegularExpression, let problem = ScriptPattern.problem(with: text) {
      problems.append(
        Problem(
          path: path, message: "is not a regular expression: it \(problem)", help: "Correct the expression.", text: text
        ))
    } else if let pattern, !Self.matches(pattern, text) {
      let own = mistakes.filter { Self.matches($0.pattern, text) }
      problems.append(
        Problem(
          path: path,
          message: own.isEmpty
            ? says ?? "must match \(pattern.pattern.dropFirst(5).dropLast(3))" : own.map(\.says).joined(before: "and"),
          help: own.isEmpty ? help ?? "Change the value." : own.map(\.help).joined(separator: " "), text: text))
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
