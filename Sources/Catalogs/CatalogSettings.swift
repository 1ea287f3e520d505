import Agents
import Files
import Rules

/// The settings of a catalog, from `roster.yml` and the command line.
public struct CatalogSettings: Sendable {
  /// The title of the site.
  public var title: String
  /// One or two sentences below the title.
  public var description: String
  /// The future URL of the site, ending with a slash, or nil.
  public var baseURL: String?
  /// Whether the site is at the root of its server, as in a preview.
  public var standsAtRoot = false
  /// The language of the pages, as in HTML's `lang`.
  public var language: String
  /// The web pages of source files; nil to derive them from the remotes of repositories.
  public var sourceURL: SourceURL?
  /// The URL of a commit, with `{revision}` as a placeholder; nil if it is derived from ``sourceURL``.
  public var commitURL: String?
  /// The footer of every page.
  public var footer: String
  /// Taxonomies that are turned off or relabeled.
  public var taxonomies: [Taxonomy.Kind: TaxonomySetting]
  /// The words that indicate topics.
  public var lexicon: Lexicon
  /// Pinned comparisons.
  public var pinned: [Pin]
  /// The decisions about similar agents.
  public var decisions: [Decision] = []
  /// Owners of files. They override the owners in the files.
  public var owners: [OwnerChoice] = []
  /// Lifecycles of items. They override the lifecycles in the files.
  public var lifecycles: [LifecycleChoice] = []
  /// Today's date as `2027-01-31`, for findings about expired dates; nil if nothing may depend on the date.
  public var today: String?
  /// The team's rule settings.
  public var policy = RulePolicy()
  /// The company policy; nil if there is none.
  public var companyPolicy: CompanyPolicy?
  /// The minimum share of common runs of words of near-duplicates; more than 1 turns the search off.
  public var likenessThreshold = 0.5
  /// How many versions of each file can be compared; 0 for none.
  public var historyTexts = 0
  /// The kinds of items in the catalog.
  public var kinds = Set(ItemKind.allCases)
  /// The facts about runtimes.
  public var runtimes = Runtimes.builtIn

  /// The settings of a taxonomy.
  public struct TaxonomySetting: Sendable {
    /// Whether the taxonomy is shown.
    public var isOn: Bool
    /// The heading, or nil for the default.
    public var label: String?

    /// Creates a setting.
    public init(isOn: Bool = true, label: String? = nil) {
      self.isOn = isOn
      self.label = label
    }
  }

  /// A pinned comparison.
  public struct Pin: Sendable {
    /// The heading.
    public var title: String
    /// The names, slugs or paths of the agents.
    public var agents: [String]

    /// Creates a pinned comparison.
    public init(title: String, agents: [String]) {
      self.title = title
      self.agents = agents
    }
  }

  /// Creates settings. The defaults are those without a `roster.yml`.
  public init(
    title: String = "Agents", description: String = "", baseURL: String? = nil, language: String = "en",
    sourceURL: SourceURL? = nil, footer: String = "", taxonomies: [Taxonomy.Kind: TaxonomySetting] = [:],
    lexicon: Lexicon = Lexicon(topics: Lexicon.builtInTopics), pinned: [Pin] = []
  ) {
    self.title = title
    self.description = description
    self.baseURL = baseURL
    self.language = language
    self.sourceURL = sourceURL
    self.footer = footer
    self.taxonomies = taxonomies
    self.lexicon = lexicon
    self.pinned = pinned
  }
}

extension CatalogSettings {
  /// Adds all settings to a digest.
  public func add(to digester: inout Digester) {
    for text in [title, description, baseURL, language, commitURL, footer] { digester.add(text) }
    digester.add(sourceURL == .off)
    digester.add(sourceURL?.pattern)
    digester.add(standsAtRoot)
    digester.add(kinds.map(\.rawValue).sorted())
    policy.add(to: &digester)
    digester.add(companyPolicy != nil)
    companyPolicy?.add(to: &digester)
    runtimes.add(to: &digester)
    digester.add("\(likenessThreshold)")
    digester.add(historyTexts)
    for kind in Taxonomy.Kind.allCases {
      digester.add(taxonomies[kind].map { $0.isOn ? "on" : "off" })
      digester.add(taxonomies[kind]?.label)
    }
    digester.add(lexicon.topics.count)
    for topic in lexicon.topics {
      digester.add(topic.title)
      digester.add(topic.words)
    }
    digester.add(decisions.count)
    for decision in decisions { decision.add(to: &digester) }
    digester.add(lifecycles.count)
    for choice in lifecycles { choice.add(to: &digester) }
    digester.add(today)
    digester.add(owners.count)
    for choice in owners { choice.add(to: &digester) }
    digester.add(pinned.count)
    for pin in pinned {
      digester.add(pin.title)
      digester.add(pin.agents)
    }
  }
}

extension CatalogSettings {
  /// The settings that the record of a single file depends on. Runs that agree on these can share records.
  public struct ForRecords: Sendable {
    let policy: RulePolicy
    let runtimes: Runtimes
    /// The words of topics; nil if topics are turned off.
    let lexicon: Lexicon?

    /// Adds all settings to a digest.
    public func add(to digester: inout Digester) {
      policy.add(to: &digester)
      runtimes.add(to: &digester)
      digester.add(lexicon != nil)
      for topic in lexicon?.topics ?? [] {
        digester.add(topic.title)
        digester.add(topic.words)
      }
    }
  }

  /// The settings that records depend on.
  public var forRecords: ForRecords {
    ForRecords(policy: policy, runtimes: runtimes, lexicon: taxonomies[.topics]?.isOn ?? true ? lexicon : nil)
  }
}
