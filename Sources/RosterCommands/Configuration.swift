import Agents
import Catalogs
import Rules
import Scanning

/// What `roster.yml` says, key by key; nil where it says nothing.
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
  var sourceURL: String?
  var commitURL: String?
  var footer: String?
  var search: Bool?
  /// Whether pages say when files came, when they were changed, and by whom.
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

  /// The same configuration with its paths taken from the folder that it lies in.
  ///
  /// - Parameter folder: empty, or a path with a slash at its end.
  func paths(from folder: String) -> Configuration {
    func path(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }
    var result = self
    result.content = content?.map { SourceRequest(path: path($0.path), name: $0.name, key: $0.key) }
    result.output = output.map(path)
    result.theme = theme.map(path)
    result.runtimes = runtimes.map(path)
    return result
  }

  /// What is said of a taxonomy.
  struct TaxonomyChoice: Equatable, Sendable {
    var isOn = true
    var label: String?
    /// Topics to add to the built-in ones: titles with their words. Only of `topics`.
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
