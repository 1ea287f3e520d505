/// A hash table from hashes to numbers. The standard dictionary would hash its keys again, which takes longer than
/// everything else that is done with a word.
///
/// It uses linear probing, with at least half of the slots free.
struct NumberTable: Sendable {
  /// The stored hashes. 0 marks a free slot, so a hash of 0 is stored as 1.
  private var hashes: [UInt64]
  private var numbers: [UInt32]
  private var count = 0

  init() {
    hashes = Array(repeating: 0, count: 1 << 12)
    numbers = Array(repeating: 0, count: 1 << 12)
  }

  /// Returns the number of a hash, or nil. A number is set only once.
  subscript(hash: UInt64) -> UInt32? {
    get {
      let place = place(of: hash)
      return hashes[place] == 0 ? nil : numbers[place]
    }
    set {
      guard let newValue else { return }
      if count * 2 >= hashes.count { grow() }
      let place = place(of: hash)
      if hashes[place] == 0 { count += 1 }
      hashes[place] = max(hash, 1)
      numbers[place] = newValue
    }
  }

  private func place(of hash: UInt64) -> Int {
    let (key, mask) = (max(hash, 1), hashes.count - 1)
    var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while hashes[place] != 0, hashes[place] != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    var larger = self
    larger.hashes = Array(repeating: 0, count: hashes.count * 2)
    larger.numbers = Array(repeating: 0, count: hashes.count * 2)
    for (hash, number) in zip(hashes, numbers) where hash != 0 {
      let place = larger.place(of: hash)
      (larger.hashes[place], larger.numbers[place]) = (hash, number)
    }
    self = larger
  }
}
