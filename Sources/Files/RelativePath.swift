/// A path below some folder: components joined by `/`, none of them empty, `.` or `..`.
///
/// A path of this type cannot leave its folder. So scanning, addresses and publishing use no other type.
public struct RelativePath: Hashable, Sendable, CustomStringConvertible {
  /// The components joined by `/`, for example `plugins/review/agents/linter.md`.
  public let description: String

  /// Creates a path from text. Returns nil if the text is empty or absolute, contains NUL, or has an empty, `.` or `..`
  /// component.
  public init?(_ text: String) {
    // The length of the current component, and whether it consists of dots.
    var length = 0
    var isDots = true
    for byte in text.utf8 {
      if byte == 0 { return nil }
      if byte == UInt8(ascii: "/") {
        if length == 0 || isDots && length < 3 { return nil }
        (length, isDots) = (0, true)
      } else {
        length += 1
        if byte != UInt8(ascii: ".") { isDots = false }
      }
    }
    if length == 0 || isDots && length < 3 { return nil }
    description = text
  }

  /// The components, from the top folder to the file.
  public var components: [Substring] {
    // Splits bytes, because splitting characters is far slower.
    description.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  /// The first folder, or nil for a file at the top.
  public var firstFolder: Substring? {
    description.utf8.firstIndex(of: UInt8(ascii: "/")).map { description[..<$0] }
  }

  /// The last component, with its extension.
  public var lastComponent: String {
    guard let slash = description.utf8.lastIndex(of: UInt8(ascii: "/")) else { return description }
    return String(description[description.utf8.index(after: slash)...])
  }

  /// The last component without its extension. A leading dot is part of the name.
  public var stem: String {
    let name = lastComponent
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The extension of the last component, in lower case; empty if there is none.
  public var fileExtension: String {
    let name = lastComponent
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The components above the last one.
  public var folders: [String] { components.dropLast().map(String.init) }

  /// Resolves a relative link in this file. Returns nil if it leaves the folder.
  ///
  /// - Parameter link: A link without query and fragment, with `/` between components. `.` and `..` are allowed.
  public func resolving(_ link: some StringProtocol) -> RelativePath? {
    let slash = UInt8(ascii: "/")
    var path = Array(description.utf8)
    func leaveFolder() { path.removeSubrange((path.lastIndex(of: slash) ?? 0)...) }
    leaveFolder()
    for component in link.utf8.split(separator: slash, omittingEmptySubsequences: true) {
      if component.elementsEqual(".".utf8) { continue }
      if component.elementsEqual("..".utf8) {
        if path.isEmpty { return nil }
        leaveFolder()
      } else {
        if !path.isEmpty { path.append(slash) }
        path.append(contentsOf: component)
      }
    }
    return RelativePath(String(decoding: path, as: UTF8.self))
  }
}

extension RelativePath: Comparable {
  /// Orders by bytes, so that the order is the same on every machine and in every locale.
  public static func < (left: RelativePath, right: RelativePath) -> Bool {
    left.description.precedesByBytes(right.description)
  }
}
