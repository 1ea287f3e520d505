import Files
import Text

/// A file that grants access: settings, hooks, servers, manifests, plugins, rules or workflows.
///
/// ```swift
/// if let file = GrantingFile(path, bytes) {
///   for grant in file.grants { print(file.path, grant.line, grant.says) }
/// }
/// ```
public struct GrantingFile: Sendable {
  /// The reason why a file could not be read, and the consequence.
  public struct Problem: Sendable, Hashable {
    /// The problem.
    public let message: String
    /// The runtime's response to such a file.
    public let consequence: String
    /// The line of the mistake, from 1.
    public let line: Int
  }

  /// What becomes of an invalid file.
  public enum Breakage: Sendable, Hashable {
    /// The runtime ignores it, or does not start.
    case isIgnored
    /// The runtime's response is unknown.
    case isUnknown
  }

  /// What becomes of the file if it is invalid; nil if it is valid.
  public var breakage: Breakage? {
    problem == nil ? nil : facts.invalid == .unknown ? .isUnknown : .isIgnored
  }

  /// The path from the root of the repository.
  public let path: RelativePath
  /// The key of the runtime that reads the file, such as `claude-code`. For a workflow, that of the first agent it
  /// starts.
  public let runtime: String
  /// The kind of file, for display: `Claude Code settings`.
  public let title: String
  /// The grants and restrictions, in file order.
  public let grants: [Grant]
  /// The reason why the file could not be read; nil if it could.
  public let problem: Problem?
  /// The files that a compiler made the file from, its own source first; empty if people write it.
  public let sources: [RelativePath]

  let facts: FileFacts
  let known: GrantFacts
  let root: SettingsNode
  let statements: [Statement]
  let policies: [Policy]

  /// The maximum file size in bytes.
  static let sizeLimit = 1 << 20

  /// Returns whether a file at a path may grant access.
  ///
  /// - Parameter isInPlugin: Whether it may be in the folder of a plugin.
  public static func isGranting(_ path: RelativePath, isInPlugin: Bool = true) -> Bool {
    GrantFacts.builtIn.file(at: Glob.Subject(path), isInPlugin: isInPlugin) != nil
  }

  /// Returns the files that a compiler made a file from, its own source first; empty if people write it.
  public static func sources(of path: RelativePath, _ bytes: [UInt8]) -> [RelativePath] {
    let known = GrantFacts.builtIn
    guard known.file(at: Glob.Subject(path))?.format == .workflow else { return [] }
    return CompiledWorkflow(path, bytes, known.workflows)?.sources ?? []
  }

  /// Reads a file. Returns nil if a file at its path cannot grant access, and for a workflow without agents.
  ///
  /// - Parameter plugin: The name of the plugin whose folder contains the file; nil if there is none.
  public init?(_ path: RelativePath, _ bytes: [UInt8], plugin: String? = nil) {
    self.init(path, bytes, .builtIn, plugin: plugin)
  }

  init?(_ path: RelativePath, _ bytes: [UInt8], _ known: GrantFacts, plugin: String? = nil) {
    guard var facts = known.file(at: Glob.Subject(path), isInPlugin: plugin != nil) else { return nil }
    if let plugin, facts.isOfPlugin {
      facts.title = facts.title.replacing("{plugin}", with: plugin)
      // At the root of a repository, a file of the plugin is also one of the project.
      if path.folders.isEmpty, let project = known.file(at: Glob.Subject(path)) {
        facts.title = "\(project.title) and of plugin \(plugin)"
        facts.counts = [project.counts, facts.counts].compactMap(\.self).joined(separator: "; for the plugin, ")
      }
    }
    let compiled = facts.format == .workflow ? CompiledWorkflow(path, bytes, known.workflows) : nil
    if let compiled { facts.title = compiled.title }
    sources = compiled?.sources ?? []
    self.path = path
    self.facts = facts
    self.known = known
    title = facts.title
    var reader = GrantReader(known, facts, path)
    reader.compiler = compiled?.compiler
    do throws(SettingsProblem) {
      guard bytes.count <= Self.sizeLimit else { throw SettingsProblem(message: "it is too large", line: 1) }
      try reader.read(bytes)
      problem = nil
    } catch {
      if facts.format == .workflow {
        guard known.workflows.areMentioned(in: String(decoding: bytes, as: UTF8.self)) else { return nil }
      }
      problem = Problem(message: error.message, consequence: facts.invalidSays, line: error.line)
    }
    if facts.format == .workflow, problem == nil, reader.runtime == nil { return nil }
    runtime = reader.runtime ?? facts.runtime
    root = reader.root
    statements = problem == nil ? reader.statements : []
    policies = problem == nil ? reader.policies : []
    grants = (statements.filter { !$0.isImplied }.map(\.grant) + policies.flatMap { reader.grants(of: $0) })
      .enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }

  /// Returns the line of the deepest existing key of a path; nil if the file has none of them.
  func line(nearest keys: [String]) -> Int? {
    var (node, line): (SettingsNode, Int?) = (root, nil)
    for key in keys {
      if let member = node.member(key) {
        (node, line) = (member.node, member.line)
      } else if let index = Int(key), node.items.indices.contains(index) {
        node = node.items[index]
        line = node.line
      } else {
        break
      }
    }
    return line
  }

  /// Returns the line of the deepest existing key of a path as displayed. Keys may contain dots.
  func line(nearest path: String) -> Int? {
    var (node, line, rest): (SettingsNode, Int?, Substring) = (root, nil, path[...])
    while let member = node.members.last(where: { member in
      rest == member.key || [".", "["].contains { rest.hasPrefix(member.key + $0) }
    }) {
      (node, line) = (member.node, member.line)
      rest = rest.dropFirst(member.key.count)
      while rest.hasPrefix("["), let index = Int(rest.dropFirst().prefix { $0 != "]" }),
        node.items.indices.contains(index)
      {
        node = node.items[index]
        line = node.line
        rest = rest.drop { $0 != "]" }.dropFirst()
      }
      rest = rest.dropFirst()
    }
    return line
  }
}
