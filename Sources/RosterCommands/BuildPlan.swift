import Agents
import Catalogs
import Files
import Foundation
import Pages
import Scanning
import Text

/// The settings of a build, combined from the command line and `roster.yml`.
struct BuildPlan: Sendable {
  /// The configuration file, which may not exist.
  var configurationFile: String
  var sources: [SourceRequest]
  /// Repositories in the configuration; empty if the command line names sources.
  var repositories: [GitSource]
  /// The local copies of the repositories.
  var copies = RepositoryCopies()
  var output: String
  /// The location of the cache.
  var cache: CacheLocation
  var selection: FileSelection
  var theme: String?
  /// A file that overrides the built-in runtime facts.
  var runtimesFile: String?
  var settings: CatalogSettings
  /// Whether the site has a search.
  var wantsSearch: Bool
  /// Whether pages show the git history of files.
  var wantsHistory: Bool
  var jobs: Int
  var isVerbose: Bool
  var isQuiet: Bool
  /// The file for the work report.
  var workReport: String?
  /// The time of scans, in nanoseconds since 1970; nil for the current time. Tests set it instead of waiting.
  var scanTime: Int?

  /// Creates a plan for `roster build`.
  init(_ command: BuildCommand) throws(CommandFailure) {
    let configuration = try Self.configuration(command.catalog.source.config)
    try self.init(
      command.catalog.source, command.catalog, configuration, output: command.output ?? configuration.output ?? "Output"
    )
    settings.baseURL = (command.baseURL ?? configuration.baseURL).map(BaseURL.normalised)
    wantsSearch = !command.noSearch && configuration.search ?? true
    isVerbose = command.verbose
    isQuiet = command.quiet
    workReport = command.report
    if let objection = OutputCheck.objection(to: output, sources: sources.map(\.path)) { throw .usage(objection) }
  }

  /// Creates a plan for `roster serve`, whose site has no URL of its own.
  init(_ command: ServeCommand, output: String) throws(CommandFailure) {
    let configuration = try Self.configuration(command.catalog.source.config)
    try self.init(command.catalog.source, command.catalog, configuration, output: output)
    // The preview uses the same cache as the next build.
    cache = CacheLocation(of: configuration.output ?? "Output", in: command.catalog.source.cache)
    settings.standsAtRoot = true
    wantsSearch = configuration.search ?? true
  }

  /// Creates a plan for commands that build no site, such as `roster check` and `roster stats`. The output of an
  /// earlier build still isn't a source.
  init(reading source: SourceOptions) throws(CommandFailure) {
    let configuration = try Self.configuration(source.config)
    try self.init(source, nil, configuration, output: configuration.output ?? "Output")
    settings.today = Approving.today()
  }

  /// Returns the configuration file, which may not exist.
  static func configurationFile(_ named: String?) -> String {
    named ?? EnvironmentSettings.value("ROSTER_CONFIG") ?? usualConfiguration
  }

  /// Returns the output folder, given only the configuration.
  static func output(config: String?) throws(CommandFailure) -> String { try configuration(config).output ?? "Output" }

  /// Creates a plan for `roster review`, whose sources may exist in only one of the two states.
  ///
  /// - Parameter base: The configuration of the base; nil to use the current configuration.
  init(reviewing command: ReviewCommand, sources: [String], by base: BaseConfiguration?) throws(CommandFailure) {
    var configuration = try Self.configuration(command.config)
    if let base { configuration = configuration.judging(by: base.configuration) }
    let reading = Reading(
      sources: sources, config: command.config, cache: command.cache, jobs: command.jobs, policy: command.policy)
    try self.init(reading, nil, configuration, output: command.output, runtimes: base?.runtimes)
    theme = command.theme ?? configuration.theme
    if let title = command.title { settings.title = title }
    if let objection = OutputCheck.objection(to: output, sources: self.sources.map(\.path)) { throw .usage(objection) }
  }

  /// Creates a plan for `roster compare` and `roster approve`. It reads the named files, and the sources in which
  /// names are looked up.
  ///
  /// - Parameter folders: The sources for names, empty for the default sources; nil if only files are named.
  init(naming files: [String], from folders: [String]?, config: String?) throws(CommandFailure) {
    let configuration = try Self.configuration(config)
    let reading = Reading(sources: folders ?? files, config: config, cache: nil, jobs: nil)
    try self.init(reading, nil, configuration, output: configuration.output ?? "Output")
    if folders != nil { sources = Self.published(sources + files.map { SourceRequest(path: $0) }, settings.runtimes) }
  }

  /// The reading options of a command line.
  private struct Reading {
    let sources: [String]
    let config: String?
    let cache: String?
    let jobs: Int?
    var policy: String?
  }

  private init(
    _ source: SourceOptions, _ look: CatalogOptions?, _ configuration: Configuration, output: String
  ) throws(CommandFailure) {
    let reading = Reading(
      sources: source.sources, config: source.config, cache: source.cache, jobs: source.jobs, policy: source.policy)
    try self.init(reading, look, configuration, output: output)
  }

