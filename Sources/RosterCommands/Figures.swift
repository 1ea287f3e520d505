import Catalogs
import Files

/// The numbers of a catalog that the closing line tells; kept between runs, for when nothing has changed.
struct Figures: Equatable {
  let agents: Int
  let documents: Int
  let sharedNames: Int
  let files: Int
  let findings: [Int]

  init(_ catalog: Catalog, files: Int) {
    agents = catalog.entries.count
    documents = catalog.documents.count
    sharedNames = catalog.comparisons.count { $0.kind == .variants }
    self.files = files
    findings = Finding.Severity.allCases.map { catalog.findingCounts[$0] ?? 0 }
  }

  /// Reads a note of an earlier run, or returns nil where it is none.
  init?(_ note: [UInt8]) {
    var reader = ByteReader(note)
    guard let numbers = try? [Int](from: &reader), numbers.count == 4 + Finding.Severity.allCases.count else {
      return nil
    }
    (agents, documents, sharedNames, files) = (numbers[0], numbers[1], numbers[2], numbers[3])
    findings = Array(numbers[4...])
  }

  /// The numbers as a note to a later run.
  var note: [UInt8] {
    var writer = ByteWriter()
    ([agents, documents, sharedNames, files] + findings).store(in: &writer)
    return writer.bytes
  }
}
