/// Checks of the keys in a JSON document.
enum JSONKeys {
  /// Returns the first key that occurs twice in an object. The document must be valid JSON.
  ///
  /// If a key is repeated, some programs use the first value and others the last, so they read different documents. Any
  /// key with an escape counts as repeated, because it may be another spelling of a key.
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
