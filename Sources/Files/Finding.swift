/// A problem or remark about a file. Findings are data; they never stop a command.
public struct Finding: Sendable, Hashable {
  /// The severity of a finding.
  public enum Severity: String, Sendable, Comparable, CaseIterable, Storable {
    /// The file does not do what its author intended.
    case error
    /// The file probably does not do what its author intended.
    case warning
    /// An informational remark.
    case note

    /// Orders from the most to the least severe.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    /// The position in this order, from 0 for the most severe.
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
  /// The severity.
  public let severity: Severity
  /// One sentence that describes the problem and names the value.
  public let message: String
  /// One sentence that says how to fix it.
  public let help: String
  /// The byte range in the file, or nil if the finding is about the whole file.
  public let range: Range<Int>?
  /// The line and column at which ``range`` begins, or nil if the finding is about the whole file.
  public let location: SourceLocation?
  /// The line and column right after the range, or nil if the finding is about the whole file.
  public let end: SourceLocation?
  /// The path of the affected file in a skill's folder; nil for the item's own file.
  public let file: String?

  /// Creates a finding.
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

  /// Returns the finding with its range relative to the file that contains an item.
  ///
  /// A finding about the whole item is placed at the start of the item.
  public func moved(to item: SourceItem) -> Finding {
    let (start, own) = (item.range.lowerBound, range ?? 0..<0)
    return Finding(
      rule: rule, severity: severity, message: message, help: help,
      range: own.lowerBound + start..<own.upperBound + start, location: location ?? item.location,
      end: end ?? item.location)
  }

  /// Returns a copy with another severity.
  public func with(_ severity: Severity) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, help: help, range: range, location: location, end: end,
      file: file)
  }

  /// Returns a copy for another file of a skill.
  ///
  /// - Parameter file: The path of the file in the skill's folder.
  public func placed(in file: String) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, help: help, range: range, location: location, end: end,
      file: file)
  }
}

extension Finding {
  /// Orders the findings of a file by position. Findings about the whole file come first.
  public static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
    (left.range?.lowerBound ?? -1, left.severity) < (right.range?.lowerBound ?? -1, right.severity)
  }
}

/// A location in a file: line and column, both from 1.
public struct SourceLocation: Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in characters (extended grapheme clusters). A byte order mark does not count.
  public let column: Int

  /// Creates a location.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension Finding: Storable {
  /// Writes all properties in order.
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

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      rule: try bytes.readText(), severity: try Severity(from: &bytes), message: try bytes.readText(),
      help: try bytes.readText(), range: try Range<Int>?(from: &bytes), location: try SourceLocation?(from: &bytes),
      end: try SourceLocation?(from: &bytes), file: try String?(from: &bytes))
  }
}

extension SourceLocation: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(line)
    bytes.write(column)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(line: try bytes.readNumber(), column: try bytes.readNumber())
  }
}
