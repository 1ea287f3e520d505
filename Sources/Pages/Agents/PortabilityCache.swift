import Agents
import Catalogs
import Files
import Synchronization
import Templates

/// A cache of portability results. Most agents of a catalog are alike in everything that portability depends on.
final class PortabilityCache: Sendable {
  /// The portability of an agent to other runtimes.
  struct Result: Sendable {
    /// The result as a JSON object.
    let json: [UInt8]
    /// The result as an HTML list.
    let html: HTML
  }

  /// All inputs of a result.
  private struct Key: Hashable {
    let dialect: Dialect
    let keys: [String]
    let model: String?
    let tools: ToolSet
    let toolsField: FieldValue?
    let reach: Reach.Drawing
    /// The name, if a runtime might not accept it.
    let oddName: String?
    let statesName: Bool
    let isDescribed: Bool
    let isSkipped: Bool
    /// The size of the prompt, if it might be too large for a runtime.
    let largePrompt: Int?

    init(_ record: AgentRecord, by runtimes: Runtimes, largePrompt limit: Int) {
      let agent = record.agent
      dialect = agent.dialect
      keys = agent.fields.lazy.filter { !$0.value.isEmpty }.map(\.key)
      model = agent.model
      tools = agent.tools
      toolsField = agent.value(runtimes[agent].toolsKey)
      reach = record.reach.drawing
      let isPlain = agent.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
      oddName = isPlain && agent.name.utf8.first != UInt8(ascii: "-") && agent.name.utf8.count <= 64 ? nil : agent.name
      statesName = agent.statesName
      isDescribed = !agent.description.text.isEmpty
      isSkipped = agent.loading.reasons.contains { $0.outcome >= .ignored }
      largePrompt = agent.promptMeasure.tokens > limit ? agent.promptMeasure.tokens : nil
    }
  }

  /// The maximum number of cached results.
  private static let limit = 8000

  private let runtimes: Runtimes
  private let theme: SiteTheme
  /// The smallest prompt that might be too large for a runtime, in tokens.
  private let largePrompt: Int
  /// The runtimes that agents can be ported to, each with the path of an agent there.
  private let targets: [(dialect: Dialect, path: String)]
  private let known = Mutex<[Key: Result]>([:])

  init(_ runtimes: Runtimes, _ theme: SiteTheme) {
    self.runtimes = runtimes
    self.theme = theme
    largePrompt = Portability.smallestLimit(of: runtimes)
    targets = runtimes.portable.map { ($0.dialect, runtimes[$0.dialect, .agent].path(of: "NAME")) }
  }

  /// Returns the portability of an agent.
  func of(_ record: AgentRecord) -> Result {
    let key = Key(record, by: runtimes, largePrompt: largePrompt)
    if let result = known.withLock({ $0[key] }) { return result }
    let result = make(record)
    known.withLock { if $0.count < Self.limit { $0[key] = result } }
    return result
  }

  private func make(_ record: AgentRecord) -> Result {
    let targets = targets.filter { $0.dialect != record.agent.dialect }
    let ports = targets.map { Portability(of: record.agent, reach: record.reach, to: $0.dialect, by: runtimes) }
    let views = zip(targets, ports).map { target, port in
      PortabilityView(
        title: port.dialect.title, path: target.path, rewritten: port.rewritten, lost: port.lost,
        obstacles: port.obstacles, change: Self.change(port))
    }
    return Result(json: Self.json(ports), html: HTML(theme.render(PortsView(runtimes: views), as: "ports")))
  }

  /// Returns the result as JSON, without empty lists.
  private static func json(_ ports: [Portability]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      for port in ports {
        json.key(port.dialect.key)
        json.object { json in
          let parts = [
            ("kept", port.kept), ("rewritten", port.rewritten), ("lost", port.lost), ("obstacles", port.obstacles),
            ("gains", port.gains.map(\.word)), ("losses", port.losses.map(\.word)),
          ]
          for (name, values) in parts where !values.isEmpty {
            json.key(name)
            json.array(values)
          }
        }
      }
    }
    return json.bytes
  }

  /// Returns a phrase for the abilities that the agent gains and loses in the other runtime.
  private static func change(_ port: Portability) -> String {
    let gains = port.gains.map(\.word).joined(separator: ", ")
    let losses = port.losses.map(\.word).joined(separator: ", ")
    return switch (gains.isEmpty, losses.isEmpty) {
    case (true, true): "the same"
    case (false, true): "gains \(gains)"
    case (true, false): "loses \(losses)"
    case (false, false): "gains \(gains); loses \(losses)"
    }
  }
}
