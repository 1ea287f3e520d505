import Files

/// The targets of the relative links of a file, as links from a page. Links without a target are left out.
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

  /// No targets, for a page that stands alone.
  static let none = LinkTargets()

  /// The target of a link as it is written, or nil.
  subscript(destination: String) -> String? { targets[destination] }

  /// Encodes links in an order that is the same in every run.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for (destination, target) in targets.sorted(by: { $0.key < $1.key }) {
      try container.encode(destination)
      try container.encode(target)
    }
  }
}
