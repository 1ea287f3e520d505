import Catalogs
import Files
import Rules
import Scanning
import Yams

/// What is wrong with `roster.yml`.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  let file: String
  let line: Int
  let column: Int
  let message: String

  var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Reads `roster.yml`. Every key is optional; one that it does not know is an error, with what was probably meant.
struct ConfigurationReader {
  private let file: String

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - text: the content of the file.
  ///   - file: its path, for messages.
  static func read(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
    let reader = ConfigurationReader(file: file)
    let node: Node?
    do {
      node = try compose(yaml: text)
    } catch let error as YamlError {
      throw reader.refusal(error)
    } catch {
      throw ConfigurationError(file: file, line: 1, column: 1, message: "\(error)")
    }
    guard let node, node.scalar?.string != "" else { return Configuration() }
    return try reader.configuration(node)
  }

  private func configuration(_ node: Node) throws(ConfigurationError) -> Configuration {
    var result = Configuration()
    try eachKey(
      of: node, "the file",
      known: [
        "title", "description", "base-url", "language", "content", "include", "exclude", "output", "theme",
        "source-url",
        "footer", "search", "taxonomies", "compare", "rules", "exceptions",
      ]
    ) { (key, value) throws(ConfigurationError) in
      switch key {
      case "title": result.title = try text(value, key)
      case "description": result.description = try text(value, key)
      case "base-url": result.baseURL = try address(value, key)
      case "language": result.language = try text(value, key)
      case "content": result.content = try sources(value)
      case "include": result.include = try texts(value, key)
      case "exclude": result.exclude = try texts(value, key)
      case "output": result.output = try text(value, key)
      case "theme": result.theme = try text(value, key)
      case "source-url": result.sourceURL = try address(value, key)
      case "footer": result.footer = try text(value, key)
      case "search": result.search = try flag(value, key)
      case "taxonomies": result.taxonomies = try taxonomies(value)
      case "rules": result.policy.choices = try choices(value)
      case "exceptions": result.policy.exceptions = try exceptions(value)
      default: result.pinned = try comparisons(value)
      }
    }
    return result
  }

  private func sources(_ node: Node) throws(ConfigurationError) -> [SourceRequest] {
    var requests: [SourceRequest] = []
    for item in try items(node, "content") {
      if item.scalar != nil {
        requests.append(SourceRequest(path: try text(item, "content")))
        continue
      }
      var folder: String?
      var name: String?
      try eachKey(of: item, "a source", known: ["folder", "name"]) { (key, value) throws(ConfigurationError) in
        if key == "folder" { folder = try text(value, key) } else { name = try text(value, key) }
      }
      guard let folder else { throw error(item, "a source needs a folder") }
      requests.append(SourceRequest(path: folder, name: name))
    }
    return requests
  }

  private func taxonomies(_ node: Node) throws(ConfigurationError) -> [Taxonomy.Kind: Configuration.TaxonomyChoice] {
    var result: [Taxonomy.Kind: Configuration.TaxonomyChoice] = [:]
    try eachKey(of: node, "taxonomies", known: Taxonomy.Kind.allCases.map(\.rawValue)) {
      (key, value) throws(ConfigurationError) in
      guard let kind = Taxonomy.Kind(rawValue: key) else { return }
      var choice = Configuration.TaxonomyChoice()
      if value.scalar != nil {
        choice.isOn = try flag(value, key)
      } else {
        let known = kind == .topics ? ["label", "lexicon"] : ["label"]
        try eachKey(of: value, key, known: known) { (inner, innerValue) throws(ConfigurationError) in
          if inner == "label" {
            choice.label = try text(innerValue, inner)
          } else {
            choice.lexicon = try lexicon(innerValue)
          }
        }
      }
      result[kind] = choice
    }
    return result
  }

  // MARK: Rules

  private func choices(_ node: Node) throws(ConfigurationError) -> [String: RulePolicy.Choice] {
    var result: [String: RulePolicy.Choice] = [:]
    try eachKey(of: node, "rules", known: Rule.all.map(\.id)) { (key, value) throws(ConfigurationError) in
      if value.bool == false {
        result[key] = .off
      } else if let severity = value.scalar.flatMap({ Finding.Severity(rawValue: $0.string) }) {
        result[key] = .severity(severity)
      } else {
        throw error(value, "\(key) must be off, note, warning or error")
      }
    }
    return result
  }

