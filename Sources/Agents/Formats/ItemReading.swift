import Files
import GFM
import Text

// Reads files with several items, and the items that are excerpts of them.

extension AgentReader {
  /// Returns the place of a file with several items, or nil for any other file.
  private func holdingPlace(of source: SourceFile) -> Place? {
    guard let place = runtimes.place(of: source), !place.holders.isEmpty else { return nil }
    // Other files in a skill's folder are part of the skill.
    return source.skill.map(\.isWhole) ?? true ? place : nil
  }

  /// Reads a file and each item in it. The file itself comes first.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - source: The source file.
  ///   - bundle: The other files of a skill; nil for any other file.
  ///   - included: The texts of other files that are filled into the items.
  public func readAll(
    _ bytes: [UInt8], of source: SourceFile, with bundle: BundleReading? = nil,
    including included: IncludedTexts = IncludedTexts()
  ) -> [Reading] {
    guard source.item == nil, let place = holdingPlace(of: source) else {
      return [read(included.filled(bytes), of: source, with: bundle)]
    }
    let text = SourceText(bytes)
    let file = ItemFile(text, at: place)
    var items = file.parts.map { part in
      let item = source.holding(part.item)
      return read(excerpt: included.filled(item.excerpt(of: text.bytes), of: part.item), of: item, at: place)
    }
    spread(&items, file.parts, at: place)
    return [holder(source, text, file, at: place)] + items
  }

  /// Returns the part of a file's bytes that contains the source's item, or all bytes if the source is a whole file.
  ///
  /// - Parameter included: The texts of other files that are filled into the item.
  public static func excerpt(
    of bytes: [UInt8], _ source: SourceFile, including included: IncludedTexts = IncludedTexts()
  ) -> [UInt8] {
    excerpts(of: bytes, [source], including: included).first ?? bytes
  }

  /// Returns the bytes of items of one file, which is decoded once.
  public static func excerpts(
    of bytes: [UInt8], _ sources: [SourceFile], including included: IncludedTexts = IncludedTexts()
  ) -> [[UInt8]] {
    let text = sources.contains { $0.item != nil } ? SourceText(bytes).bytes : bytes
    return sources.map { source in
      source.item.map { included.filled(source.excerpt(of: text), of: $0) } ?? included.filled(bytes)
    }
  }

  /// Reads a file with several items, or one of its items; nil for any other file.
  func held(_ bytes: [UInt8], of source: SourceFile) -> Reading? {
    guard let place = holdingPlace(of: source) else { return nil }
    if source.item != nil { return read(excerpt: bytes, of: source, at: place) }
    let text = SourceText(bytes)
    return holder(source, text, ItemFile(text, at: place), at: place)
  }

  private func read(excerpt bytes: [UInt8], of source: SourceFile, at place: Place) -> Reading {
    let runtime = runtimes[place.runtime] ?? .none
    let holder = place.holders.first { $0.key == source.item?.holder }
    return data(
      source, Classification(kind: holder?.kind ?? place.kind ?? .agent, dialect: runtime.dialect, place: place),
      SourceText(bytes))
  }

  /// Reads the file as a whole: the findings outside of its items, and its text.
  private func holder(_ source: SourceFile, _ text: SourceText, _ file: ItemFile, at place: Place) -> Reading {
    let runtime = runtimes[place.runtime] ?? .none
    var findings = FindingList(bytes: text.bytes, text: text, excluding: file.parts.map(\.item.range))
    findings.checkRepairs()
    EncodingUTF16.check(effect: runtime.effect(of: .utf16), isMended: false, &findings)
    if let refusal = file.refusal {
      SyntaxInvalid.check(refusal, file.format, of: runtime, &findings)
    } else if let missing = place.holders.compactMap(\.missing).first, file.keys.isEmpty {
      ValueInvalid.check(missing: place.holders.map(\.key), missing, of: runtime, &findings)
    }
    // The text of a settings file without items is not checked.
    if !file.parts.isEmpty || file.refusal != nil || place.holders.contains(where: { $0.missing != nil }) {
      findings.checkText { nil }
    }
    let loading = LoadVerdict(findings.objections, by: runtime, isOfPlugin: false)
    let document = PlainDocument(
      source: source, title: source.path.lastComponent, relativeLinks: [], findings: findings.listed,
      held: .init(count: file.parts.count, format: file.format, dialect: runtime.dialect, loading: loading))
    return Reading(
      facts: .document(document),
      rendering: Rendering(body: Document.preformatted(text.utf8).markup, whenToUse: .empty))
  }

  /// If the runtime rejects the whole file because of one item, adds this to the verdicts of the other items.
  private func spread(_ items: inout [Reading], _ parts: [ItemFile.Part], at place: Place) {
    let refused = items.indices.first { index in
      guard case .agent(let agent) = items[index].facts, let effect = parts[index].holder.oneRefused else {
        return false
      }
      return agent.loading.outcome >= effect.outcome
    }
    guard let refused, case .agent(let first) = items[refused].facts else { return }
    for index in items.indices where index != refused {
      guard let effect = parts[index].holder.oneRefused, case .agent(let agent) = items[index].facts,
        agent.loading.outcome < effect.outcome
      else { continue }
      let loading = agent.loading.adding(
        LoadVerdict.Objection(
          effect: effect, message: "“\(Bounds.cut(first.name, to: 60))” in the same file is refused",
          fix: "Correct it.", line: first.loading.reasons.first?.line ?? first.source.item?.location.line))
      items[index] = Reading(facts: .agent(agent.with(loading)), rendering: items[index].rendering)
    }
  }
}