  private init(
    _ source: Reading, _ look: CatalogOptions?, _ configuration: Configuration, output: String,
    runtimes: Runtimes? = nil
  ) throws(CommandFailure) {
    sources = source.sources.map { SourceRequest(path: $0) }
    repositories = sources.isEmpty ? configuration.repositories : []
    if sources.isEmpty { sources = configuration.content ?? [] }
    var runtimes = runtimes
    if runtimes == nil { runtimes = try configuration.runtimes.map(Self.runtimes) }
    let known = runtimes ?? .builtIn
    if sources.isEmpty, repositories.isEmpty { sources = try Self.usualSources(known) }
    sources = Self.published(sources, known)
    self.output = output
    cache = CacheLocation(of: output, in: source.cache)
    configurationFile = Self.configurationFile(source.config)
    selection = FileSelection(
      include: configuration.include?.map(Glob.init), exclude: configuration.exclude?.map(Glob.init) ?? [],
      hiddenFolders: known.searchedFolders, pluginManifests: known.pluginManifests,
      placed: known.dataPlaces.map { FileSelection.Placed(pattern: $0.pattern, manifest: $0.manifest) },
      outside: known.outsidePatterns.map { FileSelection.Placed(pattern: $0) },
      including: known.inclusions.map { FileSelection.Including(place: $0.place, pattern: $0.pattern) })
    theme = look?.theme ?? configuration.theme
    let usualJobs = try EnvironmentSettings.jobs()
    jobs = source.jobs ?? usualJobs ?? ProcessInfo.processInfo.activeProcessorCount
    wantsSearch = false
    wantsHistory = configuration.history ?? true
    isVerbose = false
    isQuiet = false
    settings = Self.settings(configuration, title: look?.title)
    settings.historyTexts = wantsHistory ? configuration.historyTexts ?? Self.usualHistoryTexts : 0
    runtimesFile = configuration.runtimes
    settings.runtimes = known
    if let place = source.policy {
      let policy = try PolicyReading.policy(at: place)
      settings.companyPolicy = policy
      settings.policy.floors = policy.floors
    }
  }

  /// How many versions of each file can be compared if nothing else is configured.
  private static let usualHistoryTexts = 10

  private static func published(_ sources: [SourceRequest], _ runtimes: Runtimes) -> [SourceRequest] {
    SourceRequest.published(
      sources, home: ProcessInfo.processInfo.environment["HOME"], deciding: runtimes.decidingFolders)
  }

  private static func settings(_ configuration: Configuration, title: String?) -> CatalogSettings {
    var settings = CatalogSettings()
    settings.title = title ?? configuration.title ?? settings.title
    settings.description = configuration.description ?? settings.description
    settings.language = configuration.language ?? settings.language
    settings.sourceURL = configuration.sourceURL
    settings.commitURL = configuration.commitURL
    settings.footer = configuration.footer ?? settings.footer
    settings.pinned = configuration.pinned.map { .init(title: $0.title, agents: $0.agents) }
    settings.decisions = configuration.decisions
    settings.owners = configuration.owners
    settings.lifecycles = configuration.lifecycles
    settings.policy = configuration.policy
    settings.kinds = configuration.kinds.map { Set($0) } ?? settings.kinds
    settings.likenessThreshold = configuration.likenessThreshold ?? settings.likenessThreshold
    for (kind, choice) in configuration.taxonomies {
      settings.taxonomies[kind] = .init(isOn: choice.isOn, label: choice.label)
    }
    if let own = configuration.taxonomies[.topics]?.lexicon, !own.isEmpty {
      settings.lexicon = Lexicon(
        topics: Lexicon.builtInTopics + own.map { Lexicon.Topic(title: $0.title, words: $0.words) })
    }
    return settings
  }

  /// Reads the named configuration, or `roster.yml` if it exists.
  private static func configuration(_ named: String?) throws(CommandFailure) -> Configuration {
    try EnvironmentSettings.overlaid(file(named ?? EnvironmentSettings.value("ROSTER_CONFIG")))
  }

  private static func file(_ named: String?) throws(CommandFailure) -> Configuration {
    let path = named ?? usualConfiguration
    if named == nil, Disk.kind(path) == nil { return Configuration() }
    let folder = path.lastSlash.map { String(path[...$0]) } ?? ""
    let text = try text(of: path)
    do throws(SettingsError) {
      return try ConfigurationReader.read(text, file: path).paths(from: folder)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Returns the runtime facts, including those from `roster.yml`.
  static func runtimes(config: String?) throws(CommandFailure) -> Runtimes {
    try configuration(config).runtimes.map(runtimes) ?? .builtIn
  }

  private static func runtimes(_ path: String) throws(CommandFailure) -> Runtimes {
    let text = try text(of: path)
    do throws(SettingsError) {
      return try Runtimes.builtIn.overlaid(by: text, file: path)
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func text(of path: String) throws(CommandFailure) -> String {
    switch Disk.read(path) {
    case .failure(let failure): throw .usage(failure.description)
    case .success(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .usage("\(path): the file is not valid UTF-8")
      }
      return text
    }
  }

  private static let usualConfiguration = "roster.yml"

  /// Returns the default sources: the current folder.
  ///
  /// In a home folder or at the top of a file system, only the folders of runtimes are read, because most files there
  /// aren't agents.
  private static func usualSources(_ runtimes: Runtimes) throws(CommandFailure) -> [SourceRequest] {
    let home = ProcessInfo.processInfo.environment["HOME"].flatMap(Disk.realPath)
    guard let folder = Disk.realPath("."), folder == "/" || folder == home else { return [SourceRequest(path: ".")] }
    let found = runtimes.agentFolders.filter { Disk.kind($0) == .folder }
    guard found.isEmpty else { return found.map { SourceRequest(path: $0) } }
    throw .failed(
      "no agents found: in a home folder, only \(runtimes.agentFolders.joined(separator: ", ")) are read by "
        + "default; name a folder")
  }
}
