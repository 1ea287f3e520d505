import Catalogs
import Files

/// Three example queries, taken from the catalog.
enum SearchExamples {
  /// The length of an example, in characters.
  private static let lengths = 12...60

  /// Returns links that search for the examples.
  static func all(in catalog: Catalog) -> [LinkView] {
    tasks(in: catalog).map { task in
      LinkView(title: task, href: SearchPage.path.description + "?q=" + task.percentEncoded.replacing("%20", with: "+"))
    }
  }

  /// Returns example tasks: user requests in descriptions, or else the beginnings of summaries. They come from distant
  /// parts of the list, and from different topics.
  private static func tasks(in catalog: Catalog) -> [String] {
    var (tasks, topics): ([String], Set<String>) = ([], [])
    let entries = catalog.entries.filter { $0.agent.description.text.utf8.count < 10_000 }
    for start in [0, 1, 2] {
      let part = entries[(entries.count * start / 3)..<(entries.count * (start + 1) / 3)]
      for isAsked in [true, false] where tasks.count <= start {
        for entry in part where tasks.count <= start {
          let topic = entry.topics.first ?? ""
          if topics.contains(topic) { continue }
          guard let task = isAsked ? asked(entry) : summed(entry), !tasks.contains(task) else { continue }
          tasks.append(task)
          topics.insert(topic)
        }
      }
    }
    return tasks
  }

  /// Returns the first user message in the examples.
  private static func asked(_ entry: Catalog.Entry) -> String? {
    let turns = entry.agent.description.examples.flatMap(\.turns)
    return turns.first { $0.role == .user }.flatMap { fitting($0.text) }
  }

  /// Returns the summary up to the first punctuation, if it starts with a verb for the agent's task.
  private static func summed(_ entry: Catalog.Entry) -> String? {
    let summary = entry.agent.description.summary
    let clause = summary.prefix { !",.;:()—".contains($0) }
    guard let verb = clause.split(separator: " ").first.map(String.init), verb.allSatisfy(\.isLetter) else {
      return nil
    }
    // The verb can have either form: `Writes release notes`, `Write release notes`.
    let plain = verb.lowercased()
    guard Self.verbs.contains(plain) || plain.hasSuffix("s") && Self.verbs.contains(String(plain.dropLast())) else {
      return nil
    }
    let base = Self.verbs.contains(plain) ? plain : String(plain.dropLast())
    return fitting(base + clause.dropFirst(verb.count))
  }

  private static let verbs: Set<String> = [
    "analyze", "audit", "build", "check", "compare", "convert", "create", "debug", "deploy", "design", "diagnose",
    "draft", "explain", "extract", "find", "fix", "generate", "implement", "improve", "investigate", "migrate",
    "monitor", "optimize", "organize", "plan", "prepare", "refactor", "research", "review", "rewrite", "summarize",
    "test", "track", "translate", "triage", "turn", "update", "validate", "write",
  ]

  private static func fitting(_ text: some StringProtocol) -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    let task = words.joined(separator: " ").trimmingSuffix { ".!".contains($0) }
    guard words.count > 1, lengths.contains(task.count), !task.contains(where: { "<>`{}*\\".contains($0) }) else {
      return nil
    }
    return task.lowercasedFirst
  }
}

extension String {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return String(text)
  }

  /// The text with a lowercase first letter, unless it starts with an abbreviation or `I`.
  fileprivate var lowercasedFirst: String {
    guard let first, let second = dropFirst().first, second.isLowercase else { return self }
    return first.lowercased() + dropFirst()
  }
}
