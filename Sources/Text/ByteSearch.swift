extension Collection where Element == UInt8 {
  /// Returns the first place of some bytes. Unlike `firstRange(of:)`, it compares bytes without generic algorithms, and
  /// is many times faster.
  ///
  /// - Parameter bytes: The bytes; not empty.
  @inlinable
  public func firstPlace(of bytes: StaticString) -> Range<Index>? {
    bytes.withUTF8Buffer { wanted in
      guard let first = wanted.first else { return nil }
      var start = startIndex
      while let found = self[start...].firstIndex(of: first) {
        start = index(after: found)
        var end = start
        var place = 1
        while place < wanted.count, end < endIndex, self[end] == wanted[place] {
          place += 1
          formIndex(after: &end)
        }
        if place == wanted.count { return found..<end }
      }
      return nil
    }
  }
}
