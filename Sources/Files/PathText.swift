/// Operations on paths as text.
///
/// They compare bytes, because a slash followed by a combining mark is a single character.
extension StringProtocol where UTF8View: BidirectionalCollection {
  /// The index of the last slash, or nil if there is none.
  public var lastSlash: Index? { utf8.lastIndex(of: UInt8(ascii: "/")) }

  /// The last component of a path; empty if the path has no components.
  public var lastName: String {
    let slash = UInt8(ascii: "/")
    guard let last = utf8.lastIndex(where: { $0 != slash }) else { return "" }
    let name = utf8[...last]
    guard let before = name.lastIndex(of: slash) else { return String(decoding: name, as: UTF8.self) }
    return String(decoding: name[name.index(after: before)...], as: UTF8.self)
  }

  /// The components of a path, from the top down.
  public var pathComponents: [String] {
    utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns the part of a path below a folder: empty for the folder itself, and nil for a path outside it.
  ///
  /// Whole components are compared, so `acme-tools/a.md` is not below `acme`. Composed and decomposed letters are
  /// equal, because some file systems convert between them.
  ///
  /// - Parameter folder: The folder. Every path is below an empty one.
  public func path<Folder: StringProtocol>(
    below folder: Folder
  ) -> String? where Folder.UTF8View: BidirectionalCollection {
    let slash = UInt8(ascii: "/")
    if utf8.starts(with: folder.utf8) {
      let rest = utf8.dropFirst(folder.utf8.count)
      if rest.isEmpty { return "" }
      if folder.isEmpty || folder.utf8.last == slash { return String(decoding: rest, as: UTF8.self) }
      if rest.first == slash { return String(decoding: rest.dropFirst(), as: UTF8.self) }
    }
    if folder.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    let (own, others) = (utf8.split(separator: slash), folder.utf8.split(separator: slash))
    guard own.count >= others.count, utf8.first == slash || folder.utf8.first != slash,
      zip(own, others).allSatisfy({ String(decoding: $0, as: UTF8.self) == String(decoding: $1, as: UTF8.self) })
    else { return nil }
    return own.dropFirst(others.count).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }
}
