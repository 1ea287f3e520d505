import Agents
import Catalogs
import Files
import Likenesses
import Synchronization

/// The data of the search, as scripts: a page opened from disk can load only scripts.
///
/// `search/start.js` is loaded first. It contains sizes, synonyms, and the words for completion and correction. A query
/// then loads the parts with its words, and the parts with the items found. An item has a slot based on the hash of its
/// address, so that adding or removing an item doesn't renumber the others.
struct SearchData: Sendable {
  /// The number of parts of each kind: powers of two, so that they rarely change.
  struct Size: Sendable {
    let slots: Int
    let wordParts: Int
    var itemParts: Int { slots / SearchData.slotsInPart }

    /// - Parameter count: The number of subjects.
    init(_ count: Int) {
      var slots = SearchData.slotsInPart
      while slots < count * 2 { slots *= 2 }
      self.slots = slots
      wordParts = max(1, min(1024, slots / 32))
    }
  }

  static let slotsInPart = 32

  private let size: Size
  /// The subjects, in slot order.
  private let subjects: [(slot: Int, subject: SearchSubject)]
  private let entries: [SearchIndex.Entry]
  /// The entries of each part of the words.
  private let parts: [[Int]]

  /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
  init(_ site: SiteIndex) throws(SourceChanged) {
    let all = SearchSubject.all(in: site)
    let size = site.searchSize
    self.size = size
    let folded = Self.folded(all)
    let slots = Self.slots(folded.map(\.address.description), size.slots)
    let subjects = zip(slots, folded).map { (slot: $0, subject: $1) }.sorted { $0.slot < $1.slot }
    self.subjects = subjects
    var index = SearchIndex()
    for shelf in Dictionary(grouping: subjects, by: { SearchShelf.number(of: $0.slot, among: size.slots) })
      .sorted(by: { $0.key < $1.key })
    {
      try Self.add(shelf.value, shelf: shelf.key, of: site, to: &index)
    }
    entries = index.entries()
    var parts = [[Int]](repeating: [], count: size.wordParts)
    for (place, entry) in entries.enumerated() { parts[Self.part(of: entry.term, among: size.wordParts)].append(place) }
    self.parts = parts
  }

  /// Adds the subjects of a shelf to an index. Words that are known from an earlier build come from the shelf.
  private static func add(
    _ subjects: [(slot: Int, subject: SearchSubject)], shelf number: Int, of site: SiteIndex,
    to index: inout SearchIndex
  ) throws(SourceChanged) {
    let shelves = site.search.shelves
    let past = shelves.read(number).flatMap { SearchShelf($0, in: &index) }
    var made: [(digest: Digest, words: [SearchIndex.Weighed])] = []
    for (slot, subject) in subjects {
      let digest = subject.digest(site)
      let words =
        if let known = past?[digest] {
          known
        } else {
          index.words(subject.fields, prose: try subject.text(site.texts), names: [subject.kindTerm])
        }
      index.add(slot: slot, words)
      made.append((digest, words))
    }
    guard shelves.recipe != nil, Set(made.map(\.digest)) != past?.subjects else { return }
    shelves.write(number, SearchShelf.bytes(made, in: index))
  }

  /// Merges items with the same description and prompt into one subject, which can be found by each of their names.
  private static func folded(_ all: [SearchSubject]) -> [SearchSubject] {
    var places: [SearchSubject.Content: Int] = [:]
    var folded: [SearchSubject] = []
    for subject in all {
      guard let content = subject.content else {
        folded.append(subject)
        continue
      }
      guard let first = places[content] else {
        places[content] = folded.count
        folded.append(subject)
        continue
      }
      folded[first].fold(subject)
    }
    return folded
  }

  /// Returns the slots of subjects, based on the hashes of their addresses. After a collision, the later one gets the
  /// next slot.
  static func slots(_ addresses: [String], _ count: Int) -> [Int] {
    let hashes = addresses.map { FNV.hash($0.utf8) }
    let order = addresses.indices.sorted {
      let (one, other) = (hashes[$0] % UInt64(count), hashes[$1] % UInt64(count))
      return one == other ? addresses[$0].precedesByBytes(addresses[$1]) : one < other
    }
    var slots = [Int](repeating: 0, count: addresses.count)
    var next = 0
    for place in order {
      next = max(next, Int(hashes[place] % UInt64(count)))
      slots[place] = next
      next += 1
    }
    return slots
  }

