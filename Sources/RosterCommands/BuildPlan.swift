import Catalogs
import Files
import Foundation
import Pages
import Scanning

/// `roster build`, as meant: what the command line and `roster.yml` come to together.
struct BuildPlan: Sendable {
  var sources: [SourceRequest]
  var output: String
  var selection: FileSelection
  var theme: String?
  var settings: CatalogSettings
  /// Whether the site is to have a full-text search, if it can.
  var wantsSearch: Bool
  var jobs: Int
  var isVerbose: Bool
  var isQuiet: Bool

  /// Where agents are looked for when nobody says where.
  private static let usualFolders = [
    "Content", ".claude/agents", ".github/agents", ".opencode/agent", ".gemini/agents", "agents",
  ]

  init(_ command: BuildCommand) throws(CommandFailure) {
    let configuration = try Self.configuration(command.config)
    sources = command.sources.map { SourceRequest(path: $0) }
    if sources.isEmpty { sources = configuration.content ?? [] }
    if sources.isEmpty { sources = Self.usualSources() }
    if sources.isEmpty {
      throw .usage(
        "there is nothing to read: name a folder, or put agents into one of \(Self.usualFolders.joined(separator: ", "))"
      )
    }
    output = command.output ?? configuration.output ?? "Output"
    selection = FileSelection(
      include: configuration.include?.map(Glob.init), exclude: configuration.exclude?.map(Glob.init))
    theme = command.theme ?? configuration.theme
    jobs = command.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    wantsSearch = !command.noSearch && configuration.search ?? true
    isVerbose = command.verbose
    isQuiet = command.quiet
    settings = Self.settings(configuration, command)
    if let objection = OutputCheck.objection(to: output, sources: sources.map(\.path)) { throw .usage(objection) }
  }

  private static func settings(_ configuration: Configuration, _ command: BuildCommand) -> CatalogSettings {
    var settings = CatalogSettings()
    settings.title = command.title ?? configuration.title ?? settings.title
    settings.description = configuration.description ?? settings.description
    settings.baseURL = (command.baseURL ?? configuration.baseURL).map(BaseURL.normalised)
    settings.language = configuration.language ?? settings.language
    settings.sourceURL = configuration.sourceURL
    settings.footer = configuration.footer ?? settings.footer
    settings.pinned = configuration.pinned.map { .init(title: $0.title, agents: $0.agents) }
    for (kind, choice) in configuration.taxonomies {
      settings.taxonomies[kind] = .init(isOn: choice.isOn, label: choice.label)
    }
    if let own = configuration.taxonomies[.topics]?.lexicon, !own.isEmpty {
      settings.lexicon = Lexicon(
        topics: Lexicon.builtInTopics + own.map { Lexicon.Topic(title: $0.title, words: $0.words) })
    }
    return settings
  }

  /// Reads the configuration that was named, or `roster.yml` where it is there.
  private static func configuration(_ named: String?) throws(CommandFailure) -> Configuration {
    let path = named ?? "roster.yml"
    if named == nil, Disk.kind(path) == nil { return Configuration() }
    switch Disk.read(path) {
    case .failure(let failure): throw .usage(failure.description)
    case .success(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .usage("\(path): this is not UTF-8") }
      do {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return try ConfigurationReader.read(text, file: path).paths(from: folder)
      } catch {
        throw .usage(error.description)
      }
    }
  }

  private static func usualSources() -> [SourceRequest] {
    var found = usualFolders.filter { Disk.kind($0) == .folder }
    let plugins = (try? FileManager.default.contentsOfDirectory(atPath: "plugins")) ?? []
    found += plugins.sorted().map { "plugins/\($0)/agents" }.filter { Disk.kind($0) == .folder }
    // Content is meant for this and nothing else; the others may stand side by side.
    if found.first == "Content" { found = ["Content"] }
    return found.map { path in
      let plugin = path.hasPrefix("plugins/") ? String(path.split(separator: "/")[1]) : nil
      return SourceRequest(path: path, name: plugin)
    }
  }
}
