/// Which names of hosts a preview answers to.
///
/// A page of somebody else can let its own name lead to this machine once it is loaded (DNS rebinding), and would then
/// be of the same origin as the preview. The name is still in the request. So addresses in digits are answered, for
/// they are no names, and `localhost`, and nothing else.
struct HostCheck: Sendable {
  /// Whether a request for a host, as the header `Host` names it, with or without a port, is answered.
  func allows(_ host: String) -> Bool {
    var name = host[...]
    if name.first == "[" {
      guard let close = name.firstIndex(of: "]") else { return false }
      let port = name[name.index(after: close)...]
      let inner = name[name.index(after: name.startIndex)..<close]
      return Self.isPort(port) && !inner.isEmpty && inner.contains(":")
        && inner.utf8.allSatisfy { Self.isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    }
    if let colon = name.firstIndex(of: ":") {
      guard Self.isPort(name[colon...]) else { return false }
      name = name[..<colon]
    }
    return name.lowercased() == "localhost" || Self.isAddress(name)
  }

  /// Whether a text is nothing, or a colon with a number behind it.
  private static func isPort(_ text: Substring) -> Bool {
    guard let colon = text.first else { return true }
    return colon == ":" && UInt16(text.dropFirst()) != nil
  }

  /// Whether a text is an address of four numbers.
  private static func isAddress(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { $0.utf8.count <= 3 && UInt8($0) != nil && $0.first != "+" }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}
