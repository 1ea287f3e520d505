// Compares programs that start automatically: hooks, servers, and the sources of plugins.

extension GrantComparing {
  // MARK: Hooks

  /// Compares the hooks of one event. Pairs hooks that run the same command, then hooks with the same matcher.
  mutating func compareHooks(_ before: [Statement], _ after: [Statement]) {
    var (rest, added) = (before.filter { $0.hook != nil }, after.filter { $0.hook != nil })
    for statement in before + after where statement.hook == nil && statement.grant.effect == .nothing {
      let isIn = (before.contains { $0.isSame(as: statement) }, after.contains { $0.isSame(as: statement) })
      if isIn.0, isIn.1 { continue }
      addSame(statement.grant.says, before: isIn.0 ? statement : nil, after: isIn.1 ? statement : nil)
    }
    pair(&rest, &added) {
      $0.isSame(as: $1)
    } with: { _, _, _ in
    }
    pair(&rest, &added) { old, new in
      old.hook?.target == new.hook?.target && old.hook?.type == new.hook?.type && old.grant.effect == .grants
        && new.grant.effect == .grants
    } with: {
      $0.compareWidth($1, $2)
    }
    pair(&rest, &added) { old, new in
      old.hook?.matcher == new.hook?.matcher && old.grant.effect == .grants && new.grant.effect == .grants
    } with: {
      $0.compareTargets($1, $2)
    }
    for statement in added { compareAdded(statement) }
    for statement in rest where statement.grant.effect != .nothing { compareRemovedHook(statement) }
  }

  private mutating func pair(
    _ old: inout [Statement], _ new: inout [Statement], by isPair: (Statement, Statement) -> Bool,
    with compare: (inout GrantComparing, Statement, Statement) -> Void
  ) {
    var unpaired: [Statement] = []
    for statement in new {
      if let index = old.firstIndex(where: { isPair($0, statement) }) {
        compare(&self, old.remove(at: index), statement)
      } else {
        unpaired.append(statement)
      }
    }
    new = unpaired
  }

  /// Compares the matchers and rules of two hooks with the same target.
  private mutating func compareWidth(_ before: Statement, _ after: Statement) {
    guard let old = before.hook, let new = after.hook else { return }
    let width = new.width(over: old)
    let differences = Property.differences(old.rest, new.rest)
    if width == .same, differences.isEmpty {
      return addSame(
        "the matchers \(quoted: old.matcher) and \(quoted: new.matcher) mean the same", before: before, after: after)
    }
    var after = after
    if old.matcher != new.matcher, let line = new.matcherLine { after.grant.line = line }
    var sentence: Sentence = "\(after.grant.says.capitalized)."
    if width != .same { sentence = "\(sentence) Before: \(old.when)." }
    if !differences.isEmpty { sentence = "\(sentence) \(Sentence.list(differences).capitalized)." }
    if width != .narrower {
      add(.widens, sentence, danger: after.grant.danger, before: before, after: after)
    } else {
      add(.narrows, sentence, before: before, after: after)
    }
    if new.blocks, width == .narrower || width == .other {
      add(
        .widens, "If \(quoted: old.target) blocked anything that it no longer runs for, that is no longer blocked.",
        danger: .runs, before: before, after: after)
    }
  }

  /// Compares the targets of two hooks with the same matcher.
  private mutating func compareTargets(_ before: Statement, _ after: Statement) {
    guard let old = before.hook, let new = after.hook else { return }
    let past: Sentence = old.type == new.type ? "it was \(quoted: old.target)" : before.grant.says
    add(
      .widens, "\(after.grant.says.capitalized). Before: \(past).", danger: after.grant.danger, before: before,
      after: after)
  }

  private mutating func compareRemovedHook(_ before: Statement) {
    guard let hook = before.hook else { return }
    if hook.blocks {
      add(
        .widens,
        "\(quoted: hook.target) no longer runs \(hook.when). If it blocked anything, that is no longer blocked.",
        danger: .runs, before: before, after: nil)
    } else {
      add(.narrows, "\(quoted: hook.target) no longer runs \(hook.when).", before: before, after: nil)
    }
  }

  // MARK: Servers

