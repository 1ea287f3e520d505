/// Something that is wrong, or worth a look, in a file. Findings are data: they never stop anything.
public struct Finding: Sendable, Hashable {
  /// How much it matters.
  public enum Severity: String, Sendable, Comparable, CaseIterable, Storable {
    /// The file does not do what its author meant.
    case error
    /// It probably does not.
    case warning
    /// Worth knowing.
    case note

    /// Orders from the most to the least severe.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    /// Its place among all, from 0 for the most severe.
    public var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  /// The identifier of the rule, for example `frontmatter-invalid`.
  public let rule: String
  /// How much it matters.
  public let severity: Severity
  /// One sentence that says what is wrong, and names the value.
  public let message: String
  /// One sentence that says what to do.
  public let help: String
  /// The bytes of the file that it is about, or nil where it is about the file as a whole.
  public let range: Range<Int>?
  /// Where ``range`` begins, as people count, or nil where it is about the file as a whole.
  public let location: SourceLocation?
  /// The place right behind the range, as people count, or nil where it is about the file as a whole.
  public let end: SourceLocation?
  /// The file that it is about, below the folder of a skill; nil for the item's own file.
  public let file: String?

  /// Makes a finding.
  public init(
    rule: String, severity: Severity, message: String, help: String, range: Range<Int>? = nil,
    location: SourceLocation? = nil, end: SourceLocation? = nil, file: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.help = help
    self.range = range
    self.location = location
    self.end = end
    self.file = file
  }

  /// The same finding, its bytes counted from the beginning of the file that holds an item. What is about the item as a
  /// whole is about the place where that begins.
  public func moved(to item: SourceItem) -> Finding {
    let (start, own) = (item.range.lowerBound, range ?? 0..<0)
    return Finding(
      rule: rule, severity: severity, message: message, help: help,
      range: own.lowerBound + start..<own.upperBound + start, location: location ?? item.location,
      end: end ?? item.location)
  }

  /// The same finding, mattering otherwise.
  public func with(_ severity: Severity) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, help: help, range: range, location: location, end: end,
      file: file)
  }

  /// The same finding in a file of a skill.
  ///
  /// - Parameter file: the file, below the folder of the skill.
  public func placed(in file: String) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, help: help, range: range, location: location, end: end,
      file: file)
  }
}

extension Finding {
  /// The order of findings in a file: by place, those about the whole file first.
  public static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
    (left.range?.lowerBound ?? -1, left.severity) < (right.range?.lowerBound ?? -1, right.severity)
  }
}

/// A place in a file as people count: lines and columns from 1, columns in characters.
public struct SourceLocation: Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in characters (extended grapheme clusters); a byte order mark counts none.
  public let column: Int

  /// Makes a location.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension Finding: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(rule)
    severity.store(in: &bytes)
    bytes.write(message)
    bytes.write(help)
    range.store(in: &bytes)
    location.store(in: &bytes)
    end.store(in: &bytes)
    file.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      rule: try bytes.readText(), severity: try Severity(from: &bytes), message: try bytes.readText(),
      help: try bytes.readText(), range: try Range<Int>?(from: &bytes), location: try SourceLocation?(from: &bytes),
      end: try SourceLocation?(from: &bytes), file: try String?(from: &bytes))
  }
}

extension SourceLocation: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(line)
    bytes.write(column)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(line: try bytes.readNumber(), column: try bytes.readNumber())
  }
}
