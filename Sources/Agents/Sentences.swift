/// Finds the ends of sentences.
enum Sentences {
  /// Returns the first sentence of a text, and the rest.
  ///
  /// A sentence ends at a full stop, question mark or exclamation mark before whitespace, unless it is part of an
  /// abbreviation. It also ends at an empty line, or at a line break before a bullet. Chinese and Japanese full stops
  /// need no whitespace.
  static func first(of text: String) -> (sentence: String, rest: String) {
    let all = text.trimmed
    var index = all.startIndex
    while let place = all.utf8[index...].firstIndex(where: mayEnd) {
      index = place
      let (end, ends) = end(at: index, in: all)
      if ends { return (oneLine(all[..<end]), all[end...].trimmed) }
      index = end
    }
    return (oneLine(all[...]), "")
  }

  /// Returns whether a sentence ends at a character, and the index after it.
  private static func end(at index: String.Index, in text: String) -> (end: String.Index, ends: Bool) {
    let character = text[index]
    var end = text.index(after: index)
    let next = end < text.endIndex ? text[end] : nil
    switch character {
    case "。", "！", "？":
      while end < text.endIndex, "」』”’）".contains(text[end]) { end = text.index(after: end) }
      return (end, true)
    case ".", "!", "?", "…":
      if next?.isWhitespace ?? true {
        return (end, next == nil || !goesOn(behind: end, mark: index, in: text))
      }
      // A sentence in quotation marks or parentheses ends after them.
      guard let next, "\"'”’)*_".contains(next) else { return (end, false) }
      let behind = text.index(after: end)
      if behind == text.endIndex { return (behind, true) }
      guard text[behind].isWhitespace, !(start(of: text[behind...])?.isLowercase ?? false) else { return (end, false) }
      return (behind, true)
    case "\n":
      return (end, next == "\n" || next.map { "-*•".contains($0) } ?? false)
    default:
      return (end, false)
    }
  }

