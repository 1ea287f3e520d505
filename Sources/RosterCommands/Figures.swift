import Agents
import Catalogs
import Files

/// The numbers for a build's closing lines, kept between runs for builds in which nothing has changed.
struct Figures: Equatable {
  /// The number of items of each kind, in the order of the kinds.
  let kinds: [Int]
  let documents: Int
  let sharedNames: Int
  let files: Int
  /// The number of Markdown files that aren't items and belong to none.
  let setAside: Int
  /// The number of items of excluded kinds.
  let leftOut: Int
  let findings: SeverityCounts
  /// The names in `roster.yml` that match no agent.
  let unknownNames: [String]

  init(_ catalog: Catalog, files: Int) {
    kinds = ItemKind.allCases.map { kind in catalog.kinds.first { $0.kind == kind }?.count ?? 0 }
    documents = catalog.documents.count
    sharedNames = catalog.comparisons.count { $0.kind == .variants }
    self.files = files
    setAside = catalog.setAside.count
    leftOut = catalog.leftOut.count
    findings = catalog.findingCounts
    unknownNames = catalog.unknownNames
  }

  /// The number of items.
  var items: Int { kinds.reduce(0, +) }

  /// The number of items of each kind, without kinds that don't occur.
  var counted: [(kind: ItemKind, count: Int)] {
    zip(ItemKind.allCases, kinds).filter { $1 > 0 }.map { (kind: $0, count: $1) }
  }

  /// Decodes the numbers of an earlier run, or returns nil if they are invalid.
  init?(_ note: [UInt8]) {
    var reader = ByteReader(note)
    guard let numbers = try? [Int](from: &reader),
      numbers.count == 5 + ItemKind.allCases.count + Finding.Severity.allCases.count,
      let names = try? [String](from: &reader)
    else { return nil }
    (documents, sharedNames, files) = (numbers[0], numbers[1], numbers[2])
    (setAside, leftOut) = (numbers[3], numbers[4])
    kinds = Array(numbers[5...].prefix(ItemKind.allCases.count))
    findings = zip(Finding.Severity.allCases, numbers.suffix(Finding.Severity.allCases.count)).reduce(into: .init()) {
      $0[$1.0] = $1.1
    }
    unknownNames = names
  }

  /// The encoded numbers, for a later run.
  var note: [UInt8] {
    var writer = ByteWriter()
    ([documents, sharedNames, files, setAside, leftOut] + kinds + Finding.Severity.allCases.map { findings[$0] })
      .store(in: &writer)
    unknownNames.store(in: &writer)
    return writer.bytes
  }
}
