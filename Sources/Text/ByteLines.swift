extension ArraySlice where Element == UInt8 {
  /// The lines, without their line feeds. After a final line feed, the last line is empty.
  ///
  /// The result equals that of `split(separator: 0x0A, omittingEmptySubsequences: false)`, which is much slower.
  public var lines: [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    lines.reserveCapacity(count / 32 + 1)
    var start = startIndex
    withUnsafeBufferPointer { bytes in
      for place in bytes.indices where bytes[place] == 0x0A {
        let end = startIndex + place
        lines.append(self[start..<end])
        start = end + 1
      }
    }
    lines.append(self[start...])
    return lines
  }
}
