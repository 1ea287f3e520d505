import Rules

// Instructions in text that rendered Markdown does not show. Most comments are for other people and say nothing of
// interest; a finding for each would hide the few that matter.

extension FindingList {
  /// Looks at a comment or a definition that nothing uses.
  ///
  /// - Parameters:
  ///   - hidden: its text.
  ///   - start: the line of the text on which it begins, or the block that holds it.
  mutating func judgeHidden(_ hidden: String, in start: Range<Int>) {
    let bytes = Array(hidden.utf8)
    let range = self.range(of: bytes, from: max(start.lowerBound, context.hidden.last?.upperBound ?? 0)) ?? start
    context.hidden.append(range)
    if let phrase = Self.injection(in: bytes) {
      add(
        .injectionPhrase, "hidden text tells the model: “\(Bounds.cut(phrase, to: 80))”",
        help: "Remove it. If the agent needs this instruction, write it where people see it.", textRange: range,
        severity: .warning)
    } else if let instruction = Self.instruction(in: bytes) {
      add(
        .commentHidden, "hidden text holds an instruction: “\(Bounds.cut(instruction, to: 80))”",
        help: "Write it where people see it, or remove it.", textRange: range)
    }
  }

  private static func injection(in bytes: [UInt8]) -> String? {
    wordStarts(in: bytes).lazy.compactMap { start in
      Injections.end(at: start, in: bytes).map { line(bytes[start..<$0]) }
    }.first
  }

  /// A command to run, or words that are addressed to a model.
  private static func instruction(in bytes: [UInt8]) -> String? {
    let starts = wordStarts(in: bytes)
    if let first = starts.first, salutations.end(at: first, in: bytes) != nil { return line(bytes[first...]) }
    func isLetter(_ index: Int) -> Bool { index < bytes.count && (0x61...0x7A).contains(bytes[index] | 0x20) }
    let start = starts.first { start in
      instructions.end(at: start, in: bytes).map { bytes[$0 - 1] == 0x20 || !isLetter($0) } ?? false
    }
    guard let start else { return nil }
    return line(bytes[start...].prefix { $0 != 0x0A })
  }

  private static func line(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Where words begin, and pipes.
  private static func wordStarts(in bytes: [UInt8]) -> [Int] {
    var starts: [Int] = []
    var isInside = false
    for (index, byte) in bytes.enumerated() {
      let isLetter = (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
      if isLetter && !isInside || byte == UInt8(ascii: "|") { starts.append(index) }
      isInside = isLetter
    }
    return starts
  }

  /// What a hidden text begins with that is addressed to a model.
  private static let salutations = Phrases(
    ["ai", "llm", "assistant", "claude", "copilot", "model"].flatMap { [$0 + ":", $0 + ","] })

  /// What is said to a model, or is to be run, wherever it stands in a hidden text.
  private static let instructions = Phrases(
    ["curl ", "wget ", "| sh", "|sh", "| bash", "|bash", "rm -rf ", "base64 -d", "base64 --decode"]
      + ["instructions", "instruction", "note", "message"].flatMap { noun in
        [" to ", " for "].flatMap { link in
          ["", "the ", "any ", "all "].flatMap { article in
            ["ai", "model", "llm", "assistant", "claude", "copilot"].map { noun + link + article + $0 }
          }
        }
      })

  /// Where the first line of some bytes is in the text, and all of them where they are as they were read.
  private func range(of bytes: [UInt8], from start: Int) -> Range<Int>? {
    let line = bytes.prefix { $0 != 0x0A }
    guard let first = line.first else { return nil }
    var rest = text.utf8[start...].prefix(4096)
    while let index = rest.firstIndex(of: first) {
      if text.utf8[index...].starts(with: line) {
        let isWhole = text.utf8[index...].starts(with: bytes)
        return index..<index + (isWhole ? bytes.count : line.count)
      }
      rest = rest[(index + 1)...]
    }
    return nil
  }
}

/// What judging knows about the places of a text.
struct TextContext {
  /// Comments and unused definitions, in order.
  var hidden: [Range<Int>] = []
  /// Whether it was already found that the text claims what the tools contradict.
  var isContradicted = false
  /// Code blocks, once they were looked for.
  private var blocks: [Range<Int>]?

  /// Whether a place is in text that rendered Markdown hides.
  func isHidden(_ index: Int) -> Bool { Self.holds(index, hidden) }

  /// Whether a place is in a fenced code block.
  mutating func isCode(_ index: Int, in text: [UInt8]) -> Bool {
    let blocks = self.blocks ?? Self.blocks(of: text)
    self.blocks = blocks
    return Self.holds(index, blocks)
  }

  /// Whether one of several ranges, in order, holds a place.
  private static func holds(_ index: Int, _ ranges: [Range<Int>]) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(index)
  }

  private static func blocks(of text: [UInt8]) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var open: (start: Int, sign: UInt8, length: Int)?
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      let line = text[start..<end].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
      if let sign = line.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") {
        let length = line.prefix { $0 == sign }.count
        if let block = open {
          if sign == block.sign, length >= block.length {
            blocks.append(block.start..<end)
            open = nil
          }
        } else if length >= 3 {
          open = (start, sign, length)
        }
      }
      start = end + 1
    }
    if let block = open { blocks.append(block.start..<text.count) }
    return blocks
  }
}
