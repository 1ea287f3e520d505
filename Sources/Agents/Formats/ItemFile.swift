import Files
import Text
import Yams

/// A YAML or JSON file with several items, split into these items.
struct ItemFile {
  /// An item, and the list or map that contains it.
  struct Part {
    let item: SourceItem
    let holder: ItemHolder
  }

  /// The items, in file order.
  let parts: [Part]
  /// The format of the file. A YAML file that is valid JSON counts as JSON, which has its own escapes.
  let format: ItemFormat
  /// Why the file could not be split, or nil.
  let refusal: StrictYAML.Refusal?
  /// The keys of the lists and maps that exist in the file.
  let keys: Set<String>

  /// The maximum size of a file that is read, in bytes.
  private static let sizeLimit = 1 << 20

  /// Splits a file.
  ///
  /// - Parameters:
  ///   - written: The text of the file.
  ///   - place: The place of the file, which determines the lists and maps that contain items.
  init(_ written: SourceText, at place: Place) {
    let text = place.traits.contains(.becomesASCII) ? written.withASCIIPunctuation : written
    let wanted = Set(place.holders.map(\.key))
    guard text.utf8.count <= Self.sizeLimit else {
      (parts, format, keys) = ([], place.format, [])
      refusal = .init(problem: "more than \(Self.sizeLimit) bytes", line: 1, column: 1, isExcess: true)
      return
    }
    format = Self.format(of: text.utf8, at: place)
    let found =
      format == .json
      ? JSONFields.members(of: wanted, in: text.utf8, isRelaxed: place.traits.contains(.isRelaxed))
      : YAMLMembers.members(of: wanted, in: text.utf8)
    refusal = found.refusal
    keys = wanted.intersection(found.keys)
    parts = Self.parts(found.members, written: text, place.holders)
  }

  /// Returns the format of a file, or of an item that is an excerpt of one.
  static func format(of bytes: [UInt8], at place: Place) -> ItemFormat {
    guard place.format == .yaml, bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return place.format }
    return JSONFields.read(bytes).refusal == nil ? .json : .yaml
  }

  private static func parts(_ members: [DataMember], written text: SourceText, _ holders: [ItemHolder]) -> [Part] {
    let lines = SourceText.lines(of: text.bytes)
    var counts: [String: Int] = [:]
    var places: [String: Int] = [:]
    var used: Set<String> = []
    let named = members.map { member -> (holder: ItemHolder, name: String?, member: DataMember)? in
      guard let holder = holders.first(where: { $0.key == member.holder }) else { return nil }
      let stated = holder.nameField.map { key -> String? in
        guard case .map(let entries) = member.value else { return nil }
        return entries.last { $0.key == key }?.value.scalar
      }
      let name = (stated ?? member.key).map { Bounds.word($0.trimmed) }.flatMap { $0.isEmpty ? nil : $0 }
      // A member that is `null` or of another type is still an item, with a finding.
      return (holder, name, member)
    }.compactMap(\.self)
    for found in named { counts["\(found.holder.key)/\(found.name ?? "")", default: 0] += 1 }
    return named.map { holder, stated, member in
      let own = "\(holder.key)/\(stated ?? "")"
      places[own, default: 0] += 1
      let number = places[own, default: 1]
      places[holder.key, default: 0] += 1
      // In a list, the first item with a name counts; in a map, the last value of a key.
      let isRepeated = stated != nil && (holder.nameField == nil ? number < counts[own, default: 1] : number > 1)
      var name = stated ?? "\(places[holder.key, default: 1])"
      while !used.insert("\(holder.key)/\(name)").inserted { name += "~" }
      let range = text.fileRange(member.range)
      return Part(
        item: SourceItem(
          holder: holder.key, name: name, isNamed: stated != nil, isRepeated: isRepeated, range: range,
          location: SourceText.location(of: range.lowerBound, in: text.bytes, lines)),
        holder: holder)
    }
  }
}