  private func exceptions(_ node: Node) throws(ConfigurationError) -> [RulePolicy.Exception] {
    var result: [RulePolicy.Exception] = []
    for item in try items(node, "exceptions") {
      var paths: [String] = []
      var rules: [String] = []
      try eachKey(of: item, "an exception", known: ["paths", "rules"]) { (key, value) throws(ConfigurationError) in
        if key == "paths" {
          paths = try texts(value, key)
        } else {
          rules = try ruleNames(value)
        }
      }
      guard !paths.isEmpty else { throw error(item, "an exception needs paths") }
      result.append(.init(paths: paths.map(Glob.init), rules: Set(rules)))
    }
    return result
  }

  private func ruleNames(_ node: Node) throws(ConfigurationError) -> [String] {
    var names: [String] = []
    for item in try items(node, "rules") {
      let name = try text(item, "rules")
      guard Rule.named(name) != nil else {
        let meant = Rule.suggestion(for: name).map { "; did you mean “\($0)”?" }
        throw error(item, "there is no rule “\(name)”\(meant ?? "")")
      }
      names.append(name)
    }
    return names
  }

  private func lexicon(_ node: Node) throws(ConfigurationError) -> [Configuration.TopicWords] {
    guard let mapping = node.mapping else { throw error(node, "lexicon is a map of topics, each with a list of words") }
    var result: [Configuration.TopicWords] = []
    for (key, value) in mapping {
      result.append(.init(title: key.string ?? "", words: try texts(value, key.string ?? "a topic")))
    }
    return result
  }

  private func comparisons(_ node: Node) throws(ConfigurationError) -> [Configuration.PinnedComparison] {
    var result: [Configuration.PinnedComparison] = []
    try eachKey(of: node, "compare", known: ["pinned"]) { (_, value) throws(ConfigurationError) in
      for item in try items(value, "pinned") {
        var title: String?
        var agents: [String]?
        try eachKey(of: item, "a pinned comparison", known: ["title", "agents"]) {
          (key, value) throws(ConfigurationError) in
          if key == "title" { title = try text(value, key) } else { agents = try texts(value, key) }
        }
        guard let agents, agents.count > 1 else { throw error(item, "a pinned comparison needs at least two agents") }
        result.append(.init(title: title ?? agents.joined(separator: ", "), agents: agents))
      }
    }
    return result
  }

  // MARK: Values

  private func eachKey(
    of node: Node, _ what: String, known: [String], _ body: (String, Node) throws(ConfigurationError) -> Void
  ) throws(ConfigurationError) {
    guard let mapping = node.mapping else { throw error(node, "\(what) must be a map of keys and values") }
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard known.contains(name) else {
        let hint =
          Spelling.suggestion(for: name, among: known).map { "did you mean “\($0)”?" }
          ?? "there are: \(known.joined(separator: ", "))"
        throw error(key, "\(what) has no key “\(name)”; \(hint)")
      }
      try body(name, value)
    }
  }

  private func text(_ node: Node, _ key: String) throws(ConfigurationError) -> String {
    guard let text = node.scalar?.string else { throw error(node, "\(key) must be text") }
    return text
  }

  private func flag(_ node: Node, _ key: String) throws(ConfigurationError) -> Bool {
    guard let flag = node.bool else { throw error(node, "\(key) must be on or off") }
    return flag
  }

  private func address(_ node: Node, _ key: String) throws(ConfigurationError) -> String {
    let address = try text(node, key)
    guard BaseURL.isAbsolute(address) else { throw error(node, "\(key) must begin with https:// or http://") }
    return address
  }

  private func texts(_ node: Node, _ key: String) throws(ConfigurationError) -> [String] {
    var result: [String] = []
    for item in try items(node, key) { result.append(try text(item, key)) }
    return result
  }

  /// The items of a list; a scalar is a list of one.
  private func items(_ node: Node, _ key: String) throws(ConfigurationError) -> [Node] {
    if let sequence = node.sequence { return Array(sequence) }
    guard node.scalar != nil else { throw error(node, "\(key) must be a list") }
    return [node]
  }

  private func error(_ node: Node, _ message: String) -> ConfigurationError {
    ConfigurationError(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message)
  }

  private func refusal(_ error: YamlError) -> ConfigurationError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ConfigurationError(file: file, line: mark.line, column: mark.column, message: "this is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      ConfigurationError(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "the key \(keys.sorted().joined(separator: ", ")) stands there twice")
    default: ConfigurationError(file: file, line: 1, column: 1, message: "\(error)")
    }
  }
}

/// The address of a site.
enum BaseURL {
  /// Whether an address is absolute, of the web, and has a host.
  static func isAbsolute(_ address: String) -> Bool {
    address.wholeMatch(of: /https?:\/\/[^\/\s?#"<>]+(\/[^\s?#"<>]*)?/) != nil
  }

  /// The address with a slash at its end.
  static func normalised(_ address: String) -> String { address.hasSuffix("/") ? address : address + "/" }
}
