/// The host names that the preview accepts.
///
/// After it is loaded, a foreign page can point its own name at this machine (DNS rebinding), and would then have the
/// same origin as the preview. The `Host` header still contains that name. So only IP addresses and `localhost` are
/// accepted.
struct HostCheck: Sendable {
  /// Returns whether a `Host` header, with or without a port, is accepted.
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

  /// Returns whether a text is empty, or a colon followed by a port number.
  private static func isPort(_ text: Substring) -> Bool {
    guard let colon = text.first else { return true }
    return colon == ":" && UInt16(text.dropFirst()) != nil
  }

  /// Returns whether a text is an IPv4 address.
  private static func isAddress(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { $0.utf8.count <= 3 && UInt8($0) != nil && $0.first != "+" }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}
