import Foundation

/// Settings out of the environment, for pipelines: over `roster.yml`, under the command line.
enum EnvironmentSettings {
  /// What can be set, with what each stands for.
  static let variables: [(name: String, meaning: String)] = [
    ("ROSTER_CONFIG", "the configuration file, as --config"),
    ("ROSTER_OUTPUT", "where the site goes, as output in roster.yml"),
    ("ROSTER_CACHE", "the folder for caches, as --cache"),
    ("ROSTER_BASE_URL", "where the site will stand, as base-url"),
    ("ROSTER_TITLE", "the title of the catalog, as title"),
    ("ROSTER_DESCRIPTION", "a sentence below it, as description"),
    ("ROSTER_LANGUAGE", "the language of the pages, as language"),
    ("ROSTER_FOOTER", "a line at the foot of each, as footer"),
    ("ROSTER_THEME", "a theme laid over the built-in one, as theme"),
    ("ROSTER_SOURCE_URL", "where sources can be looked at, as source-url"),
    ("ROSTER_COMMIT_URL", "where commits can be looked at, as commit-url"),
    ("ROSTER_SEARCH", "on or off, as search"),
    ("ROSTER_HISTORY", "on or off, as history"),
    ("ROSTER_JOBS", "how many tasks work at the same time, as --jobs"),
  ]

  /// The value of a variable; nil where it is not set, or empty.
  static func value(_ name: String, in environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Lays what is set over a configuration.
  static func overlaid(
    _ configuration: Configuration, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(CommandFailure) -> Configuration {
    var result = configuration
    func text(_ name: String) -> String? { value(name, in: environment) }
    result.output = text("ROSTER_OUTPUT") ?? result.output
    result.title = text("ROSTER_TITLE") ?? result.title
    result.description = text("ROSTER_DESCRIPTION") ?? result.description
    result.language = text("ROSTER_LANGUAGE") ?? result.language
    result.footer = text("ROSTER_FOOTER") ?? result.footer
    result.theme = text("ROSTER_THEME") ?? result.theme
    result.baseURL = try address("ROSTER_BASE_URL", environment) ?? result.baseURL
    result.sourceURL = try address("ROSTER_SOURCE_URL", environment, isPattern: true) ?? result.sourceURL
    result.commitURL = try address("ROSTER_COMMIT_URL", environment, isPattern: true) ?? result.commitURL
    if let commits = result.commitURL, !commits.contains("{revision}") {
      throw .usage("ROSTER_COMMIT_URL must have {revision} where the name of the commit is to stand: \(commits)")
    }
    result.search = try flag("ROSTER_SEARCH", environment) ?? result.search
    result.history = try flag("ROSTER_HISTORY", environment) ?? result.history
    return result
  }

  /// How many tasks are to work at the same time, or nil where nobody says.
  static func jobs(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws(CommandFailure) -> Int?
  {
    guard let text = value("ROSTER_JOBS", in: environment) else { return nil }
    guard let jobs = Int(text), jobs > 0 else { throw .usage("ROSTER_JOBS must be a number from 1 on: \(text)") }
    return jobs
  }

  private static func address(
    _ name: String, _ environment: [String: String], isPattern: Bool = false
  ) throws(CommandFailure) -> String? {
    guard let text = value(name, in: environment) else { return nil }
    guard BaseURL.isAbsolute(isPattern ? String(text.prefix { !"?#".contains($0) }) : text) else {
      throw .usage("\(name) must begin with https:// or http://: \(text)")
    }
    return text
  }

  private static func flag(_ name: String, _ environment: [String: String]) throws(CommandFailure) -> Bool? {
    switch value(name, in: environment)?.lowercased() {
    case nil: return nil
    case "on", "yes", "true", "1": return true
    case "off", "no", "false", "0": return false
    case let other?: throw .usage("\(name) must be on or off: \(other)")
    }
  }
}
