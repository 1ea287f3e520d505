import Foundation

/// Settings from environment variables, for pipelines. They override `roster.yml`; the command line overrides them.
enum EnvironmentSettings {
  /// The variables, with their meanings.
  static let variables: [(name: String, meaning: String)] = [
    ("ROSTER_CONFIG", "the configuration file, like --config"),
    ("ROSTER_OUTPUT", "the output folder, like output in roster.yml"),
    ("ROSTER_CACHE", "the cache folder, like --cache"),
    ("ROSTER_BASE_URL", "the URL of the published site, like base-url"),
    ("ROSTER_TITLE", "the title, like title"),
    ("ROSTER_DESCRIPTION", "the sentence below the title, like description"),
    ("ROSTER_LANGUAGE", "the language of the pages, like language"),
    ("ROSTER_FOOTER", "the line at the bottom of each page, like footer"),
    ("ROSTER_THEME", "the theme folder, like theme"),
    ("ROSTER_SOURCE_URL", "the URL of source files, or off, like source-url"),
    ("ROSTER_COMMIT_URL", "the URL of commits, like commit-url"),
    ("ROSTER_SEARCH", "on or off, like search"),
    ("ROSTER_HISTORY", "on or off, like history"),
    ("ROSTER_JOBS", "the number of parallel tasks, like --jobs"),
  ]

  /// Returns the value of a variable; nil if it is unset or empty.
  static func value(_ name: String, in environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Overrides a configuration with the variables that are set.
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
    result.sourceURL =
      text("ROSTER_SOURCE_URL")?.lowercased() == "off"
      ? .off : try address("ROSTER_SOURCE_URL", environment, isPattern: true).map { .pattern($0) } ?? result.sourceURL
    result.commitURL = try address("ROSTER_COMMIT_URL", environment, isPattern: true) ?? result.commitURL
    if let commits = result.commitURL, !commits.contains("{revision}") {
      throw .usage("ROSTER_COMMIT_URL must contain {revision}, the place of the commit's hash: \(commits)")
    }
    result.search = try flag("ROSTER_SEARCH", environment) ?? result.search
    result.history = try flag("ROSTER_HISTORY", environment) ?? result.history
    return result
  }

  /// Returns the number of concurrent tasks, or nil if unset.
  static func jobs(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws(CommandFailure) -> Int?
  {
    guard let text = value("ROSTER_JOBS", in: environment) else { return nil }
    guard let jobs = Int(text), jobs > 0 else { throw .usage("ROSTER_JOBS must be a number of at least 1: \(text)") }
    return jobs
  }

  private static func address(
    _ name: String, _ environment: [String: String], isPattern: Bool = false
  ) throws(CommandFailure) -> String? {
    guard let text = value(name, in: environment) else { return nil }
    guard BaseURL.isAbsolute(isPattern ? String(text.prefix { !"?#".contains($0) }) : text) else {
      throw .usage("\(name) must start with https:// or http://: \(text)")
    }
    guard !BaseURL.hasUser(text) else {
      throw .usage("\(name) is published, so it must hold no user name or password")
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
