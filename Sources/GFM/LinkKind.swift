/// What kind of place a link leads to, by its destination alone.
public enum LinkKind: Sendable, Hashable {
  /// `http`, `https` or `mailto`: a link on the page.
  case external
  /// A heading of the same document.
  case fragment
  /// A path without scheme and host: a link only where the site knows what it leads to.
  case relative
  /// Any other scheme, or something that is no address: shown as text.
  case refused

  /// Tells the kind of a destination.
  ///
  /// What stands before a colon counts as a scheme even where spaces, control characters or signs make it none:
  /// browsers skip some of them. A destination is percent-encoded when it is written, so what is `relative` here stays
  /// that in a browser.
  public init(_ destination: some StringProtocol) {
    let bytes = destination.utf8
    guard let first = bytes.first else {
      self = .refused
      return
    }
    if first == UInt8(ascii: "#") {
      self = bytes.count > 1 ? .fragment : .refused
    } else if bytes.starts(with: "//".utf8) {
      self = .refused
    } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      !bytes[..<colon].contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
      )
    {
      let scheme = String(destination[..<colon]).lowercased()
      self = ["http", "https", "mailto"].contains(scheme) ? .external : .refused
    } else {
      self = .relative
    }
  }
}
