// What a runtime makes of files of one kind, where that is not the kind that its block is about.

extension Runtime.Facts {
  /// What is known of files of a kind before the runtimes file says more: what holds for the runtime as a whole.
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

  /// Gives the tools of the runtime to the files of each kind, unless they have tools of their own.
  mutating func lendToKinds() {
    for kind in kinds.keys where kinds[kind]?.tools.isEmpty ?? false {
      kinds[kind]?.tools = tools
      kinds[kind]?.toolNames = toolNames
      kinds[kind]?.toolPatterns = toolPatterns
    }
  }
}

extension Runtime {
  /// The same runtime by what it makes of the files of a kind.
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
