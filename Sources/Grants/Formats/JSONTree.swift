import Agents
import Text

/// Parses a JSON file to a tree.
enum JSONTree {
  /// Returns the tree of a file.
  ///
  /// - Parameter isLenient: Whether comments and trailing commas are allowed.
  static func read(_ bytes: [UInt8], isLenient: Bool) throws(SettingsProblem) -> SettingsNode {
    do throws(StrictYAML.Refusal) {
      let members = try JSONParser.members(of: bytes, isRelaxed: isLenient)
      return map(members, LineIndex(bytes, ending: .lineFeed), 1)
    } catch {
      throw SettingsProblem(message: error.problem, line: error.line)
    }
  }

  private static func map(_ members: [JSONNode.Member], _ lines: LineIndex, _ line: Int) -> SettingsNode {
    let members = members.map {
      SettingsNode.Member(key: $0.key, line: lines.line(of: $0.keyRange.lowerBound), node: node($0.node, lines))
    }
    return SettingsNode(.map(members), line: members.first?.line ?? line)
  }

  private static func node(_ node: JSONNode, _ lines: LineIndex) -> SettingsNode {
    let line = lines.line(of: node.range.lowerBound)
    return switch node.value {
    case .null: SettingsNode(.null, line: line)
    case .bool(let flag): SettingsNode(.flag(flag), line: line)
    case .number(let number): SettingsNode(.number(number), line: line)
    case .text(let text): SettingsNode(.text(text), line: line)
    case .list(let items): SettingsNode(.list(items.map { self.node($0, lines) }), line: line)
    case .map(let members): map(members, lines, line)
    }
  }
}
