// The facts about files of a kind other than the main kind of a runtime's block.

extension Runtime.Facts {
  /// Creates the initial facts about files of a kind, taken from the facts about the runtime as a whole.
  init(of kind: ItemKind, from whole: Runtime.Facts) {
    self.init()
    self.kind = kind
    title = whole.title
    isOpenFormat = whole.isOpenFormat
    asOf = whole.asOf
    versions = whole.versions
    sources = whole.sources
    tellsCase = whole.tellsCase
    groupsTools = whole.groupsTools
    models = whole.models
    builtInServers = whole.builtInServers
  }

  /// Copies the runtime's tools to each kind that has no tools of its own.
  mutating func lendToKinds() {
    for kind in kinds.keys where kinds[kind]?.tools.isEmpty ?? false {
      kinds[kind]?.tools = tools
      kinds[kind]?.toolNames = toolNames
      kinds[kind]?.toolPatterns = toolPatterns
    }
  }
}

extension Runtime {
  /// Creates the view of a runtime for files of one kind.
  convenience init(of runtime: Runtime, kind: ItemKind) {
    var facts = runtime.facts
    if kind != runtime.kind {
      if let known = runtime.facts.kinds[kind] {
        facts = known
      } else {
        facts = Facts(of: kind, from: runtime.facts)
        facts.isJudged = false
      }
      facts.places = runtime.facts.places.filter { $0.kind == kind }
    }
    self.init(facts, key: runtime.dialect.key, kind: kind)
  }
}
