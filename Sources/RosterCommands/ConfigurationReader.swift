import Agents
import Catalogs
import Files
import Rules
import Scanning
import Text
import Yams

/// Reads `roster.yml`. Every key is optional. An unknown key is an error with a suggestion.
struct ConfigurationReader {
  let file: SettingsReader

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - file: The path, for messages.
  static func read(_ text: String, file: String) throws(SettingsError) -> Configuration {
    let settings = SettingsReader(file: file)
    guard let node = try settings.content(of: text) else { return Configuration() }
    return try ConfigurationReader(file: settings).configuration(node)
  }

  private func configuration(_ node: Node) throws(SettingsError) -> Configuration {
    var result = Configuration()
    try file.eachKey(
      of: node, "the file",
      known: ConfigurationKey.all.map(\.name)
    ) { (key, value) throws(SettingsError) in
      switch key {
      case "title": result.title = try file.text(value, key)
      case "description": result.description = try file.text(value, key)
      case "base-url": result.baseURL = try address(value, key)
      case "language": result.language = try file.text(value, key)
      case "content": try sources(value, into: &result)
      case "include": result.include = try file.texts(value, key)
      case "exclude": result.exclude = try file.texts(value, key)
      case "kinds": result.kinds = try Self.kinds(value, file)
      case "output": result.output = try file.text(value, key)
      case "theme": result.theme = try file.text(value, key)
      case "runtimes": result.runtimes = try file.text(value, key)
      case "source-url": result.sourceURL = try sourceURL(value, key)
      case "commit-url":
        let address = try address(value, key, isPattern: true)
        guard address.contains("{revision}") else {
          throw file.error(value, "commit-url must contain {revision}, the place of the commit's hash")
        }
        result.commitURL = address
      case "footer": result.footer = try file.text(value, key)
      case "search": result.search = try file.flag(value, key)
      case "history": result.history = try file.flag(value, key)
      case "history-texts": result.historyTexts = try versions(value, key)
      case "taxonomies": result.taxonomies = try taxonomies(value)
      case "lifecycle": result.lifecycles = try lifecycles(value)
      case "owners": result.owners = try owners(value)
      case "rules": result.policy.choices = try choices(value)
      case "exceptions": result.policy.exceptions = try exceptions(value)
      default: try comparisons(value, into: &result)
      }
    }
    return result
  }

  /// Parses a list of item kinds.
  static func kinds(_ node: Node, _ file: SettingsReader) throws(SettingsError) -> [ItemKind] {
    let kinds = try file.items(node, "kinds").map { (item) throws(SettingsError) -> ItemKind in
      let name = try file.text(item, "kinds")
      guard let kind = ItemKind.allCases.first(where: { [$0.plural, $0.noun].contains(name) }) else {
        throw file.error(item, "kinds can be \(ItemKind.allCases.map(\.plural).joined(separator: ", "))")
      }
      return kind
    }
    if kinds.isEmpty { throw file.error(node, "kinds must name at least one kind") }
    return kinds
  }

