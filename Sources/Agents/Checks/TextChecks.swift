import Files
import Rules

// Checks of the words and characters of a text, in one pass.

extension FindingList {
  /// Checks the whole text once.
  ///
  /// - Parameters:
  ///   - kind: The kind of item, or nil for a document.
  ///   - changes: Returns what the agent's tools let it change, as in “edit files”, or nil.
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

  /// Checks the text at the beginning of a word. Returns the end of the match, or nil.
  private mutating func checkWord(at index: Int) -> Int? {
    for rule in RuleRegistry.text {
      if let end = rule.check(at: index, &self) { return end }
    }
    return nil
  }

  /// Checks a file of a skill that is not prose for invisible characters and secrets.
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
