import Agents
import Files

/// The words that indicate topics. Topics are derived because few files have tags, and pages say so.
public struct Lexicon: Sendable {
  /// A topic, with the words that indicate it.
  public struct Topic: Sendable, Hashable {
    /// The title, for example `Databases`.
    public let title: String
    /// Lowercase words and phrases.
    public let words: [String]

    /// Creates a topic.
    public init(title: String, words: [String]) {
      self.title = title
      self.words = words
    }
  }

  /// The topics, in order.
  public let topics: [Topic]
  private let index: [UInt64: [Int]]

  /// Creates a lexicon. Topics with the same title are merged into the first.
  public init(topics: [Topic]) {
    var merged: [Topic] = []
    for topic in topics {
      if let place = merged.firstIndex(where: { Slug.fold($0.title) == Slug.fold(topic.title) }) {
        merged[place] = Topic(title: merged[place].title, words: merged[place].words + topic.words)
      } else {
        merged.append(topic)
      }
    }
    var index: [UInt64: [Int]] = [:]
    for (number, topic) in merged.enumerated() {
      for word in topic.words {
        var hashes: [UInt64] = []
        WordHashes.each(in: word.lowercased()) { hashes.append($0) }
        guard let first = hashes.first else { continue }
        let key = hashes.dropFirst().reduce(first, WordHashes.phrase)
        if !index[key, default: []].contains(number) { index[key, default: []].append(number) }
      }
    }
    self.topics = merged
    self.index = index
  }

  /// The weights of a word in the name, tags or category, and in the summary. Elsewhere the weight is 1.
  private static let weights = (name: 3, summary: 2)
  /// The minimum score of a topic.
  private static let threshold = 3

  /// Returns the topics of an agent, in the order of the lexicon.
  func topics(of agent: Agent) -> [Int] {
    var scores = [Int](repeating: 0, count: topics.count)
    var seen: Set<UInt64> = []
    func count(_ text: String, _ weight: Int) {
      var previous: UInt64?
      WordHashes.each(in: text) { hash in
        for key in [hash, previous.map { WordHashes.phrase($0, hash) }] {
          // Each word counts once per weight, so a repeated word doesn't decide alone.
          guard let key, let found = index[key], seen.insert(key &+ UInt64(weight)).inserted else { continue }
          for topic in found { scores[topic] += weight }
        }
        previous = hash
      }
    }
    count(agent.name, Self.weights.name)
    for tag in agent.tags { count(tag, Self.weights.name) }
    count(agent.category ?? "", Self.weights.name)
    for trigger in agent.value("triggers")?.words ?? [] { count(trigger, 1) }
    count(agent.description.summary, Self.weights.summary)
    count(agent.description.whenToUse, 1)
    for heading in agent.outline.prefix(40) { count(heading.text, 1) }
    return scores.indices.filter { scores[$0] >= Self.threshold }
  }
}

/// Hashes the lowercased words of a text; `c++`, `c#` and `node.js` are words.
enum WordHashes {
  static func each(in text: String, _ body: (UInt64) -> Void) { each(in: text.utf8, body) }

  static func each(in text: some Sequence<UInt8>, _ body: (UInt64) -> Void) {
    var hash = FNV()
    var length = 0
    var pendingDot = false
    func finish() {
      if length > 0 { body(hash.value) }
      hash = FNV()
      length = 0
      pendingDot = false
    }
    for byte in text {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
        if pendingDot { hash.add(UInt8(ascii: ".")) }
        pendingDot = false
        let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        hash.add(isCapital ? byte | 0x20 : byte)
        length += 1
      case UInt8(ascii: "+"), UInt8(ascii: "#"):
        if length > 0 { hash.add(byte) }
      case UInt8(ascii: "."):
        if length > 0, !pendingDot { pendingDot = true } else { finish() }
      default: finish()
      }
    }
    finish()
  }

  static func phrase(_ first: UInt64, _ second: UInt64) -> UInt64 { (first &* FNV.prime) ^ second.byteSwapped }
}
