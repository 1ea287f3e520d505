import Catalogs
import Files

/// What a build says at its end of a catalog; kept between runs, for when nothing has changed.
struct Figures: Equatable {
  let agents: Int
  let documents: Int
  let sharedNames: Int
  let files: Int
  let findings: [Int]
  /// Names in `roster.yml` that no agent has.
  let unknownNames: [String]

  init(_ catalog: Catalog, files: Int) {
    agents = catalog.entries.count
    documents = catalog.documents.count
    sharedNames = catalog.comparisons.count { $0.kind == .variants }
    self.files = files
    findings = Finding.Severity.allCases.map { catalog.findingCounts[$0] ?? 0 }
    unknownNames = catalog.unknownNames
  }

  /// Reads a note of an earlier run, or returns nil where it is none.
  init?(_ note: [UInt8]) {
    var reader = ByteReader(note)
    guard let numbers = try? [Int](from: &reader), numbers.count == 4 + Finding.Severity.allCases.count,
      let names = try? [String](from: &reader)
    else { return nil }
    (agents, documents, sharedNames, files) = (numbers[0], numbers[1], numbers[2], numbers[3])
    findings = Array(numbers[4...])
    unknownNames = names
  }

  /// The numbers as a note to a later run.
  var note: [UInt8] {
    var writer = ByteWriter()
    ([agents, documents, sharedNames, files] + findings).store(in: &writer)
    unknownNames.store(in: &writer)
    return writer.bytes
  }
}
