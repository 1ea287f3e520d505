/// A piece of text as its bytes: texts are equal if their bytes are.
///
/// Comparing and hashing a `String` looks at canonical equivalents too, which costs more and would take a line that was
/// normalized for one that was not changed.
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

/// Lines as numbers from 0: each is hashed once, and compared as a number from then on.
struct LineNumbers {
  private var numbers: [TextKey: Int] = [:]

  /// How many different lines there are.
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