  /// Returns whether a byte may begin a character that ends a sentence. The search skips all other bytes.
  private static func mayEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\n"), 0xE2, 0xE3, 0xEF: true
    default: false
    }
  }

  private static func oneLine(_ text: Substring) -> String {
    text.trimmed.split(whereSeparator: \.isNewline).map(\.trimmed).joined(separator: " ")
  }

  // MARK: Full stops

  /// Returns whether a sentence continues after a mark that is followed by whitespace.
  private static func goesOn(behind end: String.Index, mark index: String.Index, in text: String) -> Bool {
    let rest = text[end...]
    if rest.first?.isNewline ?? false { return false }
    let next = start(of: rest)
    let before = text[..<index]
    switch text[index] {
    case "…": return next?.isLowercase ?? false
    case ".":
      if before.last == "." { return next?.isLowercase ?? false }
      let word = word(at: before)
      switch kind(of: word, before) {
      case .none: return false
      case .joined: return true
      case .shortened: return !startsSentence(rest)
      case .trailing: return !(next?.isUppercase ?? true)
      case .numbered: return next?.isNumber ?? false
      case .enumerated: return true
      }
    default: return false
    }
  }

  /// The meaning of a full stop after a word.
  private enum Kind {
    /// Only the end of a sentence.
    case none
    /// Part of an abbreviation that other words follow: `e.g.`
    case joined
    /// Part of a name, followed by more words or the end of the sentence: `U.S.`, `Inc.`, an initial.
    case shortened
    /// Part of an abbreviation that often ends a sentence: `etc.`
    case trailing
    /// Part of an abbreviation that a number follows: `No. 5`.
    case numbered
    /// Part of an item number: `1. First`.
    case enumerated
  }

  private static let joined: Set<String> = [
    "e.g", "i.e", "eg", "ie", "vs", "cf", "viz", "approx", "incl", "excl", "esp", "mr", "mrs", "ms", "dr", "prof", "st",
    "resp", "aka", "a.k.a", "n.b", "ca", "bzw", "z.b", "d.h", "u.a", "p.ej",
  ]
  private static let shortened: Set<String> = [
    "inc", "ltd", "corp", "co", "jr", "sr", "dept", "univ", "ph.d", "u.s", "u.k", "gov", "sen", "rev", "gen", "capt",
    "jan", "feb", "apr", "jul", "aug", "sept", "oct", "nov",
  ]
  private static let trailing: Set<String> = ["etc", "al", "a.m", "p.m", "misc", "min", "max", "ext", "ver"]
  private static let numbered: Set<String> = ["no", "nos", "fig", "figs", "sec", "ch", "vol", "pp", "eq", "art"]

  private static func kind(of word: Substring, _ before: Substring) -> Kind {
    let folded = word.lowercased()
    if joined.contains(folded) { return .joined }
    if trailing.contains(folded) { return .trailing }
    if numbered.contains(folded) { return .numbered }
    if shortened.contains(folded) { return .shortened }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    // `U.S`, `J`: single capital letters separated by full stops.
    if parts.allSatisfy({ $0.count == 1 && $0.first?.isUppercase == true }) { return .shortened }
    if word.count < 3, word.allSatisfy(\.isWholeNumber), !word.isEmpty {
      let front = before.dropLast(word.count)
      if front.last(where: { $0 != " " && $0 != "\t" }).map({ ".:;,)\n".contains($0) }) ?? true { return .enumerated }
      // `1. Load 2. Sail`: the previous number occurs before it.
      if let number = Int(word), number > 1, front.contains("\(number - 1). ") { return .enumerated }
    }
    return .none
  }

  /// Returns the last word of a text, without preceding brackets and quotation marks.
  private static func word(at before: Substring) -> Substring {
    let start =
      before.lastIndex { $0.isWhitespace || "(\"'“‘[/—–*_`".contains($0) }.map { before.index(after: $0) }
      ?? before.startIndex
    return before[start...]
  }

  /// Returns the first character of a text after whitespace, quotation marks and brackets.
  private static func start(of text: Substring) -> Character? {
    text.first { !$0.isWhitespace && !"\"'“‘(*_`[".contains($0) }
  }

  /// Returns whether a text begins with a typical first word of sentences in descriptions.
  private static func startsSentence(_ text: Substring) -> Bool {
    let start = text.drop { !$0.isLetter && !$0.isNumber }
    guard let first = start.first, first.isUppercase else { return false }
    let word = start.prefix { $0.isLetter || $0 == "'" || $0 == "’" }
    return sentenceStarts.contains(word.lowercased())
  }

  private static let sentenceStarts: Set<String> = [
    "a", "an", "the", "this", "these", "that", "it", "its", "he", "she", "they", "we", "you", "your", "there", "use",
    "uses", "used", "invoke", "call", "trigger", "triggers", "run", "runs", "must", "should", "can", "may", "will",
    "do", "does", "never", "always", "not", "only", "also", "when", "whenever", "if", "for", "in", "on", "at", "by",
    "with", "from", "to", "and", "or", "but", "so", "as", "after", "before", "once", "then", "proactively", "handles",
    "helps", "provides", "specializes", "specialises", "includes", "covers", "ideal", "examples", "example", "focuses",
    "expert", "knows", "supports", "writes", "reviews", "creates", "builds", "analyzes", "works", "ensures", "produces",
    "returns", "reads", "checks", "best", "perfect", "please", "all", "each", "every", "no", "any", "where", "what",
    "how", "who", "why", "which", "important", "note", "critical", "mandatory", "required", "warning", "avoid",
    "masters", "excels", "designs", "implements", "generates", "manages",
  ]
}

/// Introductory labels such as `Specifically:` and `**Use cases:**`.
enum Labels {
  /// Returns a text without trailing labels that introduce nothing, and those labels on one line.
  static func separated(_ text: String) -> (text: String, labels: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var labels: [String] = []
    while let last = lines.last, last.allSatisfy(\.isWhitespace) || isLabel(last) {
      if isLabel(last) { labels.insert(last.trimmed, at: 0) }
      lines.removeLast()
    }
    return labels.isEmpty ? (text, "") : (lines.joined(separator: "\n").trimmed, labels.joined(separator: " "))
  }

  /// Returns whether a line consists of a few words and a colon.
  private static func isLabel(_ line: Substring) -> Bool {
    let words = line.trimmed.trimming("*_#>- ")
    guard let last = words.last, last == ":" || last == "：", words.utf8.count <= 80 else { return false }
    return words.split(whereSeparator: \.isWhitespace).count <= 6
      && !words.dropLast().contains { ".!?;".contains($0) }
  }
}

extension String {
  /// Returns the text without some characters at either end.
  fileprivate func trimming(_ characters: String) -> String {
    var rest = self[...]
    while let first = rest.first, characters.contains(first) { rest.removeFirst() }
    while let last = rest.last, characters.contains(last) { rest.removeLast() }
    return String(rest)
  }
}
