import Agents

extension GrantComparison {
  /// Compares two states of a script that settings start.
  ///
  /// - Parameters:
  ///   - old: The lines before; nil if the file did not exist.
  ///   - new: The lines now; nil if the file was removed.
  ///   - starters: The settings that start it.
  public init(script old: [String]?, to new: [String]?, startedBy starters: [String]) {
    let names = Sentence.quoted(starters)
    let verb = starters.count == 1 ? "runs or allows" : "run or allow"
    var changes: [GrantChange] = []
    func add(_ effect: GrantChange.Effect, _ sentence: Sentence, _ danger: Danger, line: Int = 1) {
      changes.append(
        GrantChange(
          effect: effect, key: GrantChange.wholeFile, sentence: sentence, danger: danger,
          before: old.map { _ in .init(says: nil, line: 1) }, after: new.map { _ in .init(says: nil, line: line) },
          condition: nil))
    }
    let known = Set(Self.remoteCode(in: old ?? []).map(\.phrase))
    for (line, phrase) in Self.remoteCode(in: new ?? []) where !known.contains(phrase) {
      add(
        .widens, "\(names) \(words: verb) this script, which runs code from the network: \(quoted: phrase).",
        .networkToShell, line: line)
    }
    switch (old, new) {
    case (nil, _): add(.widens, "\(names) \(words: verb) this script, which is new.", .runs)
    case (_, nil): add(.unknown, "\(names) \(words: verb) this script, which was removed.", .none)
    default: add(.unknown, "\(names) \(words: verb) this script, and its content changed.", .runs)
    }
    self.init(changes)
  }

  /// Compares two states of a file that workflows are compiled from. The compiled file shows the change of access.
  ///
  /// - Parameters:
  ///   - old: The lines before; nil if the file did not exist.
  ///   - new: The lines now; nil if the file was removed.
  ///   - compiled: The paths of the workflows.
  public init(source old: [String]?, to new: [String]?, of compiled: [String]) {
    let what: Sentence = old == nil ? "is new" : new == nil ? "was removed" : "changed"
    let sentence: Sentence =
      "\(Sentence.quoted(compiled)) \(words: compiled.count == 1 ? "is" : "are") compiled from this file, which \(what)."
    self.init([
      GrantChange(
        effect: .same, key: GrantChange.wholeFile, sentence: sentence, danger: .none,
        before: old.map { _ in .init(says: nil, line: 1) }, after: new.map { _ in .init(says: nil, line: 1) },
        condition: nil)
    ])
  }

  /// Returns the code that a script runs from the network, with line numbers. Comment lines are skipped.
  private static func remoteCode(in lines: [String]) -> [(line: Int, phrase: String)] {
    lines.enumerated().compactMap { index, line in
      if line.drop(while: \.isWhitespace).hasPrefix("#") { return nil }
      // A backslash or a pipe at the end continues a line.
      let command = lines[index..<min(index + 3, lines.count)].joined(separator: "\n")
      guard let match = RemoteCode.match(in: line) ?? RemoteCode.match(in: command), match.begins(in: line) else {
        return nil
      }
      return (index + 1, match.phrase)
    }
  }
}