  /// Compares two servers with the same name.
  mutating func compareServers(_ before: Statement, _ old: Server, _ after: Statement, _ new: Server) {
    let name: Sentence = "the server \(quoted: new.name)"
    var after = after
    func place(_ part: Server.Part?) { if let part { after.grant.line = part.line } }
    if old.parts.map(\.text) != new.parts.map(\.text) {
      let changed = new.parts.enumerated().filter { index, part in
        !old.parts.indices.contains(index) || old.parts[index].text != part.text
      }.map(\.element)
      place(changed.first { CommandDangers.ofProgram($0.text) == .networkToShell } ?? changed.first)
      comparePrograms(name, before, old, after, new)
    }
    if old.url?.text != new.url?.text, let url = new.url {
      place(url)
      let past: Sentence = old.url.map { "it was \(quoted: $0.text)" } ?? "it was a program"
      add(
        .widens, "\(name.capitalized) is at \(quoted: url.text). Before: \(past).", danger: .network, before: before,
        after: after)
    }
    let had = Set(old.variables.map(\.text))
    let gained = new.variables.filter { !had.contains($0.text) }
    if !gained.isEmpty {
      place(gained.first)
      add(
        .widens, "\(name.capitalized) now gets \(Sentence.quoted(gained.map(\.text))).", danger: .reads,
        before: before, after: after)
    }
    let lost = old.variables.filter { variable in !new.variables.contains { $0.text == variable.text } }
    if !lost.isEmpty {
      add(
        .narrows, "\(name.capitalized) no longer gets \(Sentence.quoted(lost.map(\.text))).", before: before,
        after: after)
    }
    let loaders = self.new?.known.loaders ?? []
    for item in new.assignments
    where !old.assignments.contains(where: { $0.name == item.name && $0.value == item.value }) {
      // The user's variables are reported above.
      if gained.contains(where: { $0.line == item.line }) { continue }
      after.grant.line = item.line
      let isLoader = loaders.contains { Wildcards.match($0, item.name) }
      let effect: Sentence = isLoader ? ", which changes which programs run" : ""
      add(
        .widens, "\(name.capitalized) gets \(quoted: item.name), set to \(quoted: item.value)\(effect).",
        danger: isLoader ? .runs : .reads, before: before, after: after)
    }
    for item in old.assignments where !new.assignments.contains(where: { $0.name == item.name }) {
      if lost.contains(where: { $0.line == item.line }) { continue }
      add(.narrows, "\(name.capitalized) no longer gets \(quoted: item.name).", before: before, after: after)
    }
    let differences = Property.differences(old.rest, new.rest)
    if !differences.isEmpty {
      if let changed = new.rest.first(where: { property in !old.rest.contains { $0.isSame(as: property) } }) {
        after.grant.line = changed.line
      }
      add(
        .widens, "The configuration of \(name) was changed: \(Sentence.list(differences)).",
        danger: after.grant.danger, before: before, after: after)
    }
  }

  private mutating func comparePrograms(
    _ name: Sentence, _ before: Statement, _ old: Server, _ after: Statement, _ new: Server
  ) {
    let fetchers = self.new?.known.fetchers ?? []
    let (first, second) = (old.fetched(by: fetchers), new.fetched(by: fetchers))
    let past: Sentence = old.command.map { "it was \(quoted: $0)" } ?? "it was at \(quoted: old.url?.text ?? "")"
    guard let command = new.command else {
      add(.narrows, "\(name.capitalized) is no longer a program. Before: \(past).", before: before, after: after)
      return
    }
    let isSamePackage = first.map { old in second.map { Server.base(old.package) == Server.base($0.package) } ?? false }
    var sentence: Sentence = "\(name.capitalized) runs \(quoted: command)"
    if let second, !second.isPinned { sentence = "\(sentence), in its newest version" }
    if isSamePackage == true, first?.isPinned == false, second?.isPinned == true {
      add(.narrows, "\(sentence), now with a fixed version. Before: \(past).", before: before, after: after)
    } else {
      add(.widens, "\(sentence). Before: \(past).", danger: after.grant.danger, before: before, after: after)
    }
  }

  // MARK: Sources of plugins

  /// Compares the old and the new source of a plugin.
  mutating func compareSources(_ before: Statement, _ old: PluginSource, _ after: Statement, _ new: PluginSource) {
    let sentence: Sentence = "\(after.grant.says.capitalized). Before: \(before.grant.says)."
    if old.origin == new.origin, old.type == new.type {
      if old.pin == nil, new.pin != nil {
        var pinned = after
        pinned.grant.line = new.pinLine ?? after.grant.line
        add(.narrows, sentence, before: before, after: pinned)
      } else {
        add(.widens, sentence, danger: after.grant.danger, before: before, after: after)
      }
    } else if new.isLocal, !old.isLocal {
      add(.narrows, sentence, before: before, after: after)
    } else {
      add(.widens, sentence, danger: max(after.grant.danger, .runs), before: before, after: after)
    }
  }
}

extension Statement {
  /// Returns whether two statements have the same meaning.
  func isSame(as other: Statement) -> Bool {
    grant.identity == other.grant.identity && grant.effect == other.grant.effect
  }

  /// The hook, if the statement is about one.
  var hook: Hook? { if case .hook(let hook) = kind { hook } else { nil } }
}
