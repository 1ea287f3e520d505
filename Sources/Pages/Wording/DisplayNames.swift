import Catalogs

/// Display names for machine-made names: `github__awesome-copilot` becomes “awesome-copilot”, `language-specialists`
/// becomes “Language specialists”.
///
/// The original name is still used in addresses, in data, and in link titles.
struct DisplayNames: Sendable {
  private let collections: [String: String]

  /// Creates the names for the collections of a catalog.
  init(_ catalog: Catalog) { self.init(collections: catalog.collections.map(\.name)) }

  init(collections names: [String]) {
    let parts = names.map { ($0, Self.repository($0)) }
    let counts = Dictionary(parts.compactMap { $1.map { ($0.name.lowercased(), 1) } }, uniquingKeysWith: +)
    let others = Set(parts.filter { $0.1 == nil }.map { $0.0.lowercased() })
    collections = Dictionary(
      parts.compactMap { name, repository in
        guard let repository else { return nil }
        let key = repository.name.lowercased()
        let isPlain = Self.plainWords.contains(key) || counts[key] != 1 || others.contains(key)
        return (name, isPlain ? "\(repository.owner)/\(repository.name)" : repository.name)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the display name of a term.
  func title(of name: String, _ kind: Taxonomy.Kind) -> String {
    switch kind {
    case .collections: collection(name)
    case .categories: Self.category(name)
    case .reach where name == "Has tools of unknown effect": "Has unrecognized tools"
    default: name
    }
  }

  /// Returns the display name of a collection. For a folder named `owner__repository` it is the repository, with the
  /// owner if the repository name alone is generic or ambiguous.
  func collection(_ name: String) -> String { collections[name] ?? name }

  /// Returns a category in words, if its name consists of lowercase letters, digits, hyphens and underscores.
  static func category(_ name: String) -> String {
    guard !name.isEmpty, name.utf8.allSatisfy({ isSmall($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
    else { return name }
    let words = name.split { $0 == "-" || $0 == "_" }.map { written[String($0)] ?? spelled(String($0)) }
    guard let first = words.first else { return name }
    let isWord = first.utf8.allSatisfy(isSmall)
    let beginning = isWord && !names.contains(first) ? first.prefix(1).uppercased() + first.dropFirst() : first
    return ([beginning] + words.dropFirst()).joined(separator: " ")
  }

  private static func isSmall(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Returns a word, in uppercase if it has no vowels, because it is probably an abbreviation.
  private static func spelled(_ word: String) -> String {
    (2...4).contains(word.utf8.count) && word.allSatisfy({ $0.isLetter && !"aeiouy".contains($0) })
      ? word.uppercased() : word
  }

  private static func repository(_ name: String) -> (owner: String, name: String)? {
    guard let mark = name.firstRange(of: "__"), mark.lowerBound > name.startIndex, mark.upperBound < name.endIndex
    else { return nil }
    return (String(name[..<mark.lowerBound]), String(name[mark.upperBound...]))
  }

  /// Generic repository names.
  private static let plainWords: Set<String> = [
    "agents", "subagents", "skills", "commands", "prompts", "plugins", "claude", "claude-code", "dotfiles", "config",
    "workflows", "ai", "main",
  ]
  /// Names that start with a lowercase letter.
  private static let names: Set<String> = ["iOS", "npm"]
  private static let written = [
    "ai": "AI", "api": "API", "apis": "APIs", "aws": "AWS", "cd": "CD", "ci": "CI", "cicd": "CI/CD", "cli": "CLI",
    "devops": "DevOps", "devsecops": "DevSecOps", "erp": "ERP", "etl": "ETL", "github": "GitHub", "gitlab": "GitLab",
    "graphql": "GraphQL", "iac": "IaC", "ide": "IDE", "ios": "iOS", "iot": "IoT", "javascript": "JavaScript",
    "llm": "LLM", "llms": "LLMs", "mlops": "MLOps", "npm": "npm", "php": "PHP", "qa": "QA", "saas": "SaaS",
    "sdlc": "SDLC", "seo": "SEO", "sre": "SRE", "typescript": "TypeScript", "ui": "UI", "ux": "UX",
  ]
}
