import Files
import Text

/// Findings for a person at a terminal.
public struct TextReport: Sendable {
  private let hasColour: Bool
  /// The maximum width of an excerpt, in columns.
  private let width: Int

  /// Creates a report.
  public init(hasColour: Bool = false, width: Int = 120) {
    self.hasColour = hasColour
    self.width = max(40, width)
  }

  /// Returns the findings of a file, each as `path:line:column: severity: message [rule]`, followed by the line and the
  /// help.
  ///
  /// - Parameter bytes: The content of the file; nil for a report without excerpts.
  public func text(of file: FileFindings, bytes: [UInt8]?) -> String {
    let lines = bytes.map { LineIndex($0, ending: .any) }
    return file.findings.map { finding in
      let path = TerminalText.printable(file.displayPath)
      let place = finding.location.map { "\(path):\($0.line):\($0.column)" } ?? path
      var text =
        "\(styled(place, .bold)): \(styled(finding.severity.rawValue, style(finding.severity))): \(TerminalText.printable(finding.message)) [\(finding.rule)]\n"
      if let bytes, let lines, let location = finding.location, let range = finding.range,
        range.upperBound <= bytes.count, lines.line(of: range.lowerBound) == location.line
      {
        // Skip the excerpt if the file has changed since it was read, because the line may be wrong.
        text += excerpt(finding, bytes, lines, location, range)
      }
      return text + "  \(styled("help:", .dim)) \(TerminalText.printable(finding.help))\n"
    }.joined()
  }

  // MARK: Excerpts

  private func excerpt(
    _ finding: Finding, _ bytes: [UInt8], _ lines: LineIndex, _ location: SourceLocation, _ range: Range<Int>
  ) -> String {
    var line = lines.range(of: location.line)
    while line.count > 0, bytes[line.upperBound - 1] == 0x0A || bytes[line.upperBound - 1] == 0x0D {
      line = line.lowerBound..<line.upperBound - 1
    }
    let start = min(max(range.lowerBound, line.lowerBound), line.upperBound)
    let end = min(max(range.upperBound, start), line.upperBound)
    var before = cells(bytes[line.lowerBound..<start])
    var marked = cells(bytes[start..<end])
    var behind = cells(bytes[end..<line.upperBound])
    // Truncate the text before the mark first, so that the mark stays visible.
    let room = width - 12
    let kept = min(Self.width(of: marked), room / 2)
    before = Self.tail(before, room - kept - 10)
    marked = Self.head(marked, room - Self.width(of: before))
    behind = Self.head(behind, room - Self.width(of: before) - Self.width(of: marked))
    let number = String(location.line)
    let gutter = String(repeating: " ", count: number.count)
    let shown = (before + marked + behind).map(\.text).joined()
    let pad = before.map { $0.text == "\t" ? "\t" : String(repeating: " ", count: $0.width) }.joined()
    let caret = "^" + String(repeating: "~", count: max(0, Self.width(of: marked) - 1))
    return
      "  \(styled("\(number) |", .dim)) \(shown)\n  \(styled("\(gutter) |", .dim)) \(pad)\(styled(caret, style(finding.severity)))\n"
  }

  /// A character with its width in columns.
  private struct Cell {
    let text: String
    let width: Int
  }

  private func cells(_ bytes: ArraySlice<UInt8>) -> [Cell] {
    TerminalText.printable(String(decoding: bytes, as: UTF8.self)).map { character in
      Cell(text: String(character), width: TerminalWidth.of(character))
    }
  }

  private static func width(of cells: [Cell]) -> Int { cells.reduce(0) { $0 + $1.width } }

  private static func head(_ cells: [Cell], _ room: Int) -> [Cell] {
    if width(of: cells) <= room { return cells }
    var rest = room - 1
    return cells.prefix { cell in
      rest -= cell.width
      return rest >= 0
    } + [Cell(text: "…", width: 1)]
  }

  private static func tail(_ cells: [Cell], _ room: Int) -> [Cell] {
    Array(head(cells.reversed(), max(1, room)).reversed())
  }

  // MARK: Colors

  /// Select Graphic Rendition codes (ECMA-48, 8.3.117).
  private enum Style: String {
    case bold = "1", dim = "2", red = "1;31", yellow = "1;33", blue = "1;34"
  }

  private func style(_ severity: Finding.Severity) -> Style {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .blue
    }
  }

  private func styled(_ text: String, _ style: Style) -> String {
    hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