  private func taxonomies(_ node: Node) throws(SettingsError) -> [Taxonomy.Kind: Configuration.TaxonomyChoice] {
    var result: [Taxonomy.Kind: Configuration.TaxonomyChoice] = [:]
    try file.eachKey(of: node, "taxonomies", known: Taxonomy.Kind.allCases.map(\.rawValue)) {
      (key, value) throws(SettingsError) in
      guard let kind = Taxonomy.Kind(rawValue: key) else { return }
      var choice = Configuration.TaxonomyChoice()
      if value.scalar != nil {
        choice.isOn = try file.flag(value, key)
      } else {
        let known = kind == .topics ? ["label", "lexicon"] : ["label"]
        try file.eachKey(of: value, key, known: known) { (inner, innerValue) throws(SettingsError) in
          if inner == "label" {
            choice.label = try file.text(innerValue, inner)
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

  private func choices(_ node: Node) throws(SettingsError) -> [String: RulePolicy.Choice] {
    var result: [String: RulePolicy.Choice] = [:]
    try file.eachKey(of: node, "rules", known: Rule.all.map(\.id)) { (key, value) throws(SettingsError) in
      if value.flag == false {
        result[key] = .off
      } else if let severity = value.scalar.flatMap({ Finding.Severity(rawValue: $0.string) }) {
        result[key] = .severity(severity)
      } else {
        throw file.error(value, "\(key) must be off, note, warning or error")
      }
    }
    return result
  }

  private func exceptions(_ node: Node) throws(SettingsError) -> [RulePolicy.Exception] {
    var result: [RulePolicy.Exception] = []
    for item in try file.items(node, "exceptions") {
      var paths: [String] = []
      var rules: [String] = []
      try file.eachKey(of: item, "an exception", known: ["paths", "rules"]) { (key, value) throws(SettingsError) in
        if key == "paths" {
          paths = try file.texts(value, key)
        } else {
          rules = try ruleNames(value)
        }
      }
      guard !paths.isEmpty else { throw file.error(item, "an exception needs paths") }
      result.append(.init(paths: paths.map(Glob.init), rules: Set(rules)))
    }
    return result
  }

  private func lifecycles(_ node: Node) throws(SettingsError) -> [LifecycleChoice] {
    var result: [LifecycleChoice] = []
    for item in try file.items(node, "lifecycle") {
      var items: [String] = []
      var lifecycle = Lifecycle()
      try file.eachKey(of: item, "an entry", known: ["items", "status", "replaced-by", "sunset", "review-by"]) {
        (key, value) throws(SettingsError) in
        switch key {
        case "items": items = try file.texts(value, key)
        case "status": lifecycle.status = try file.choice(value, key)
        case "replaced-by": lifecycle.replacedBy = try file.text(value, key)
        default:
          let day = try file.text(value, key)
          guard Lifecycle.isDay(day) else { throw file.error(value, "\(key) must be a day such as 2027-01-31") }
          if key == "sunset" { lifecycle.sunset = day } else { lifecycle.reviewBy = day }
        }
      }
      guard !items.isEmpty else { throw file.error(item, "an entry needs items") }
      result.append(LifecycleChoice(items: items, lifecycle: lifecycle))
    }
    return result
  }

  private func owners(_ node: Node) throws(SettingsError) -> [OwnerChoice] {
    var result: [OwnerChoice] = []
    for item in try file.items(node, "owners") {
      var paths: [String] = []
      var owners: [String]?
      try file.eachKey(of: item, "an owner", known: ["paths", "owners"]) { (key, value) throws(SettingsError) in
        let texts = try file.texts(value, key)
        if key == "paths" { paths = texts } else { owners = texts }
      }
      guard !paths.isEmpty, let owners else { throw file.error(item, "an entry needs paths and owners") }
      result.append(OwnerChoice(paths: paths.map(Glob.init), owners: owners))
    }
    return result
  }

  private func ruleNames(_ node: Node) throws(SettingsError) -> [String] {
    var names: [String] = []
    for item in try file.items(node, "rules") {
      let name = try file.text(item, "rules")
      guard Rule.named(name) != nil else {
        let meant = Rule.suggestion(for: name).map { "; did you mean “\($0)”?" }
        throw file.error(item, "unknown rule “\(name)”\(meant ?? "")")
      }
      names.append(name)
    }
    return names
  }

  private func lexicon(_ node: Node) throws(SettingsError) -> [Configuration.TopicWords] {
    guard let mapping = node.mapping else {
      throw file.error(node, "lexicon must be a map from topics to lists of words")
    }
    var result: [Configuration.TopicWords] = []
    for (key, value) in mapping {
      result.append(.init(title: key.string ?? "", words: try file.texts(value, key.string ?? "a topic")))
    }
    return result
  }

  /// How many versions of each item can be compared.
  private func versions(_ node: Node, _ key: String) throws(SettingsError) -> Int {
    guard let number = node.int, (0...100).contains(number) else {
      throw file.error(node, "\(key) must be a whole number from 0 to 100")
    }
    return number
  }

  // MARK: Values

  /// Parses the URL of source files, or `off`.
  func sourceURL(_ node: Node, _ key: String) throws(SettingsError) -> SourceURL {
    node.flag == false ? .off : .pattern(try address(node, key, isPattern: true))
  }

  private func address(_ node: Node, _ key: String, isPattern: Bool = false) throws(SettingsError) -> String {
    let address = try file.text(node, key)
    // The placeholder of a URL pattern may be part of a query.
    guard BaseURL.isAbsolute(isPattern ? String(address.prefix { !"?#".contains($0) }) : address) else {
      throw file.error(node, "\(key) must start with https:// or http://")
    }
    guard !BaseURL.hasUser(address) else {
      throw file.error(node, "\(key) is published, so it must hold no user name or password")
    }
    return address
  }
}
