/// One of several items in a file: a mode in `.roomodes`, an agent in `opencode.json`.
public struct SourceItem: Hashable, Sendable {
  /// The key of the list or map that contains it, for example `customModes`.
  public let holder: String
  /// Its name, or its number in the list if it has none.
  public let name: String
  /// Whether the name comes from the file.
  public let isNamed: Bool
  /// Whether the file has another item of that name, which replaces it or is used as well.
  public let isRepeated: Bool
  /// The byte range in the file. For encodings other than UTF-8, the range in the text as UTF-8.
  public let range: Range<Int>
  /// The line and column of its start in the file.
  public let location: SourceLocation

  /// Creates a value from its parts.
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

  /// The path within the file, for example `customModes/architect`. It is unique in the file.
  public var path: String { "\(holder)/\(name)" }

  /// Converts a location in the excerpt to a location in the file.
  public func inFile(_ place: SourceLocation) -> SourceLocation {
    SourceLocation(
      line: location.line + place.line - 1,
      column: place.line == 1 ? location.column + place.column - 1 : place.column)
  }
}

extension SourceItem: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    holder.store(in: &bytes)
    name.store(in: &bytes)
    isNamed.store(in: &bytes)
    isRepeated.store(in: &bytes)
    range.store(in: &bytes)
    location.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      holder: try String(from: &bytes), name: try String(from: &bytes), isNamed: try Bool(from: &bytes),
      isRepeated: try Bool(from: &bytes), range: try Range<Int>(from: &bytes),
      location: try SourceLocation(from: &bytes))
  }
}

extension SourceFile {
  /// The unique key: the published path, and the item's path within the file if the file contains several.
  public var key: String { item.map { "\(publishedPath)\u{0}\($0.path)" } ?? publishedPath }
  /// The file without an item.
  public var whole: SourceFile {
    guard item != nil else { return self }
    return SourceFile(
      path: path, collection: collection, displayPath: displayPath, publishedPath: publishedPath, plugin: plugin,
      skill: skill, isNamed: isNamed, number: number
    ).with(outside)
  }
  /// ``displayPath``, with the name of the item if the file contains several.
  public var displayLabel: String { labelled(displayPath) }
  /// ``publishedPath``, with the name of the item if the file contains several.
  public var publishedLabel: String { labelled(publishedPath) }

  private func labelled(_ path: String) -> String { item.map { "\(path)#\($0.name)" } ?? path }

  /// Returns the bytes of the item.
  public func excerpt(of bytes: [UInt8]) -> [UInt8] {
    guard let range = item?.range else { return bytes }
    return range.upperBound <= bytes.count ? Array(bytes[range]) : []
  }
}
