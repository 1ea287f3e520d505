import Files

/// A path pattern: `*` and `?` match within a component, `**` across components. A pattern without a slash matches the
/// file name only.
public struct Glob: Sendable, Equatable {
  /// The pattern as written.
  public let pattern: String
  private let parts: [[Character]]
  private let isForNames: Bool
  /// The fast path for name patterns without other wildcards: the suffix after a leading `*`, or the whole name.
  /// Compared as bytes.
  private let ending: (bytes: [UInt8], isWhole: Bool)?

  /// Creates a glob. Matching ignores case.
  public init(_ pattern: String) {
    self.pattern = pattern
    isForNames = !pattern.contains("/")
    parts = pattern.lowercased().split(separator: "/").map(Array.init)
    let bytes = Array(pattern.lowercased().utf8)
    let rest = bytes.first == UInt8(ascii: "*") ? Array(bytes.dropFirst()) : bytes
    let isPlain = rest.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
    ending = isForNames && isPlain && !rest.isEmpty ? (rest, rest.count == bytes.count) : nil
  }

  /// Whether both patterns are written alike.
  public static func == (left: Glob, right: Glob) -> Bool { left.pattern == right.pattern }

  /// Returns whether a path matches.
  public func matches(_ path: RelativePath) -> Bool { matches(Subject(path)) }

  /// Returns whether a prepared path matches.
  public func matches(_ subject: Subject) -> Bool {
    if let ending, let name = subject.name {
      return ending.isWhole
        ? name.elementsEqual(ending.bytes) : name.suffix(ending.bytes.count).elementsEqual(ending.bytes)
    }
    if isForNames {
      return subject.components.last.map { Self.wildcards.fits($0[...], parts.first.map { $0[...] } ?? []) } ?? false
    }
    return Self.wildcards.fit(subject.components[...], parts[...])
  }

  /// A path prepared for matching against several patterns.
  public struct Subject: Sendable {
    private let path: RelativePath
    /// The last component in lower case, or nil if it is not ASCII.
    fileprivate let name: [UInt8]?
    fileprivate var components: [[Character]] { path.description.lowercased().split(separator: "/").map(Array.init) }

    /// Prepares a path.
    public init(_ path: RelativePath) {
      self.path = path
      let utf8 = path.description.utf8
      let start = utf8.lastIndex(of: UInt8(ascii: "/")).map { utf8.index(after: $0) } ?? utf8.startIndex
      var name: [UInt8] = []
      for byte in utf8[start...] {
        name.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
      }
      self.name = name.allSatisfy { $0 < 0x80 } ? name : nil
    }
  }

  private static let wildcards = Wildcards<Character>(many: "*", one: "?")
}
