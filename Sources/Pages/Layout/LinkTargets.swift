import Files

/// The targets of a file's relative links, as links from a page. Links without a target are left out.
struct LinkTargets: Sendable, Encodable {
  private let targets: [String: String]

  init(_ destinations: [String], of source: SourceFile, at page: SitePath, _ addresses: Addresses) {
    var targets: [String: String] = [:]
    for destination in destinations {
      targets[destination] = addresses.resolve(destination, from: source, at: page)
    }
    self.targets = targets
  }

  private init() { targets = [:] }

  /// An empty set of targets, for a standalone page.
  static let none = LinkTargets()

  /// Returns the target of a link as written, or nil.
  subscript(destination: String) -> String? { targets[destination] }

  /// Encodes the links in a stable order.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for (destination, target) in targets.sorted(by: { $0.key < $1.key }) {
      try container.encode(destination)
      try container.encode(target)
    }
  }
}
