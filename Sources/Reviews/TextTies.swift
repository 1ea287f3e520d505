import Agents
import Files

/// Finds text that moved from one agent to another, because an agent was split or merged into another.
struct TextTies {
  /// The minimum share of an agent's lines that ties it to another agent.
  private static let least = 0.3
  /// The maximum number of ties per agent.
  private static let limit = 4

  private let before: ReviewState
  private let after: ReviewState
  /// The lines that each agent lost and gained, by the index of the change.
  private var lost: [Int: Set<String>] = [:]
  private var got: [Int: Set<String>] = [:]
  /// The numbers of lines before and after.
  private var counts: [Int: (before: Int, after: Int)] = [:]

  /// The maximum number of agents that lost a line for it to count as evidence of a tie.
  private static let common = 32

  init(_ before: ReviewState, _ after: ReviewState, _ changes: [AgentChange]) throws(Disk.Failure) {
    self.before = before
    self.after = after
    for (place, change) in changes.enumerated() where change.text != nil {
      let old = try change.before.map { (index) throws(Disk.Failure) in Self.lines(try before.prompt(of: index)) } ?? []
      let new = try change.after.map { (index) throws(Disk.Failure) in Self.lines(try after.prompt(of: index)) } ?? []
      lost[place] = old.subtracting(new)
      got[place] = new.subtracting(old)
      counts[place] = (old.count, new.count)
    }
  }

  /// Returns the distinct lines of a prompt that are long enough to be meaningful.
  private static func lines(_ prompt: NumberedPrompt) -> Set<String> {
    Set(prompt.lines.filter { $0.utf8.count > 12 })
  }

  /// Returns the changes with their ties to other agents filled in.
  func tied(_ changes: [AgentChange]) throws(Disk.Failure) -> [AgentChange] {
    var losers: [String: [Int]] = [:]
    for (place, lines) in lost { for line in lines { losers[line, default: []].append(place) } }
    var origins: [Int: [AgentChange.Tie]] = [:]
    var heirs: [Int: [AgentChange.Tie]] = [:]
    for (place, change) in changes.enumerated() {
      guard let lines = got[place], let own = change.after else { continue }
      var common: [Int: Int] = [:]
      for line in lines {
        guard let others = losers[line], others.count <= Self.common else { continue }
        for other in others where other != place { common[other, default: 0] += 1 }
      }
      for (other, count) in common {
        guard let old = changes[other].before else { continue }
        // Relative to all lines of the agent, so that taking over a line or two creates no tie.
        let share = Double(count) / Double(max(counts[place]?.after ?? 0, 1))
        if share >= Self.least { origins[place, default: []].append(.init(agent: old, share: share)) }
        let part = Double(count) / Double(max(counts[other]?.before ?? 0, 1))
        if part >= Self.least { heirs[other, default: []].append(.init(agent: own, share: part)) }
      }
    }
    var tied: [AgentChange] = []
    for (place, change) in changes.enumerated() {
      let first = Self.first(origins[place] ?? [])
      // Text that came from another agent is not new.
      var known = ""
      for origin in first { known += String(decoding: try before.bytes(of: origin.agent), as: UTF8.self) + "\n" }
      tied.append(change.tied(to: first, Self.first(heirs[place] ?? []), known: known))
    }
    return tied
  }

  private static func first(_ ties: [AgentChange.Tie]) -> [AgentChange.Tie] {
    Array(ties.sorted { ($1.share, $0.agent) < ($0.share, $1.agent) }.prefix(limit))
  }
}

extension AgentChange {
  fileprivate func tied(to origins: [Tie], _ heirs: [Tie], known: String) -> AgentChange {
    if origins.isEmpty, heirs.isEmpty { return self }
    let mentioned = (
      commands: mentioned.commands.filter { !known.contains($0) },
      addresses: mentioned.addresses.filter { !known.contains($0) }
    )
    return AgentChange(
      kind: kind, before: before, after: after, fields: fields, text: text, access: access, mentioned: mentioned,
      newFindings: newFindings, goneFindings: goneFindings, alike: alike, origins: origins, heirs: heirs, form: form,
      changesModel: changesModel, loading: loading, approval: approval, files: files)
  }
}
