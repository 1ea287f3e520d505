import Text

/// Reads the fields of a JSON file with their positions.
struct JSONFields {
  /// Returns the fields in file order, each with the line of its key.
  ///
  /// - Parameter isRelaxed: See ``JSONParser``.
  static func fields(of text: String, isRelaxed: Bool = false) throws(StrictYAML.Refusal) -> [StrictYAML.Parsed] {
    let read = read(Array(text.utf8), isRelaxed: isRelaxed)
    if let refusal = read.refusal { throw refusal }
    return read.fields
  }

  /// Returns the fields, their positions, and the syntax error, if any. Everything before the error is included.
  static func read(
    _ bytes: [UInt8], isRelaxed: Bool = false
  ) -> (fields: [StrictYAML.Parsed], scan: DataScan, refusal: StrictYAML.Refusal?) {
    let (parser, refusal) = parsed(bytes, isRelaxed)
    let lines = LineIndex(bytes, ending: .lineFeed)
    var scan = DataScan()
    (scan.comments, scan.escapes) = (parser.comments, parser.escapes)
    scan.entries = parser.members.map { .init(key: $0.key, keyRange: $0.keyRange, textRange: $0.node?.textRange) }
    let fields = parser.members.compactMap { member in
      member.node.map {
        StrictYAML.Parsed(key: member.key, value: $0.fieldValue, line: lines.line(of: member.keyRange.lowerBound))
      }
    }
    return (fields, scan, refusal)
  }

  /// Returns the members of top-level lists and maps in file order, all top-level keys, and the syntax error, if any.
  static func members(
    of holders: Set<String>, in bytes: [UInt8], isRelaxed: Bool
  ) -> (members: [DataMember], keys: [String], refusal: StrictYAML.Refusal?) {
    let (parser, refusal) = parsed(bytes, isRelaxed)
    let read = parser.members.compactMap { member in member.node.map { (key: member.key, node: $0) } }
    let keys = read.map(\.key)
    if let refusal { return ([], keys, refusal) }
    let members = read.filter { holders.contains($0.key) }.flatMap { holder, node -> [DataMember] in
      switch node.value {
      case .map(let members):
        members.map {
          DataMember(holder: holder, key: $0.key, value: $0.node.fieldValue, range: $0.node.range)
        }
      case .list(let items):
        items.map { DataMember(holder: holder, key: nil, value: $0.fieldValue, range: $0.range) }
      default: []
      }
    }
    return (members, keys, nil)
  }

  private static func parsed(
    _ bytes: [UInt8], _ isRelaxed: Bool
  ) -> (parser: JSONParser, refusal: StrictYAML.Refusal?) {
    var parser = JSONParser(bytes: bytes, isRelaxed: isRelaxed)
    do throws(StrictYAML.Refusal) {
      try parser.readFile()
      return (parser, nil)
    } catch {
      return (parser, error)
    }
  }
}

extension JSONNode {
  /// The value without its position.
  fileprivate var fieldValue: FieldValue {
    switch value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .list(let items): .list(items.map(\.fieldValue))
    case .map(let members): .map(members.map { .init(key: $0.key, value: $0.node.fieldValue) })
    }
  }

  /// The range of a text without its quotation marks; nil for any other value.
  fileprivate var textRange: Range<Int>? {
    if case .text = value { range.lowerBound + 1..<range.upperBound - 1 } else { nil }
  }
}
