import Agents
import Catalogs
import Files
import Rules
import Scanning

/// The content of `roster.yml`, by key; nil for missing keys.
struct Configuration: Equatable, Sendable {
  var title: String?
  var description: String?
  var baseURL: String?
  var language: String?
  /// Folders and files to read.
  var content: [SourceRequest]?
  /// Repositories to read.
  var repositories: [GitSource] = []
  var include: [String]?
  var exclude: [String]?
  var output: String?
  var theme: String?
  var runtimes: String?
  var sourceURL: SourceURL?
  var commitURL: String?
  var footer: String?
  var search: Bool?
  /// Whether pages show when files were added and changed, and by whom.
  var history: Bool?
  /// How many versions of each item can be compared.
  var historyTexts: Int?
  var taxonomies: [Taxonomy.Kind: TaxonomyChoice] = [:]
  var pinned: [PinnedComparison] = []
  var kinds: [ItemKind]?
  var likenessThreshold: Double?
  var decisions: [Decision] = []
  var owners: [OwnerChoice] = []
  var lifecycles: [LifecycleChoice] = []
  var policy = RulePolicy()

  /// Returns the configuration with its paths resolved relative to its folder.
  ///
  /// - Parameter folder: Empty, or a path with a trailing slash.
  func paths(from folder: String) -> Configuration {
    func path(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }
    var result = self
    result.content = content?.map {
      SourceRequest(path: path($0.path), name: $0.name, key: $0.key, sourceURL: $0.sourceURL)
    }
    result.output = output.map(path)
    result.theme = theme.map(path)
    result.runtimes = runtimes.map(path)
    return result
  }

  /// The settings of a taxonomy.
  struct TaxonomyChoice: Equatable, Sendable {
    var isOn = true
    var label: String?
    /// Topics to add to the built-in ones: titles with their words. Used only for `topics`.
    var lexicon: [TopicWords] = []
  }

  struct TopicWords: Equatable, Sendable {
    var title: String
    var words: [String]
  }

  struct PinnedComparison: Equatable, Sendable {
    var title: String
    var agents: [String]
  }
}
