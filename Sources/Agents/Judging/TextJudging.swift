import Rules
import Text

// What a text holds that its reviewers should know of.

extension FindingList {
  /// Looks at the whole text, once.
  ///
  /// - Parameter changes: what the agent's tools let it change, as in “edit files”, or nil; asked only where it matters.
  mutating func judgeText(changes: () -> String?) {
    var done = 0
    for place in Self.scan.places(in: text.utf8) where place.index >= done {
      switch place {
      case .distant(let index, let blanks, let lineFeeds): addDistant(index, blanks, lineFeeds - 1)
      case .invisible(let index): done = invisible(at: index)
      case .candidate(let index): done = look(at: index, changes) ?? done
      }
    }
  }

  private static let scan = TextScan(
    leads: LocalPaths.leads + Secrets.leads + Injections.leads + Claims.leads + referenceLeads)

  private mutating func addDistant(_ index: Int, _ blanks: Int, _ lines: Int) {
    // Tables are padded so that their columns line up.
    if lines <= 0, text.utf8[index] == UInt8(ascii: "|") { return }
    let end = index + text.utf8[index...].prefix(200).prefix { $0 != 0x0A }.count
    add(
      .textDistant,
      blanks >= TextScan.distance.blanks
        ? "text after \(blanks) spaces, outside every window" : "text after \(lines) empty lines",
      help: "Move it to where people see it, or remove it.", textRange: index..<end)
  }

  /// Looks for what begins at a place where a word may begin. Returns where it ends.
  private mutating func look(at index: Int, _ changes: () -> String?) -> Int? {
    let bytes = text.utf8
    let mayBePath =
      bytes[index] == UInt8(ascii: "/") || index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: ":")
    if mayBePath, let end = LocalPaths.end(at: index, in: bytes) {
      let path = String(decoding: bytes[index..<end], as: UTF8.self)
      add(
        .pathLocal, "\(Bounds.cut(path, to: 80)) is in one person's home folder",
        help: "Use a path relative to the project, or a variable such as $HOME.", textRange: index..<end)
      return end
    }
    if let end = readReference(at: index) { return end }
    if let secret = Secrets.find(at: index, in: bytes) {
      add(
        .secretSuspected, "this looks like \(secret.kind): \(Secrets.masked(bytes[secret.range]))",
        help: "Withdraw it where it was issued, then take it out: it stays in the history of the file.",
        textRange: secret.range)
      return secret.range.upperBound
    }
    if let end = Injections.endOfOrder(at: index, in: bytes) {
      if !context.isHidden(index), !context.isCode(index, in: bytes) {
        add(
          .injectionPhrase, "possible prompt injection: “\(quote(index..<end))”",
          help: "Remove it, unless it is an example of what to refuse.", textRange: index..<end)
      }
      return end
    }
    if !context.isContradicted, let claim = Claims.range(at: index, in: bytes), let changes = changes(),
      !context.isHidden(index), !context.isCode(index, in: bytes)
    {
      // One finding is enough: the tools are the same everywhere.
      context.isContradicted = true
      add(
        .claimContradicted, "the text says “\(quote(claim))”, but the tools let the agent \(changes)",
        help: "Leave those tools out, so that nothing depends on the model's restraint; or say what it may change.",
        textRange: claim)
      return claim.upperBound
    }
    return nil
  }

  private func quote(_ range: Range<Int>) -> String {
    String(decoding: text.utf8[range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Invisible characters

  /// Looks at a character that is not ASCII. Returns where it, or the run of invisible ones, ends.
  private mutating func invisible(at index: Int) -> Int {
    let found = text.utf8.withUnsafeBufferPointer { bytes in
      (
        match: InvisibleText.match(in: bytes, at: index), before: InvisibleText.scalar(in: bytes, endingAt: index),
        bytes: bytes.count
      )
    }
    guard case .invisible(let run, let end) = found.match else {
      if case .plain(let end) = found.match { return end }
      return index + 1
    }
    let behind =
      end < found.bytes
      ? text.utf8.withUnsafeBufferPointer { InvisibleText.scalar(in: $0, at: end).value } : 0
    guard !Self.isOrdinary(run, before: found.before, behind: behind) else { return end }
    let count = run.scalars.count
    let names =
      run.scalars.prefix(4).map(InvisibleText.name).joined(separator: " ") + (count > 4 ? " …" : "")
    add(
      .textInvisible,
      "\(count == 1 ? "an invisible character" : "\(count) invisible characters"): \(names)"
        + (run.message.isEmpty ? "" : ", which a model reads as “\(Bounds.cut(run.message, to: 100))”"),
      help: count == 1 ? "Remove it." : "Remove them.", textRange: index..<end)
    return end
  }

  /// Whether invisible characters are ordinary typography, though pages label them: a soft hyphen in a word, and a
  /// direction mark beside a letter that runs from right to left.
  private static func isOrdinary(_ run: InvisibleText.Run, before: UInt32, behind: UInt32) -> Bool {
    guard run.scalars.count == 1 else { return false }
    func isLetter(_ scalar: UInt32) -> Bool { Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false }
    func runsFromRight(_ scalar: UInt32) -> Bool {
      (0x0590...0x08FF).contains(scalar) || (0xFB1D...0xFDFF).contains(scalar)
    }
    switch run.scalars[0] {
    case 0xAD: return isLetter(before) && isLetter(behind)
    case 0x200E, 0x200F, 0x061C: return runsFromRight(before) || runsFromRight(behind)
    // What HTML forbids is the subject of other rules.
    case 0x80...0x9F, 0xFDD0...0xFDEF, 0xFFFE...0xFFFF: return true
    default: return false
    }
  }
}
