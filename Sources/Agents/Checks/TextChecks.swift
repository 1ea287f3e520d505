import Files
import Rules

// Checks of the words and characters of a text, in one pass.

extension FindingList {
  /// Checks the whole text, once.
  ///
  /// - Parameter changes: what the agent's tools let it change, as in “edit files”, or nil.
  mutating func checkText(of kind: ItemKind? = nil, changes: @escaping () -> String?) {
    context.changes = changes
    context.noun = kind?.noun ?? "file"
    var done = 0
    for place in Self.scan.places(in: text.utf8) where place.index >= done {
      switch place {
      case .distant(let index, let blanks, let lineFeeds): TextDistant.check(index, blanks, lineFeeds - 1, &self)
      case .invisible(let index): done = TextInvisible.check(at: index, &self)
      case .candidate(let index): done = checkWord(at: index) ?? done
      }
    }
  }

  private static let scan = TextScan(leads: RuleRegistry.text.flatMap { $0.leads })

  /// Checks what begins at a place where a word may begin. Returns where it ends.
  private mutating func checkWord(at index: Int) -> Int? {
    for rule in RuleRegistry.text {
      if let end = rule.check(at: index, &self) { return end }
    }
    return nil
  }

  /// Checks a text that is no prose, and that belongs to a skill, for what nobody sees in it and for secrets.
  mutating func checkBundleText() {
    context.noun = "file"
    var done = 0
    for place in Self.scan.places(in: text.utf8) where place.index >= done {
      switch place {
      case .distant: continue
      case .invisible(let index): done = TextInvisible.check(at: index, &self)
      case .candidate(let index): done = SecretSuspected.check(at: index, &self) ?? done
      }
    }
  }
}
