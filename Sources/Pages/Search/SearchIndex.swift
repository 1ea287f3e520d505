import Files

/// The index of words and subjects, with the impact of each word on a subject.
///
/// An impact depends only on the subject itself. So the entry of a word changes only if a subject with that word
/// changes. The browser derives the rarity of a word from the length of its entry.
struct SearchIndex: Sendable {
  /// The part of a subject that contains a word.
  enum Field: Int, Sendable {
    case name
    case tag
    case summary
    case use
    case heading
    case tool
  }

  /// A word of a subject.
  struct Weighed: Sendable {
    /// The number of the word in the index.
    let term: UInt32
    /// A number from 1 to 63.
    let impact: UInt8
    /// Whether it occurs in a name, a summary or another short field.
    let isStrong: Bool
  }

  /// A word with its subjects.
  struct Entry: Sendable {
    /// The stem, in UTF-8.
    let term: [UInt8]
    let postings: SearchPostings
    /// Whether it occurs in a name, a summary or another short field.
    let isStrong: Bool
  }

  /// The stems, in UTF-8, by number.
  private(set) var terms: [[UInt8]] = []
  private var strong: [Bool] = []
  private var common: [Bool] = []
  private var postings: [SearchPostings] = []
  /// The numbers of terms by hashes of words as written, so that each stem is computed once.
  private var known = NumberTable()
  private var numbers: [[UInt8]: UInt32] = [:]

  // MARK: Adding

  /// The scores of each term in the current subject.
  private var short: [Float] = []
  private var prose: [UInt16] = []
  private var touched: [UInt32] = []

  /// Adds a subject. Subjects must be added in slot order.
  mutating func add(slot: Int, _ words: [Weighed]) {
    for word in words {
      let place = Int(word.term)
      postings[place].add(slot: slot, impact: Int(word.impact))
      if word.isStrong { strong[place] = true }
    }
  }

  /// Returns the words of a subject.
  ///
  /// - Parameters:
  ///   - fields: The short texts.
  ///   - prose: The prompt, or nothing.
  ///   - names: Special words that aren't in a text, such as `kind:skill`.
  mutating func words(
    _ fields: [(field: Field, text: String)], prose text: ArraySlice<UInt8>, names: [String]
  ) -> [Weighed] {
    for (field, text) in fields {
      var words: [UInt32] = []
      SearchWords.each(in: Array(text.utf8)[...]) { words.append(number(of: $0)) }
      let weight = Self.weight(of: field, length: words.count)
      var seen: Set<UInt32> = []
      for word in words {
        touch(word)
        // Repeated words count a fifth.
        short[Int(word)] += seen.insert(word).inserted ? weight : weight / 5
      }
    }
    var length = 0
    SearchWords.eachHash(inProse: text) { hash, word in
      length += 1
      let term = known[hash] ?? number(of: word())
      if common[Int(term)] { return }
      touch(term)
      prose[Int(term)] &+= prose[Int(term)] < .max ? 1 : 0
    }
    let pace = Self.pace(length)
    var words: [Weighed] = []
    words.reserveCapacity(touched.count + names.count)
    for term in touched {
      let place = Int(term)
      let count = Float(prose[place])
      let sum = min(short[place], Self.most) + (count > 0 ? Self.proseWeight * count / (count + pace) : 0)
      let impact = UInt8(max(1, min(63, (64 * sum / (sum + Self.half)).rounded())))
      words.append(Weighed(term: term, impact: impact, isStrong: short[place] > 0))
      short[place] = 0
      prose[place] = 0
    }
    touched.removeAll(keepingCapacity: true)
    for name in names { words.append(Weighed(term: number(ofTerm: Array(name.utf8)), impact: 1, isStrong: false)) }
    return words
  }

  private mutating func touch(_ term: UInt32) {
    if short[Int(term)] == 0, prose[Int(term)] == 0 { touched.append(term) }
  }

  private mutating func number(of word: [UInt8]) -> UInt32 {
    let hash = FNV.hash(word)
    if let number = known[hash] { return number }
    var stem = word
    SearchStem.cut(&stem)
    let number = number(ofTerm: stem)
    known[hash] = number
    return number
  }

  /// Returns the number of a stem.
  mutating func number(ofTerm term: [UInt8]) -> UInt32 {
    if let number = numbers[term] { return number }
    let number = UInt32(terms.count)
    numbers[term] = number
    terms.append(term)
    strong.append(false)
    common.append(SearchWords.commonStems.contains(term))
    postings.append(SearchPostings())
    short.append(0)
    prose.append(0)
    return number
  }

  // MARK: Weights

  /// Returns the weight of a word in a field. A one-word name counts more than a name of four words, and a short
  /// summary more than a long one.
  private static func weight(of field: Field, length: Int) -> Float {
    let length = Float(max(1, length))
    return switch field {
    case .name: 7 + 4 / length
    case .tag: 3
    case .summary: 6 / (0.6 + 0.4 * max(0.5, min(3, length / 20)))
    case .use: 4 / (0.6 + 0.4 * max(0.5, min(3, length / 40)))
    case .heading: 1.5
    case .tool: 2
    }
  }

  /// The maximum score of all short fields together.
  private static let most: Float = 24
  /// The maximum score of a prompt.
  private static let proseWeight: Float = 4
  /// The score that gives half of the maximum impact.
  private static let half: Float = 7

  /// Returns the number of occurrences in a prompt that give half of the maximum score. It depends on the length in
  /// steps, so that adding a line rarely changes other words.
  private static func pace(_ length: Int) -> Float {
    switch length {
    case ..<200: 2
    case ..<600: 3
    case ..<1500: 4
    default: 6
    }
  }

  // MARK: Entries

  /// Returns all words with their subjects, sorted by bytes.
  func entries() -> [Entry] {
    terms.indices.filter { postings[$0].count > 0 }.sorted { terms[$0].lexicographicallyPrecedes(terms[$1]) }
      .map { Entry(term: terms[$0], postings: postings[$0], isStrong: strong[$0]) }
  }
}
