import Agents
import Yams

/// Parses a YAML file to a tree, with Yams. Values are counted, because aliases can multiply them.
enum YAMLTree {
  static func read(_ bytes: [UInt8]) throws(SettingsProblem) -> SettingsNode {
    let text = String(decoding: bytes, as: UTF8.self)
    guard StrictYAML.bracketDepth(of: text) <= SettingsNode.depthLimit else {
      throw SettingsProblem(message: "it is too large", line: 1)
    }
    let node: Node?
    do {
      node = try compose(yaml: text, .default, .default, .utf8)
    } catch let error as YamlError {
      throw SettingsProblem(message: message(of: error), line: line(of: error))
    } catch {
      throw SettingsProblem(message: "\(error)", line: 1)
    }
    var count = 0
    return try node.map { (node) throws(SettingsProblem) in try value(node, depth: 1, &count) } ?? .nothing
  }

  private static func value(_ node: Node, depth: Int, _ count: inout Int) throws(SettingsProblem) -> SettingsNode {
    count += 1
    let line = node.mark?.line ?? 1
    guard count <= SettingsNode.valueLimit, depth <= SettingsNode.depthLimit else {
      throw SettingsProblem(message: "it is too large", line: line)
    }
    switch node {
    case .scalar(let scalar): return SettingsNode(plain(scalar), line: line)
    case .sequence(let sequence):
      var items: [SettingsNode] = []
      for item in sequence { items.append(try value(item, depth: depth + 1, &count)) }
      return SettingsNode(.list(items), line: line)
    case .mapping(let mapping):
      var members: [SettingsNode.Member] = []
      for (key, inner) in mapping {
        members.append(
          .init(
            key: key.string ?? "", line: key.mark?.line ?? line, node: try value(inner, depth: depth + 1, &count)))
      }
      return SettingsNode(.map(members), line: line)
    case .alias: throw SettingsProblem(message: "it has an alias", line: line)
    }
  }

  private static func plain(_ scalar: Node.Scalar) -> SettingsNode.Value {
    guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
    switch scalar.string {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .flag(true)
    case "false", "False", "FALSE": return .flag(false)
    default: return .text(scalar.string)
    }
  }

  private static func message(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .duplicatedKeysInMapping: "a key occurs twice"
    default: "it is not valid"
    }
  }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: 1
    }
  }
}
