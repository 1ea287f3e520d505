/// The subjects of a word, encoded as in `search/words.3.js`: a few bytes for each, because a large catalog has
/// millions of them.
///
/// A slot is written as its distance from the previous one, in base 64 with the least significant digit first. Each
/// digit has five bits; adding 32 means that another follows. The impact follows as one digit.
struct SearchPostings: Sendable {
  /// The encoded subjects, in ASCII.
  private(set) var text: [UInt8] = []
  /// The number of subjects.
  private(set) var count = 0
  /// The total of the impacts.
  private(set) var totalImpact = 0
  private var last = 0

  /// Adds a subject. Subjects must be added in ascending order of their slots.
  ///
  /// - Parameter impact: A number from 1 to 63.
  mutating func add(slot: Int, impact: Int) {
    var distance = slot - last
    last = slot
    while distance >= 32 {
      text.append(Self.digits[distance % 32 + 32])
      distance /= 32
    }
    text.append(Self.digits[distance])
    text.append(Self.digits[impact])
    count += 1
    totalImpact += impact
  }

  /// Calls `body` with each subject, in ascending order of slots.
  func each(_ body: (_ slot: Int, _ impact: Int) -> Void) {
    var (slot, place) = (0, 0)
    while place < text.count {
      var (distance, shift) = (0, 0)
      var digit = Self.values[Int(text[place])]
      while digit >= 32 {
        distance |= (digit - 32) << shift
        shift += 5
        place += 1
        digit = Self.values[Int(text[place])]
      }
      slot += distance | digit << shift
      body(slot, Self.values[Int(text[place + 1])])
      place += 2
    }
  }

  /// Returns the subjects with the greatest impacts: at most `limit`, unless more have an impact of 63.
  func strongest(_ limit: Int) -> SearchPostings {
    guard count > limit else { return self }
    var counts = [Int](repeating: 0, count: 64)
    each { counts[$1] += 1 }
    var (least, sum) = (63, counts[63])
    while least > 1, sum + counts[least - 1] <= limit {
      least -= 1
      sum += counts[least]
    }
    var kept = SearchPostings()
    each { slot, impact in if impact >= least { kept.add(slot: slot, impact: impact) } }
    return kept
  }

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  /// The value of each digit; 0 for other bytes.
  private static let values: [Int] = {
    var values = [Int](repeating: 0, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = value }
    return values
  }()
}
