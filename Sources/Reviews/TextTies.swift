import Agents
import Files

/// Finds text that went from one agent into another: an agent that was split, or put into another one.
struct TextTies {
  /// From which share of its lines on an agent is tied to another.
  private static let least = 0.3
  /// How many agents it is tied to at most.
  private static let limit = 4

  private let before: ReviewState
  private let after: ReviewState
  /// The lines that agents lost, and those that they got, by the places of the changes.
  private var lost: [Int: Set<String>] = [:]
  private var got: [Int: Set<String>] = [:]
  /// How many lines they had, and have.
  private var counts: [Int: (before: Int, after: Int)] = [:]

  /// Of how many agents a line may have gone to tell of a tie.
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

  /// The lines of a prompt that say something.
  private static func lines(_ prompt: NumberedPrompt) -> Set<String> {
    Set(prompt.lines.filter { $0.utf8.count > 12 })
  }

  /// The changes with what agents took over from each other.
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
        // Held against all that it has, so that an agent that took over a line or two is no heir.
        let share = Double(count) / Double(max(counts[place]?.after ?? 0, 1))
        if share >= Self.least { origins[place, default: []].append(.init(agent: old, share: share)) }
        let part = Double(count) / Double(max(counts[other]?.before ?? 0, 1))
        if part >= Self.least { heirs[other, default: []].append(.init(agent: own, share: part)) }
      }
    }
    var tied: [AgentChange] = []
    for (place, change) in changes.enumerated() {
      let first = Self.first(origins[place] ?? [])
      // What came from another agent is not new.
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
