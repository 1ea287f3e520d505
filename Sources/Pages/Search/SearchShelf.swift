import Files

/// The words of some subjects, as kept between builds: after a change, only the texts of changed items are split into
/// words again.
struct SearchShelf: Sendable {
  /// The number of shelves. The subjects are distributed over them by slot, so that a changed item affects only one.
  static let count = 64

  /// Returns the shelf of a subject.
  ///
  /// - Parameter slots: The number of slots.
  static func number(of slot: Int, among slots: Int) -> Int { min(count - 1, slot * count / slots) }

  /// The words of each subject, by the digest of everything they depend on.
  private let words: [Digest: [SearchIndex.Weighed]]

  private static let heading = "roster search 1"

  /// Reads a shelf; nil if it has another format.
  ///
  /// - Parameter index: The index that numbers the words.
  init?(_ bytes: [UInt8], in index: inout SearchIndex) {
    var reader = ByteReader(bytes)
    guard let words = try? Self.words(&reader, in: &index) else { return nil }
    self.words = words
  }

  private static func words(
    _ bytes: inout ByteReader, in index: inout SearchIndex
  ) throws(ByteReader.Failure) -> [Digest: [SearchIndex.Weighed]] {
    guard try bytes.readText() == heading else { throw ByteReader.Failure() }
    var terms: [UInt32] = []
    for _ in 0..<(try bytes.readCount()) { terms.append(index.number(ofTerm: try bytes.readBytes())) }
    var all: [Digest: [SearchIndex.Weighed]] = [:]
    for _ in 0..<(try bytes.readCount()) {
      let digest = try Digest(from: &bytes)
      var words: [SearchIndex.Weighed] = []
      let count = try bytes.readCount()
      words.reserveCapacity(count)
      for _ in 0..<count {
        let (term, weight) = (try bytes.readNumber(), try bytes.readNumber())
        guard terms.indices.contains(term), 1...63 ~= weight >> 1 else { throw ByteReader.Failure() }
        words.append(.init(term: terms[term], impact: UInt8(weight >> 1), isStrong: weight & 1 == 1))
      }
      all[digest] = words
    }
    return all
  }

  /// Returns the words of a subject, or nil if it has changed.
  subscript(subject: Digest) -> [SearchIndex.Weighed]? { words[subject] }

  /// The digests of its subjects.
  var subjects: Set<Digest> { Set(words.keys) }

  /// Returns the bytes of a shelf with these subjects.
  static func bytes(_ subjects: [(digest: Digest, words: [SearchIndex.Weighed])], in index: SearchIndex) -> [UInt8] {
    var places: [UInt32: Int] = [:]
    var terms: [UInt32] = []
    for word in subjects.lazy.flatMap(\.words) where places[word.term] == nil {
      places[word.term] = terms.count
      terms.append(word.term)
    }
    var writer = ByteWriter(capacity: subjects.reduce(0) { $0 + 32 + $1.words.count * 4 } + terms.count * 8)
    writer.write(heading)
    writer.write(terms.count)
    for term in terms { writer.write(index.terms[Int(term)]) }
    writer.write(subjects.count)
    for subject in subjects {
      subject.digest.store(in: &writer)
      writer.write(subject.words.count)
      for word in subject.words {
        writer.write(places[word.term] ?? 0)
        writer.write(Int(word.impact) << 1 | (word.isStrong ? 1 : 0))
      }
    }
    return writer.bytes
  }
}

/// A place for the words of the search between builds.
public struct SearchShelves: Sendable {
  /// The digest of everything that determines the words of a text; nil if nothing is kept.
  let recipe: Digest?
  /// Returns the bytes of a shelf, or nil if there are none.
  let read: @Sendable (_ number: Int) -> [UInt8]?
  /// Stores the bytes of a shelf.
  let write: @Sendable (_ number: Int, _ bytes: [UInt8]) -> Void

  /// Creates a place.
  ///
  /// - Parameters:
  ///   - recipe: The digest of everything that determines the words of a text.
  ///   - read: Returns the bytes of a shelf, given by its number; nil if there are none.
  ///   - write: Stores the bytes of a shelf.
  public init(
    recipe: Digest, read: @escaping @Sendable (_ number: Int) -> [UInt8]?,
    write: @escaping @Sendable (_ number: Int, _ bytes: [UInt8]) -> Void
  ) {
    self.recipe = recipe
    self.read = read
    self.write = write
  }

  private init() {
    recipe = nil
    read = { _ in nil }
    write = { _, _ in }
  }

  /// Keeps nothing.
  public static let none = SearchShelves()
}