/// Finds the members of lists and maps in YAML.
enum YAMLMembers {
  /// Returns the members in file order, the top-level keys, and the error if the text could not be read.
  static func members(
    of holders: Set<String>, in bytes: [UInt8]
  ) -> (members: [DataMember], keys: [String], refusal: StrictYAML.Refusal?) {
    do throws(StrictYAML.Refusal) {
      guard let mapping = try StrictYAML.node(of: String(decoding: bytes, as: UTF8.self))?.mapping else {
        return ([], [], nil)
      }
      let places = YAMLPlaces(bytes)
      var members: [DataMember] = []
      let starts = mapping.map { places.offset(of: $0.key) } + [bytes.count]
      for (index, (key, value)) in mapping.enumerated() {
        guard let holder = key.scalar?.string, holders.contains(holder) else { continue }
        members += try Self.members(of: value, holder, until: max(starts[index], starts[index + 1]), in: bytes, places)
      }
      return (members, mapping.compactMap { $0.key.scalar?.string }, nil)
    } catch {
      return ([], [], error)
    }
  }

  private static func members(
    of node: Node, _ holder: String, until end: Int, in bytes: [UInt8], _ places: YAMLPlaces
  ) throws(StrictYAML.Refusal) -> [DataMember] {
    let nodes: [(key: Node?, value: Node)]
    switch node {
    case .sequence(let sequence): nodes = sequence.map { (nil, $0) }
    case .mapping(let mapping): nodes = mapping.map { ($0.key, $0.value) }
    case .scalar, .alias: return []
    }
    let start = places.offset(of: node)
    let isFlow = start < bytes.count && (bytes[start] == UInt8(ascii: "[") || bytes[start] == UInt8(ascii: "{"))
    var starts = nodes.map { places.offset(of: $0.value) }
    if !isFlow {
      // An item begins at the line of its hyphen; in a map, at the line of its value, after the key.
      starts = zip(nodes, starts).map { node, start in
        node.key == nil ? hyphen(before: start, in: bytes, places) : places.start(of: places.line(of: start))
      }
    }
    let isInOrder =
      zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 } && starts.allSatisfy { $0 < end }
      && nodes.allSatisfy { places.offset(of: $0.value) >= start }
    guard isInOrder else {
      throw StrictYAML.Refusal(
        problem: "an alias in place of an item", line: node.mark?.line ?? 1, column: 1, isExcess: true)
    }
    var members: [DataMember] = []
    for (index, (key, value)) in nodes.enumerated() {
      // The key of the next map entry is not part of this item.
      let next = index + 1 < nodes.count ? nodes[index + 1].key.map { places.offset(of: $0) } ?? starts[index + 1] : end
      var reader = StrictYAML()
      members.append(
        DataMember(
          holder: holder, key: key?.scalar?.string, value: try reader.value(value, depth: 3),
          range: isFlow
            ? starts[index]..<endOfFlow(from: starts[index], to: next, in: bytes)
            : starts[index]..<endOfBlock(from: starts[index], to: next, in: bytes)))
    }
    return members
  }

  /// Returns the start of the line with an item's hyphen.
  private static func hyphen(before start: Int, in bytes: [UInt8], _ places: YAMLPlaces) -> Int {
    var line = places.line(of: start)
    while line > 1 {
      let content = bytes[places.start(of: line)..<max(places.start(of: line), min(start + 1, bytes.count))]
        .drop { $0 == 0x20 }
      if content.first == UInt8(ascii: "-") { break }
      line -= 1
    }
    return places.start(of: line)
  }

  /// Returns the end of an item, without the blank lines and comments before the next one.
  private static func endOfBlock(from start: Int, to next: Int, in bytes: [UInt8]) -> Int {
    let indent = bytes[start...].prefix { $0 == 0x20 }.count
    var end = next
    while end > start {
      let line = (bytes[start..<end - 1].lastIndex(of: 0x0A) ?? start - 1) + 1
      let content = bytes[line..<end].drop { $0 == 0x20 }
      let isBlank = content.allSatisfy { $0 <= 0x20 }
      let isComment = content.first == UInt8(ascii: "#") && content.startIndex - line <= indent
      guard line > start, isBlank || isComment else { break }
      end = line
    }
    return end
  }

  /// Returns the end of an item in brackets, after the closing bracket.
  private static func endOfFlow(from start: Int, to limit: Int, in bytes: [UInt8]) -> Int {
    var depth = 0
    var quote: UInt8?
    var index = start
    while index < limit {
      let byte = bytes[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") { index += 1 } else if byte == open { quote = nil }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          depth -= 1
          if depth <= 0 { return depth == 0 ? index + 1 : index }
        case UInt8(ascii: ",") where depth == 0: return index
        default: break
        }
      }
      index += 1
    }
    return min(index, limit)
  }
}
