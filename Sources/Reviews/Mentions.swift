/// The commands and addresses in a prompt. Reviews list new ones separately, because both reach beyond the repository.
public struct Mentions: Sendable, Hashable {
  /// The distinct commands, in the order of the text.
  public private(set) var commands: [String] = []
  /// The distinct addresses, in the order of the text.
  public private(set) var addresses: [String] = []

  /// The maximum number of commands, and of addresses, kept for a prompt.
  private static let limit = 2000
  /// The length at which a command or address is cut off, in characters.
  private static let length = 400

  /// Finds the commands and addresses in the lines of a prompt.
  public init(in lines: [String]) {
    var seen: (commands: Set<String>, addresses: Set<String>) = ([], [])
    for line in lines {
      for address in Self.addresses(in: line) where addresses.count < Self.limit {
        if seen.addresses.insert(address).inserted { addresses.append(address) }
      }
    }
    func add(_ found: [String]) {
      for command in found.map({ String($0.prefix(Self.length)) }) where commands.count < Self.limit {
        if seen.commands.insert(command).inserted { commands.append(command) }
      }
    }
    var paragraph: [Substring] = []
    func endParagraph() {
      let text = paragraph.joined(separator: " ")
      paragraph = []
      add(CodeSpans.all(in: text).compactMap(ShellCommand.init(span:)).map(\.text))
    }
    var next = 0
    while next < lines.count {
      if let fence = Fence(lines[next]) {
        endParagraph()
        let (block, end) = fence.block(in: lines, after: next)
        add(CommandBlock(block, in: fence.language).commands)
        next = end
        continue
      }
      let text = lines[next].drop { $0 == " " || $0 == "\t" || $0 == ">" }
      // A code span can continue on the next line, but not in another block.
      if text.isEmpty || Self.startsBlock(text) || paragraph.count == Self.paragraphLength { endParagraph() }
      if !text.isEmpty { paragraph.append(text) }
      next += 1
    }
    endParagraph()
  }

  /// The maximum number of lines of a paragraph that are searched together.
  private static let paragraphLength = 200

  /// Returns whether a line starts a list item, a heading or a row of a table.
  private static func startsBlock(_ line: Substring) -> Bool {
    guard let first = line.first else { return false }
    if "-*+#|".contains(first) { return true }
    let number = line.prefix(while: \.isNumber)
    return !number.isEmpty && (line.dropFirst(number.count).first.map { ".)".contains($0) } ?? false)
  }

  // MARK: Addresses

  private static let schemes: Set<String> = ["http", "https", "ws", "wss", "ftp", "ftps", "sftp", "ssh", "git", "file"]

  /// Returns the addresses in a line. Addresses have a scheme.
  private static func addresses(in line: String) -> [String] {
    guard line.utf8.contains(UInt8(ascii: ":")) else { return [] }
    var found: [String] = []
    var rest = line[...]
    while let mark = rest.firstRange(of: "://") {
      let scheme = rest[..<mark.lowerBound].reversed().prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+")
      }
      var end = mark.upperBound
      while end < rest.endIndex, !isEnd(rest[end]) { end = rest.index(after: end) }
      let name = String(scheme.reversed())
      var address = name.lowercased() + rest[mark.lowerBound..<end]
      // Trailing punctuation belongs to the sentence, not to the address.
      while let last = address.last, ".,;:!?*_'\"".contains(last) || last == ")" && !address.contains("(") {
        address.removeLast()
      }
      if schemes.contains(name.lowercased()), address.utf8.count > name.utf8.count + 3 {
        found.append(String(address.prefix(length)))
      }
      rest = rest[end...]
    }
    return found
  }

  private static func isEnd(_ character: Character) -> Bool {
    character.isWhitespace || "<>\"`|\\^{}[]”“‘’".contains(character)
  }
}
