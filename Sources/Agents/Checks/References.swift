import Files
import Rules
import Text

/// A reference to another agent or skill. Only the catalog can tell whether the target exists.
public struct Reference: Sendable, Hashable {
  /// The kind of target.
  public enum Kind: String, Sendable, Storable, CaseIterable {
    /// An agent.
    case agent
    /// A skill.
    case skill

    /// The noun.
    public var word: String { rawValue }
  }

  /// The kind of target.
  public let kind: Kind
  /// The name, as written.
  public let name: String
  /// The byte range of the reference in the file.
  public let range: Range<Int>
  /// The location of the start of the range.
  public let location: SourceLocation
  /// The location after the end of the range.
  public let end: SourceLocation

  /// The name without the plugin: `review` for `tools:review`.
  public var ownName: Substring { name.split(separator: ":").last ?? name[...] }
}

extension Reference: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    kind.store(in: &bytes)
    name.store(in: &bytes)
    range.store(in: &bytes)
    location.store(in: &bytes)
    end.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      kind: try Kind(from: &bytes), name: try String(from: &bytes), range: try Range<Int>(from: &bytes),
      location: try SourceLocation(from: &bytes), end: try SourceLocation(from: &bytes))
  }
}

// References in the fields and the prompt of an agent.

extension FindingList {
  /// The maximum number of references kept for a file.
  private static let referenceLimit = 100
  /// The maximum length of a name, in bytes.
  private static let nameLimit = 200

  /// Collects the agents and skills that fields name.
  mutating func readReferences(in agent: Agent, by runtime: Runtime) {
    for (index, field) in agent.fields.enumerated() {
      switch field.key {
      case let key where runtime.namingFields[key] != nil:
        guard let kind = runtime.namingFields[key] else { break }
        for name in field.value.words where name != "*" { refer(to: kind, name, inField: index) }
      case "handoffs" where runtime.reads(field.key):
        guard case .list(let steps) = field.value else { break }
        for case .map(let step) in steps {
          if let name = step.first(where: { $0.key == "agent" })?.value.scalar {
            refer(to: .agent, name, inField: index)
          }
        }
      case runtime.toolsKey:
        for tool in agent.tools.allowed.prefix(Self.judged) {
          guard let kind = runtime.tool(tool.name)?.names else { continue }
          for name in ToolSet.split(tool.specifier ?? "") { refer(to: kind, name.trimmed, inField: index) }
        }
      default: break
      }
    }
  }

  private mutating func refer(to kind: Reference.Kind, _ name: String, inField index: Int) {
    guard let place = place(of: name, inField: index) else { return }
    refer(to: kind, name, at: place)
  }

  private mutating func refer(to kind: Reference.Kind, _ name: String, at place: Range<Int>) {
    guard !name.isEmpty, name.utf8.count <= Self.nameLimit, references.count < Self.referenceLimit,
      !references.contains(where: { $0.kind == kind && $0.name == name })
    else { return }
    let range = text.fileRange(place)
    references.append(
      Reference(
        kind: kind, name: name, range: range, location: location(of: range.lowerBound),
        end: location(of: range.upperBound)))
  }

  /// The beginnings of references in a prompt.
  static let referenceLeads = [mention, typeKey]
  private static let mention = Array("@agent-".utf8)
  private static let typeKey = Array("subagent_type".utf8)

  /// Reads a reference to an agent at an offset: `@agent-name` or `subagent_type: "name"`. Returns its end.
  mutating func readReference(at index: Int) -> Int? {
    let bytes = text.utf8
    if bytes[index...].starts(with: Self.mention) {
      let start = index + Self.mention.count
      return readName(start, from: index)
    }
    guard bytes[index...].starts(with: Self.typeKey) else { return nil }
    var place = index + Self.typeKey.count
    func isAny(_ signs: StaticString) -> Bool {
      place < bytes.count && signs.withUTF8Buffer { $0.contains(bytes[place]) }
    }
    func skip(_ signs: StaticString) { while isAny(signs), place - index < 40 { place += 1 } }
    skip("\"'`* ")
    guard isAny(":=") else { return nil }
    place += 1
    skip("* ")
    // Without quotation marks, it may describe the type of a field.
    guard isAny("\"'`") else { return nil }
    return readName(place + 1, from: place + 1)
  }

  /// Placeholder names in descriptions of the reference syntax.
  private static let placeholders: Set<String> = ["name", "type", "id", "agent-name", "agent-type", "subagent-name"]

  private mutating func readName(_ start: Int, from first: Int) -> Int? {
    let bytes = text.utf8
    let end =
      bytes[start...].prefix(Self.nameLimit).firstIndex { byte in
        !((0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "_-:".utf8.contains(byte))
      } ?? min(bytes.count, start + Self.nameLimit)
    // `@agent-x/cli` is a package, `@agent-x.org` an address.
    let next = end < bytes.count ? bytes[end] : 0x20
    let isLetterBehind = end + 1 < bytes.count && (0x61...0x7A).contains(bytes[end + 1] | 0x20)
    if next == UInt8(ascii: "/") || next == UInt8(ascii: "@") || next == UInt8(ascii: ".") && isLetterBehind {
      return end
    }
    let name = bytes[start..<end].reversed().drop { "_-:".utf8.contains($0) }.reversed()
    guard !name.isEmpty else { return nil }
    let written = String(decoding: Array(name), as: UTF8.self)
    guard !Self.placeholders.contains(written.lowercased()) else { return end }
    refer(to: .agent, written, at: first..<start + name.count)
    return end
  }
}
