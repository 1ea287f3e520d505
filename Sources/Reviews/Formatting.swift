import Agents
import Files

/// Differences between two files of an agent that do not change the meaning: field syntax, line endings, comments.
struct Formatting {
  /// An agent and the content of its file.
  struct Side {
    let agent: Agent
    let bytes: [UInt8]

    /// The text of each field including its key, without comments and the closing line. For repeated keys, the first
    /// field.
    fileprivate var fieldTexts: [String: String] {
      var texts: [String: String] = [:]
      let fields = agent.fields
      // In data, the prompt is the value of a key. It can be on the line of another field.
      let prompt = agent.format == .markdown ? nil : agent.bytesAroundPrompt(of: bytes).first?.count
      for (place, field) in fields.enumerated() where texts[field.key] == nil {
        let start = min(field.range.lowerBound, bytes.count)
        var end = place + 1 < fields.count ? fields[place + 1].range.lowerBound : agent.endOfFields
        if let prompt, start < prompt { end = min(end, prompt) }
        let lines = String(decoding: bytes[start..<min(max(start, end), bytes.count)], as: UTF8.self)
          .split(whereSeparator: \.isNewline)
        texts[field.key] = lines.filter { !$0.hasPrefix("#") && $0 != "---" && $0 != "..." }.joined(separator: "\n")
      }
      return texts
    }

    /// The comments in the frontmatter.
    fileprivate var comments: [Substring] {
      // In Markdown, the fields precede the prompt.
      let parts = agent.bytesAroundPrompt(of: bytes).prefix(agent.format == .markdown ? 1 : 2)
      return parts.flatMap { part in
        String(decoding: part, as: UTF8.self).split(whereSeparator: \.isNewline).filter { $0.hasPrefix("#") }
      }
    }
  }

  private let old: Side
  private let new: Side

  init(_ old: Side, _ new: Side) { (self.old, self.new) = (old, new) }

  /// Returns the fields that are written differently but mean the same, as short phrases.
  ///
  /// - Parameter changed: The keys of fields whose meaning changed.
  func fields(but changed: [String]) -> [String] {
    let (before, after) = (old.fieldTexts, new.fieldTexts)
    var seen = Set(changed)
    return new.agent.fields.map(\.key).filter { !$0.isEmpty && seen.insert($0).inserted }.compactMap { key in
      guard let text = before[key], let other = after[key], text != other else { return nil }
      return Self.note(key, (old.agent.value(key), text), (new.agent.value(key), other))
    }
  }

  private static func note(
    _ key: String, _ old: (value: FieldValue?, text: String), _ new: (value: FieldValue?, text: String)
  ) -> String {
    switch (old.value, new.value) {
    case (.text, .list): return "\(key) is now written as a list"
    case (.list, .text): return "\(key) is now written as text"
    default: break
    }
    func isQuoted(_ text: String) -> Bool {
      let value = text.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
      return value.first == "\"" || value.first == "'"
    }
    switch (isQuoted(old.text), isQuoted(new.text)) {
    case (false, true): return "\(key) is now quoted"
    case (true, false): return "\(key) is no longer quoted"
    default: return "\(key) is formatted differently"
    }
  }

  /// All differences between two files that mean the same. Never empty.
  var all: [String] {
    var notes: [String] = []
    func mark(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }
    if mark(old.bytes) != mark(new.bytes) {
      notes.append(mark(new.bytes) ? "a byte order mark was added" : "the byte order mark was removed")
    }
    if old.bytes.contains(0x0D) != new.bytes.contains(0x0D) {
      notes.append(new.bytes.contains(0x0D) ? "lines now end with CR LF" : "lines now end with LF")
    }
    notes += fields(but: [])
    let keys = (old.agent.fields.map(\.key), new.agent.fields.map(\.key))
    if keys.0.sorted() != keys.1.sorted() {
      notes.append("fields without effect were added or removed")
    } else if keys.0 != keys.1 {
      notes.append("the order of the fields changed")
    }
    if old.comments != new.comments { notes.append("comments in the frontmatter changed") }
    if !notes.isEmpty { return notes }
    func words(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 > 0x20 } }
    return [words(old.bytes) == words(new.bytes) ? "white space changed" : "the frontmatter is formatted differently"]
  }
}