  /// Returns the part of a word: the 32-bit FNV-1a hash of the UTF-8. `search.js` has the same function.
  static func part(of term: [UInt8], among parts: Int) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for byte in term { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return Int((hash ^ hash >> 15) & UInt32(parts - 1))
  }
}

extension SearchSubject {
  /// The properties that copies share.
  fileprivate struct Content: Hashable {
    let kind: String
    let description: String
    let measure: TextMeasure
    let sketch: Sketch
    /// The name and the words, if the prompt is too short for a sketch.
    let name: String?
    let terms: Terms?
  }

  /// The properties that its copies share; nil for subjects other than items.
  fileprivate var content: Content? {
    guard case .agent(let agent) = source else { return nil }
    let isShort = agent.sketch.isEmpty
    return Content(
      kind: kind, description: agent.description.text, measure: agent.promptMeasure, sketch: agent.sketch,
      name: isShort ? title : nil, terms: isShort ? agent.terms : nil)
  }

  /// Merges two copies. The one with the shorter name represents both: `kubernetes-architect` rather than
  /// `cicd-automation-kubernetes-architect`.
  fileprivate mutating func fold(_ copy: SearchSubject) {
    if copy.title != title, !copies.contains(where: { $0.title == copy.title }) {
      fields.append((.name, copy.title))
    }
    // If the copies differ in reach, showing one would be misleading.
    if copy.reach != reach { reach = nil }
    var other = Copy(title: copy.title, address: copy.address, place: copy.place)
    if copy.title.utf8.count < title.utf8.count {
      other = Copy(title: title, address: address, place: place)
      (title, address, place) = (copy.title, copy.address, copy.place)
    }
    copies.append(other)
  }

  /// Returns the digest of everything that its words depend on.
  fileprivate func digest(_ site: SiteIndex) -> Digest {
    var digester = Digester(key: site.key)
    if let recipe = site.search.shelves.recipe { digester.add(recipe) }
    digester.add(kindTerm)
    for (field, text) in fields {
      digester.add(field.rawValue)
      digester.add(text)
    }
    switch source {
    case .agent(let agent): digester.add(site.texts.digest(agent.source))
    case .document(let file): digester.add(site.texts.digest(file))
    case nil: break
    }
    return digester.digest
  }

  /// Returns the prompt of an item, the text of a document, or nothing.
  fileprivate func text(_ texts: Texts) throws(SourceChanged) -> ArraySlice<UInt8> {
    switch source {
    case .agent(let agent): agent.prompt(in: try texts.bytes(agent.source)).text
    case .document(let file): try texts.bytes(file)[...]
    case nil: []
    }
  }
}

