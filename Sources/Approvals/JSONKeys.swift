/// The keys of objects in a JSON document.
enum JSONKeys {
  /// The first key that its object has twice, in a document that is known to be JSON.
  ///
  /// Of two values of one key, programs take the first or the last, so they read different documents. An escaped key
  /// counts as repeated: it may be another way to write one.
  static func repeated(in bytes: [UInt8]) -> (name: String, line: Int)? {
    var keys: [Set<ArraySlice<UInt8>>] = []
    var line = 1
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "{"), UInt8(ascii: "["): keys.append([])
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = keys.popLast()
      case UInt8(ascii: "\""):
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let text = bytes[start..<min(index, bytes.count)]
        index += 1
        let next = bytes[min(index, bytes.count)...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard next == UInt8(ascii: ":"), let top = keys.indices.last else { continue }
        if text.contains(UInt8(ascii: "\\")) || !keys[top].insert(text).inserted {
          return (String(decoding: text.prefix(100), as: UTF8.self), line)
        }
      default: break
      }
    }
    return nil
  }
}
