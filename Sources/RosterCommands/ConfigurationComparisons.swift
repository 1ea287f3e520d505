import Agents
import Catalogs
import Yams

extension ConfigurationReader {
  /// Reads `compare`.
  func comparisons(_ node: Node, into result: inout Configuration) throws(SettingsError) {
    try file.eachKey(of: node, "compare", known: ["threshold", "pinned", "decisions"]) {
      (key, value) throws(SettingsError) in
      if key == "threshold" {
        result.likenessThreshold = try share(value, key)
        return
      }
      if key == "decisions" {
        result.decisions = try decisions(value)
        return
      }
      for item in try file.items(value, "pinned") {
        var title: String?
        var agents: [String]?
        try file.eachKey(of: item, "a pinned comparison", known: ["title", "agents"]) {
          (key, value) throws(SettingsError) in
          if key == "title" { title = try file.text(value, key) } else { agents = try file.texts(value, key) }
        }
        guard let agents, agents.count > 1 else {
          throw file.error(item, "a pinned comparison needs at least two agents")
        }
        result.pinned.append(.init(title: title ?? agents.joined(separator: ", "), agents: agents))
      }
    }
  }

  private func decisions(_ node: Node) throws(SettingsError) -> [Decision] {
    var result: [Decision] = []
    for item in try file.items(node, "decisions") {
      var agents: [String] = []
      var verdicts: [Decision.Verdict] = []
      var note = ""
      try file.eachKey(of: item, "a decision", known: ["agents", "keep", "merge into", "intended", "note"]) {
        (key, value) throws(SettingsError) in
        switch key {
        case "agents": agents = try file.texts(value, key)
        case "keep": verdicts.append(.keep(try file.text(value, key)))
        case "merge into": verdicts.append(.merge(into: try file.text(value, key)))
        case "intended": if try file.flag(value, key) { verdicts.append(.intended) }
        default: note = try file.text(value, key)
        }
      }
      guard verdicts.count == 1, let verdict = verdicts.first else {
        throw file.error(item, "a decision needs one of keep, merge into or intended")
      }
      guard agents.count > (verdict == .intended ? 1 : 0) else {
        throw file.error(item, "a decision needs agents")
      }
      result.append(Decision(agents: agents, verdict: verdict, note: note))
    }
    return result
  }

  /// Parses a share above 0 and at most 1. `off` gives 2.
  private func share(_ node: Node, _ key: String) throws(SettingsError) -> Double {
    if node.flag == false { return 2 }
    guard let share = node.float, share > 0, share <= 1 else {
      throw file.error(node, "\(key) must be off, or a number above 0 and at most 1")
    }
    return share
  }
}