extension [(slot: Int, subject: SearchSubject)] {
  /// Returns the number of subjects before a slot.
  fileprivate func count(before slot: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].slot < slot { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

// MARK: - Scripts

extension SearchData {
  /// Returns `search/words.3.js`: each word, with the slots and impacts of its subjects.
  ///
  /// For very common words, the slots with the least impact are left out, and a number with the total impact follows.
  func words(_ part: Int) -> [UInt8] {
    script("words", part) { json in
      for place in parts[part] {
        let entry = entries[place]
        json.breakLine()
        json.value(String(decoding: entry.term, as: UTF8.self))
        let marksKind = entry.term.contains(UInt8(ascii: ":"))
        let kept = marksKind ? entry.postings : entry.postings.strongest(Self.longest)
        json.value(String(decoding: kept.text, as: UTF8.self))
        if kept.count < entry.postings.count { json.value(entry.postings.totalImpact) }
      }
    }
  }

  /// The maximum number of subjects per word, except for words that mark a kind.
  private static let longest = 2000

  /// Returns `search/items.3.js`: the data of results for the slots of a part. Each has the slot, kind, title, address,
  /// summary, place and reach, and for each copy the title, address and place.
  func items(_ part: Int) -> [UInt8] {
    // Slots after the last part, which collisions can produce, belong to the last part.
    let start = subjects.count(before: part * Self.slotsInPart)
    let end = part == size.itemParts - 1 ? subjects.count : subjects.count(before: (part + 1) * Self.slotsInPart)
    return script("items", part) { json in
      for (slot, subject) in subjects[start..<end] {
        json.breakLine()
        json.array { json in
          json.value(slot)
          for text in [subject.kind, subject.title, subject.address.description] { json.value(text) }
          json.value(subject.summary.utf8.count > 400 ? "\(subject.summary.prefix(200))…" : subject.summary)
          json.value(subject.place)
          json.value(subject.reach.map(Self.reach) ?? "")
          for copy in subject.copies {
            json.array([copy.title, copy.address.description, copy.place])
          }
        }
      }
    }
  }

  /// Returns the encoded reach: for each ability 0 (no), 1 (listed tools) or 2 (inherited), then `!` if permission
  /// checks are bypassed.
  private static func reach(_ reach: Reach) -> String {
    let digits = Reach.Ability.allCases.map { ability in
      switch reach[ability] {
      case .none: "0"
      case .stated: "1"
      case .inherited: "2"
      }
    }
    return digits.joined() + (reach.bypassesPermissions ? "!" : "")
  }

  /// Returns `search/start.js`.
  func start(_ site: SiteIndex) -> [UInt8] {
    var json = JSONWriter(invisible: .labelled)
    json.object { json in
      json.member("count", subjects.count)
      json.member("slots", size.slots)
      json.member("parts", size.wordParts)
      json.key("kinds")
      json.array(kinds)
      let (words, ranks) = vocabulary()
      json.member("words", words)
      json.member("ranks", ranks)
      json.key("synonyms")
      json.array { json in
        for line in SearchSynonyms.all {
          let targets = [line.same, line.related].map { $0.filter(isKnown) }
          if targets.allSatisfy(\.isEmpty) { continue }
          json.breakLine()
          json.array { json in
            json.array(line.words)
            for part in targets { json.array { json in for target in part { json.array(target) } } }
          }
        }
      }
      SearchPermissions(site.catalog).write(to: &json)
    }
    return Array("rosterSearch.start(".utf8) + json.bytes + Array(");\n".utf8)
  }

  /// The kinds that occur, with the kinds of items first.
  private var kinds: [String] {
    let all = Set(subjects.map(\.subject.kind))
    let items = ItemKind.allCases.map { $0.noun.capitalisedFirst } + ["Document"]
    return items.filter(all.contains) + all.subtracting(items).sorted { $0.precedesByBytes($1) }
  }

  private func isKnown(_ words: [String]) -> Bool { words.allSatisfy { find(Array($0.utf8)) != nil } }

  private func find(_ term: [UInt8]) -> Int? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].term.lexicographicallyPrecedes(term) { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].term == term ? low : nil
  }

  /// Returns the words for completion and correction: those in short texts, and those in several prompts.
  ///
  /// Each word is written as a capital letter for the number of bytes shared with the previous word, and the rest. The
  /// ranks give the frequency of each word: a digit that grows by one when the frequency quadruples.
  private func vocabulary() -> (words: String, ranks: String) {
    let least = max(3, subjects.count / 500)
    var (words, ranks, last): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    for entry in entries where entry.isStrong || entry.postings.count >= least && entry.term[0] > UInt8(ascii: "9") {
      guard !entry.term.contains(UInt8(ascii: ":")) else { continue }
      var shared = min(25, zip(entry.term, last).prefix { $0 == $1 }.count)
      // Don't split a character.
      while shared > 0, shared < entry.term.count, entry.term[shared] & 0xC0 == 0x80 { shared -= 1 }
      words.append(UInt8(ascii: "A") + UInt8(shared))
      words += entry.term[shared...]
      last = entry.term
      ranks.append(UInt8(ascii: "0") + UInt8(min(9, (Int.bitWidth - entry.postings.count.leadingZeroBitCount) / 2)))
    }
    return (String(decoding: words, as: UTF8.self), String(decoding: ranks, as: UTF8.self))
  }

  private func script(_ function: String, _ part: Int, _ items: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(invisible: .labelled)
    json.array(items)
    return Array("rosterSearch.\(function)(\(part),".utf8) + json.bytes + Array(");\n".utf8)
  }
}

/// The search data of a site, created when one of its files is written.
final class SearchStore: Sendable {
  /// The words of subjects that are known from an earlier build.
  let shelves: SearchShelves
  private let made = Mutex<Result<SearchData, SourceChanged>?>(nil)

  init(_ shelves: SearchShelves) { self.shelves = shelves }

  /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
  func data(_ site: SiteIndex) throws(SourceChanged) -> SearchData {
    try made.withLock { made -> Result<SearchData, SourceChanged> in
      if let made { return made }
      let result: Result<SearchData, SourceChanged>
      do throws(SourceChanged) { result = .success(try SearchData(site)) } catch { result = .failure(error) }
      made = result
      return result
    }.get()
  }
}
