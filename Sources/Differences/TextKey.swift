/// A text compared by bytes.
///
/// Comparing or hashing a `String` considers canonical equivalence. That costs more, and would treat a normalized line
/// as unchanged.
struct TextKey: Hashable {
  /// A `String`, because the bytes of a `Substring` can only be reached through slower generic code.
  private let text: String

  init(_ text: String) { self.text = text }

  static func == (left: TextKey, right: TextKey) -> Bool {
    let (own, other) = (left.text.utf8, right.text.utf8)
    return own.withContiguousStorageIfAvailable { first in
      other.withContiguousStorageIfAvailable { second in
        first.count == second.count && first.elementsEqual(second)
      }
    }.flatMap(\.self) ?? own.elementsEqual(other)
  }

  func hash(into hasher: inout Hasher) {
    let hashed: Void? = text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    if hashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}

/// Numbers texts from 0: lines, or words. Each text is hashed once, and later comparisons use the number.
struct TextNumbers {
  private var numbers: [TextKey: Int] = [:]

  /// The number of distinct texts.
  var count: Int { numbers.count }

  /// Returns the number of a text.
  mutating func number(of text: String) -> Int {
    func value(_ number: inout Int) -> Int { number }
    let next = numbers.count
    return value(&numbers[TextKey(text), default: next])
  }
}
