import Agents
import Files

/// The access-related values of one version of an item.
struct VersionFacts: Hashable {
  /// The allowed tools; nil if it inherits all tools of the session.
  let tools: [String]?
  let denied: [String]
  let model: String?
  let permissionMode: String?
  /// Digests of other fields that grant access, by their keys.
  let grants: [String: String]

  private static let grantingKeys = Set(GrantingField.all.map(\.key))
  /// The maximum number of listed changes.
  private static let changeLimit = 8

  /// Reads the values of an agent.
  ///
  /// - Parameter secrets: The suspected secrets of its file. Values that contain one are replaced, because changes are
  ///   published.
  init(_ agent: Agent, without secrets: [String]) {
    func safe(_ text: String) -> String {
      let isSafe = !secrets.contains { text.contains($0) } && Secrets.find(in: Array(text.utf8)).isEmpty
      return isSafe ? text : "(suspected secret)"
    }
    tools = agent.tools.statement == .listed ? agent.tools.allowed.map { safe($0.text) } : nil
    denied = agent.tools.denied.map { safe($0.text) }
    model = agent.model.map(safe)
    permissionMode = agent.permissionMode.map(safe)
    grants = Dictionary(
      agent.fields.filter { Self.grantingKeys.contains($0.key) }.map {
        ($0.key, FNV.digits(Array($0.value.line.utf8)))
      },
      uniquingKeysWith: { $0 + $1 })
  }

  /// Returns the changes since an earlier version, as short phrases.
  func changes(since past: VersionFacts) -> [String] {
    var changes: [String] = []
    func compare(_ old: [String], _ new: [String], _ prefix: String) {
      changes += new.filter { !old.contains($0) }.map { "\(prefix)+\($0)" }
      changes += old.filter { !new.contains($0) }.map { "\(prefix)−\($0)" }
    }
    switch (past.tools, tools) {
    case (nil, nil): break
    case (let old?, let new?): compare(old, new, "")
    case (_?, nil): changes.append("inherits all tools")
    case (nil, let new?): changes.append("tools limited to \(new.isEmpty ? "none" : new.joined(separator: ", "))")
    }
    compare(past.denied, denied, "denied ")
    if past.model != model { changes.append("model \(past.model ?? "none") → \(model ?? "none")") }
    if past.permissionMode != permissionMode {
      changes.append("permission mode \(past.permissionMode ?? "none") → \(permissionMode ?? "none")")
    }
    for key in Set(past.grants.keys).union(grants.keys).sorted() {
      switch (past.grants[key], grants[key]) {
      case (nil, _?): changes.append("+\(key)")
      case (_?, nil): changes.append("−\(key)")
      case (let old, let new): if old != new { changes.append("\(key) changed") }
      }
    }
    let rest = changes.count - Self.changeLimit
    return rest > 1 ? changes.prefix(Self.changeLimit) + ["\(rest) more"] : changes
  }
}

extension VersionFacts: Storable {
  func store(in bytes: inout ByteWriter) {
    tools.store(in: &bytes)
    denied.store(in: &bytes)
    model.store(in: &bytes)
    permissionMode.store(in: &bytes)
    let grants = grants.sorted { $0.key < $1.key }
    grants.map(\.key).store(in: &bytes)
    grants.map(\.value).store(in: &bytes)
  }

  init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    tools = try [String]?(from: &bytes)
    denied = try [String](from: &bytes)
    model = try String?(from: &bytes)
    permissionMode = try String?(from: &bytes)
    let keys = try [String](from: &bytes)
    grants = Dictionary(zip(keys, try [String](from: &bytes)), uniquingKeysWith: { first, _ in first })
  }
}
