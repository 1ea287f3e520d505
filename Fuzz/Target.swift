import Catalogs
import Differences
import Files
import Likenesses
import Reports
import Text

@testable import Agents
@testable import Publishing
@testable import RosterCommands

/// A fuzz target: any bytes are read as a file of one kind, and the results are checked.
enum Target: String, CaseIterable {
  /// A whole file: read, rendered, stored as in the cache, and read back.
  case file
  /// The text between the delimiters of a frontmatter.
  case frontmatter
  /// A description with its examples.
  case description
  /// `roster.yml`.
  case configuration
  /// A file fixed by `roster check --fix`, and the displayed diff.
  case mending
  /// Two texts, separated by a NUL byte, and their differences. The first is also read as a file of runtimes.
  case difference
  /// The cache, which anyone may have changed.
  case memory

  /// Tests an input. Stops the program if a check fails.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .file: Self.file(bytes)
    case .frontmatter: Self.frontmatter(bytes)
    case .description: Self.description(String(decoding: bytes, as: UTF8.self))
    case .configuration: Self.configuration(String(decoding: bytes, as: UTF8.self))
    case .mending: Self.mending(bytes)
    case .difference: Self.difference(bytes)
    case .memory: Self.memory(bytes)
    }
  }

  private static let settings = CatalogSettings()
  private static let source = SourceFile(path: path("folder/agent.md"), collection: 0)

  private static func path(_ text: String) -> RelativePath {
    guard let path = RelativePath(text) else { fatalError("\(text) is no path") }
    return path
  }

  private static func file(_ bytes: [UInt8]) {
    let reading = AgentReader().read(bytes, of: source)
    HTMLPromises.check(reading.rendering.body.html { _ in nil })
    HTMLPromises.check(reading.rendering.whenToUse.html { $0 })
    checkPlaces(reading.facts, in: bytes)
    let record = Record(reading.facts, settings: settings)
    var writer = ByteWriter()
    record.store(in: &writer)
    var reader = ByteReader(writer.bytes)
    guard let again = try? Record(from: &reader), reader.isAtEnd else { fatalError("a record cannot be read back") }
    var second = ByteWriter()
    again.store(in: &second)
    promise(second.bytes == writer.bytes, "a record comes back otherwise")
  }

  /// Checks that findings and fields have places in the file.
  private static func checkPlaces(_ facts: Reading.Facts, in bytes: [UInt8]) {
    let findings: [Finding]
    switch facts {
    case .agent(let agent):
      findings = agent.findings
      for field in agent.fields { promise(field.range.upperBound <= bytes.count, "a field behind the end") }
    case .document(let document): findings = document.findings
    }
    let lines = bytes.count(where: { $0 == 0x0A || $0 == 0x0D }) + 1
    for finding in findings {
      guard let location = finding.location else { continue }
      promise(location.line >= 1 && location.line <= lines && location.column >= 1, "a finding at \(location)")
    }
  }

  /// Checks that both YAML readers agree where both succeed, and that a whole file with these fields can be read.
  private static func frontmatter(_ bytes: [UInt8]) {
    let block = SourceText(bytes).utf8
    if let simple = SimpleYAML.fields(of: block[...]) {
      let strict = try? StrictYAML.fields(of: String(decoding: block, as: UTF8.self))
      promise(strict == simple, "\(simple), not \(String(describing: strict))")
    }
    for field in Recovery.fields(of: String(decoding: block, as: UTF8.self)) {
      promise(field.line >= 1, "\(field)")
    }
    let file = Array("---\n".utf8) + bytes + Array("\n---\nprompt\n".utf8)
    checkPlaces(AgentReader().read(file, of: source).facts, in: file)
  }

  /// Checks that no word of a description is lost, except the labels of its examples.
  private static func description(_ text: String) {
    let description = Description(text)
    var parts = [description.summary, description.whenToUse]
    for example in description.examples {
      parts += [example.context, example.commentary] + example.turns.map(\.text)
    }
    let shown = words(parts.joined(separator: " "))
    for word in words(description.text) where !labels.contains(word.lowercased()) {
      promise(shown.contains(word), "“\(word)” is lost: \(parts)")
    }
  }

  private static let labels: Set<String> = [
    "example", "examples", "usage", "context", "user", "assistant", "human", "commentary",
  ]

  private static func words(_ text: String) -> Set<String> {
    Set(text.unicodeScalars.split { !($0.properties.isAlphabetic && $0.isASCII) }.map(String.init))
  }

  private static func configuration(_ text: String) {
    do throws(SettingsError) {
      _ = try ConfigurationReader.read(text, file: "roster.yml")
    } catch {
      promise(error.line >= 1 && error.column >= 1 && !error.message.isEmpty, "\(error)")
    }
  }

  /// Checks that a fixed file needs no more fixes, keeps its values, and has a diff.
  private static func mending(_ bytes: [UInt8]) {
    guard let mended = Mending.mended(bytes) else { return }
    promise(Mending.mended(mended) == nil, "mended twice")
    promise(!UnifiedDiff.text("file", bytes, mended).isEmpty, "no difference")
    guard case .agent(let old) = AgentReader().read(bytes, of: source).facts,
      case .agent(let new) = AgentReader().read(mended, of: source).facts
    else { return }
    // The fix removes NUL bytes, which are visible in the original values.
    guard !bytes.contains(0) else { return }
    promise(old.name == new.name && old.description.text == new.description.text, "\(old.name), then \(new.name)")
    promise(old.tools == new.tools && old.model == new.model && old.tags == new.tags, "other values")
  }

  /// Checks that each side of a diff equals its text, and that similarity is symmetric and at most 1.
  private static func difference(_ bytes: [UInt8]) {
    let end = bytes.firstIndex(of: 0) ?? bytes.count / 2
    let texts = [bytes[..<end], bytes[min(bytes.count, end + 1)...]].map { String(decoding: $0, as: UTF8.self) }
    let lines = texts.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    let diff = TextDiff(lines[0], lines[1])
    promise(diff.lines(of: .left) == lines[0] && diff.lines(of: .right) == lines[1], "a side is lost")
    promise(diff.isSame == (lines[0] == lines[1]), "the same and not the same")
    let sections = lines.map { lines in
      lines.split(omittingEmptySubsequences: false) { $0.hasPrefix("#") }.map {
        Section(title: $0.first ?? "", id: nil, key: String($0.first?.prefix(2) ?? ""), lines: Array($0))
      }
    }
    let both = SectionDiff(sections[0], sections[1])
    promise(both.pairs.compactMap(\.left) == sections[0], "a section of the first is lost")
    promise(Set(both.pairs.compactMap(\.right)) == Set(sections[1]), "a section of the second is lost")
    let runs = texts.map { Shingles(Array($0.utf8)[...]) }
    let share = runs[0].similarity(to: runs[1])
    promise(share >= 0 && share <= 1 && share == runs[1].similarity(to: runs[0]), "a share of \(share)")
    _ = try? Runtimes.builtIn.overlaid(by: texts[0], file: "runtimes.yml")
  }

  /// Checks that cached data are either read completely or rejected.
  private static func memory(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    if let record = try? Record(from: &reader) {
      var writer = ByteWriter()
      record.store(in: &writer)
      var again = ByteReader(writer.bytes)
      promise((try? Record(from: &again)) != nil && again.isAtEnd, "a record cannot be read back")
    }
    if let manifest = Manifest(bytes) { promise(Manifest(manifest.bytes) == manifest, "\(manifest)") }
    reader = ByteReader(bytes)
    _ = try? LastRun(&reader, key: key)
  }

  private static let key = DigestKey.random()
}
