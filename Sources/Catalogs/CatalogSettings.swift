import Agents
import Files
import Rules

/// What `roster.yml` and the command line say of a catalog.
public struct CatalogSettings: Sendable {
  /// The title of the site.
  public var title: String
  /// A sentence or two below it.
  public var description: String
  /// Where the site will stand, with a slash at its end, or nil.
  public var baseURL: String?
  /// Whether the site is known to stand at the root of its server, as a preview does.
  public var standsAtRoot = false
  /// The language of the pages, as in HTML's `lang`.
  public var language: String
  /// Where the sources can be looked at, `{path}` standing for the path of a file, or nil.
  public var sourceURL: String?
  /// Where a commit can be looked at, `{revision}` standing for its name, or nil where ``sourceURL`` is to tell.
  public var commitURL: String?
  /// A line at the foot of every page.
  public var footer: String
  /// Taxonomies that are switched off or called otherwise.
  public var taxonomies: [Taxonomy.Kind: TaxonomySetting]
  /// The words that tell what an agent is about.
  public var lexicon: Lexicon
  /// Agents to be compared, whatever their names.
  public var pinned: [Pin]
  /// What was decided about agents that are alike.
  public var decisions: [Decision] = []
  /// Who owns files, whatever they say themselves.
  public var owners: [OwnerChoice] = []
  /// Lifecycles of items; they override those in the files.
  public var lifecycles: [LifecycleChoice] = []
  /// Today, as `2027-01-31`, for findings about days that have passed; nil where nothing may depend on the day.
  public var today: String?
  /// What was decided about rules.
  public var policy = RulePolicy()
  /// What the company demands of items; nil for nothing.
  public var companyPolicy: CompanyPolicy?
  /// From which share of runs of words in common two prompts are nearly the same; more than 1 looks for none.
  public var likenessThreshold = 0.5
  /// How many versions of each file can be compared; 0 for none.
  public var historyTexts = 0
  /// The kinds of items that the catalog holds.
  public var kinds = Set(ItemKind.allCases)
  /// What is known of the runtimes that agents are written for.
  public var runtimes = Runtimes.builtIn

  /// How a taxonomy is shown.
  public struct TaxonomySetting: Sendable {
    /// Whether there is such a taxonomy.
    public var isOn: Bool
    /// Its heading, or nil for the usual one.
    public var label: String?

    /// Makes a setting.
    public init(isOn: Bool = true, label: String? = nil) {
      self.isOn = isOn
      self.label = label
    }
  }

  /// Agents to be compared.
  public struct Pin: Sendable {
    /// The heading.
    public var title: String
    /// Their names, slugs or paths.
    public var agents: [String]

    /// Makes a pinned comparison.
    public init(title: String, agents: [String]) {
      self.title = title
      self.agents = agents
    }
  }

  /// Makes settings; what is not given is as without `roster.yml`.
  public init(
    title: String = "Agents", description: String = "", baseURL: String? = nil, language: String = "en",
    sourceURL: String? = nil, footer: String = "", taxonomies: [Taxonomy.Kind: TaxonomySetting] = [:],
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
  /// Adds everything that is set to a digest.
  public func add(to digester: inout Digester) {
    for text in [title, description, baseURL, language, sourceURL, commitURL, footer] { digester.add(text) }
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
  /// The settings that a record of a single file is made with, and no others: records are shared between runs that
  /// agree on these.
  public struct ForRecords: Sendable {
    let policy: RulePolicy
    let runtimes: Runtimes
    /// The words of topics; nil if there are no topics.
    let lexicon: Lexicon?

    /// Adds everything to a digest.
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

  /// The part of the settings that records depend on.
  public var forRecords: ForRecords {
    ForRecords(policy: policy, runtimes: runtimes, lexicon: taxonomies[.topics]?.isOn ?? true ? lexicon : nil)
  }
}
