/// One of several items that a file holds: a mode of `.roomodes`, an agent of `opencode.json`.
public struct SourceItem: Hashable, Sendable {
  /// The key of the list or map that holds it, for example `customModes`.
  public let holder: String
  /// What it is called there; its number in a list where it has no name.
  public let name: String
  /// Whether the file gives it that name.
  public let isNamed: Bool
  /// Whether the file has another item of that name, which counts in its place or besides.
  public let isRepeated: Bool
  /// Its bytes in the file; in a file of another encoding, those of the file's text as UTF-8.
  public let range: Range<Int>
  /// Where it begins in the file, as people count.
  public let location: SourceLocation

  /// Makes one from its parts.
  public init(
    holder: String, name: String, isNamed: Bool = true, isRepeated: Bool = false, range: Range<Int>,
    location: SourceLocation
  ) {
    self.holder = holder
    self.name = name
    self.isNamed = isNamed
    self.isRepeated = isRepeated
    self.range = range
    self.location = location
  }

  /// The way to it in the file, for example `customModes/architect`. No two items of a file share one.
  public var path: String { "\(holder)/\(name)" }

  /// A place in the excerpt that is the item, as a place in the file.
  public func inFile(_ place: SourceLocation) -> SourceLocation {
    SourceLocation(
      line: location.line + place.line - 1,
      column: place.line == 1 ? location.column + place.column - 1 : place.column)
  }
}

extension SourceItem: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    holder.store(in: &bytes)
    name.store(in: &bytes)
    isNamed.store(in: &bytes)
    isRepeated.store(in: &bytes)
    range.store(in: &bytes)
    location.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      holder: try String(from: &bytes), name: try String(from: &bytes), isNamed: try Bool(from: &bytes),
      isRepeated: try Bool(from: &bytes), range: try Range<Int>(from: &bytes),
      location: try SourceLocation(from: &bytes))
  }
}

extension SourceFile {
  /// What tells it from every other item: the published path, and the way to the item where a file holds several.
  public var key: String { item.map { "\(publishedPath)\u{0}\($0.path)" } ?? publishedPath }
  /// The file that holds the item; the same where the file is meant as a whole.
  public var whole: SourceFile {
    guard item != nil else { return self }
    return SourceFile(
      path: path, collection: collection, displayPath: displayPath, publishedPath: publishedPath, plugin: plugin,
      skill: skill, isNamed: isNamed, number: number)
  }
  /// ``displayPath``, with the name of the item where a file holds several.
  public var displayLabel: String { labelled(displayPath) }
  /// ``publishedPath``, with the name of the item where a file holds several.
  public var publishedLabel: String { labelled(publishedPath) }

  private func labelled(_ path: String) -> String { item.map { "\(path)#\($0.name)" } ?? path }

  /// The bytes of the item in those of the file.
  public func excerpt(of bytes: [UInt8]) -> [UInt8] {
    guard let range = item?.range else { return bytes }
    return range.upperBound <= bytes.count ? Array(bytes[range]) : []
  }
}
