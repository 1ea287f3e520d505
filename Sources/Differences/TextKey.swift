/// A text compared by bytes.
///
/// Comparing or hashing a `String` considers canonical equivalence. That costs more, and would treat a normalized line
/// as unchanged.
struct TextKey: Hashable {
  private let text: Substring

  init(_ text: Substring) { self.text = text }
  init(_ text: String) { self.text = text[...] }

  static func == (left: TextKey, right: TextKey) -> Bool {
    let (own, other) = (left.text.utf8, right.text.utf8)
    return own.withContiguousStorageIfAvailable { first in
      other.withContiguousStorageIfAvailable { second in first.elementsEqual(second) }
    }.flatMap(\.self) ?? own.elementsEqual(other)
  }

  func hash(into hasher: inout Hasher) {
    let hashed: Void? = text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    if hashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}

/// Numbers lines from 0. Each line is hashed once, and later comparisons use the number.
struct LineNumbers {
  private var numbers: [TextKey: Int] = [:]

  /// The number of distinct lines.
  var count: Int { numbers.count }

  /// The number of a line.
  subscript(line: String) -> Int {
    mutating get {
      let key = TextKey(line)
      if let known = numbers[key] { return known }
      numbers[key] = numbers.count
      return numbers.count - 1
    }
  }
}
