import Agents
import Catalogs
import Files
import Foundation
import Rules
import Text
import Yams

/// Reads a policy from a file or a URL.
enum PolicyReading {
  /// The maximum size of a policy, in bytes.
  private static let sizeLimit = 1 << 20

  /// Reads a policy.
  ///
  /// - Parameter place: A path, or a URL that starts with https://.
  /// - Throws: ``CommandFailure`` if it can't be read or is invalid. No command continues without it.
  static func policy(at place: String) throws(CommandFailure) -> CompanyPolicy {
    let bytes: [UInt8]
    if place.contains("://") {
      bytes = try download(place)
    } else {
      do throws(Disk.Failure) { bytes = try Disk.read(place).get() } catch { throw .usage(error.description) }
    }
    guard bytes.count <= sizeLimit, let text = String(validating: bytes, as: UTF8.self) else {
      throw .usage("\(place): a policy must be UTF-8 and at most 1 MB")
    }
    let policy: CompanyPolicy?
    do throws(SettingsError) {
      policy = try PolicyReader(file: SettingsReader(file: place)).policy(text)
    } catch {
      throw CommandFailure(error)
    }
    guard let policy else { throw .usage("\(place): the policy is empty") }
    return policy
  }

  /// Downloads a URL with curl. Only https is allowed, even after a redirect, except that a local server may use http.
  private static func download(_ address: String) throws(CommandFailure) -> [UInt8] {
    let isLocal = ["http://127.0.0.1:", "http://localhost:"].contains { address.hasPrefix($0) }
    guard address.hasPrefix("https://") || isLocal else {
      throw .usage("--policy needs a file or a URL that starts with https://: \(address)")
    }
    guard let curl = Program.find(["curl"], in: ProcessInfo.processInfo.environment["PATH"]) else {
      throw .failed("reading a policy from a URL requires curl, which is not installed")
    }
    let arguments = [
      "--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "5", "--max-time", "60",
      "--max-filesize", "\(sizeLimit)", "--proto", isLocal ? "=http" : "=https", "--url", address,
    ]
    guard let result = try? curl.run(arguments, reading: .output), result.status == 0 else {
      throw .failed("cannot fetch the policy: \(address)")
    }
    return result.bytes
  }
}

/// Parses the content of a policy.
private struct PolicyReader {
  let file: SettingsReader

  /// The name of the policy on pages. The query of a URL is removed, because it can contain a key.
  private var name: String {
    let name = String(file.file.prefix { $0 != "?" && $0 != "#" }).lastName
    return name.isEmpty ? "policy" : name
  }

  func policy(_ text: String) throws(SettingsError) -> CompanyPolicy? {
    guard let node = try file.content(of: text) else { return nil }
    var rules: [String: Finding.Severity] = [:]
    var limits: [CompanyPolicy.Limit] = []
    var approvals: [CompanyPolicy.Approval] = []
    try file.eachKey(of: node, "the policy", known: ["rules", "limits", "approvals"]) {
      (key, value) throws(SettingsError) in
      switch key {
      case "rules":
        try file.eachKey(of: value, "rules", known: Rule.all.map(\.id)) { (rule, value) throws(SettingsError) in
          guard let severity = value.scalar.flatMap({ Finding.Severity(rawValue: $0.string) }) else {
            throw file.error(value, "\(rule) must be note, warning or error")
          }
          rules[rule] = severity
        }
      case "limits":
        for item in try file.items(value, key) { limits.append(try limit(item)) }
      default:
        for item in try file.items(value, key) {
          let demand = try self.demand(item, "an approval")
          approvals.append(.init(demand.scope, reason: demand.reason, line: item.mark?.line ?? 1))
        }
      }
    }
    return CompanyPolicy(name: name, rules: rules, limits: limits, approvals: approvals)
  }

  private func limit(_ node: Node) throws(SettingsError) -> CompanyPolicy.Limit {
    let demand = try demand(node, "a limit")
    guard !demand.denied.isEmpty else {
      let words = CompanyPolicy.Denial.allCases.map(\.rawValue).joined(separator: ", ")
      throw file.error(node, "a limit needs deny with one or more of \(words)")
    }
    return .init(demand.scope, denied: demand.denied, reason: demand.reason, line: node.mark?.line ?? 1)
  }

  private func demand(
    _ node: Node, _ what: String
  ) throws(SettingsError) -> (scope: CompanyPolicy.Scope, denied: [CompanyPolicy.Denial], reason: String?) {
    var scope = CompanyPolicy.Scope()
    var denied: [CompanyPolicy.Denial] = []
    var reason: String?
    let known = ["paths", "owners", "kinds", "reason"] + (what == "a limit" ? ["deny"] : [])
    try file.eachKey(of: node, what, known: known) { (key, value) throws(SettingsError) in
      switch key {
      case "paths": scope.paths = try file.texts(value, key).map(Glob.init)
      case "owners": scope.owners = try file.texts(value, key)
      case "kinds": scope.kinds = Set(try ConfigurationReader.kinds(value, file))
      case "reason": reason = try file.text(value, key)
      default: denied = try file.items(value, key).map { (item) throws(SettingsError) in try file.choice(item, key) }
      }
    }
    return (scope, denied, reason)
  }
}
