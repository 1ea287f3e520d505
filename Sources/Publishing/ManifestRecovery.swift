import Agents
import Files
import Foundation
import Pages

/// Finds out which files of a folder Roster wrote, where its manifest is lost or broken: by the marks that they bear,
/// so that nobody else's file is taken for one.
enum ManifestRecovery {
  /// The manifest as it may have been.
  static func manifest(of folder: String) -> Manifest {
    var paths: Set<String> = []
    let names = children(folder, "")
    for name in names where name.hasSuffix(".html") && isPage("\(folder)/\(name)") { paths.insert(name) }
    // What stands beside an index of ours under a name of ours is ours.
    if paths.contains("index.html") { paths.formUnion(names.filter(isFixed)) }
    for top in names where Disk.kind("\(folder)/\(top)", followsLinks: false) == .folder && !top.hasPrefix(".") {
      let files = children(folder, top)
      switch top {
      case "assets":
        for file in files where isAsset("\(folder)/\(top)/\(file)", file) { paths.insert("\(top)/\(file)") }
      case "filter", "review", "search": paths.formUnion(scripts(of: files, in: top, of: folder))
      default:
        if top == "compare" { paths.formUnion(scripts(of: files, in: top, of: folder)) }
        addPages(below: top, of: folder, endings: top == "tags" ? ["xml"] : sources, to: &paths)
      }
    }
    return Manifest(paths)
  }

  /// What the names of published sources end with, those of the files of skills among them. An image says nothing of
  /// who wrote it.
  private static let sources = ItemFormat.allCases.map(\.fileEnding) + ["txt"]

  /// Adds the pages below a folder, and the files that stand beside them under their names.
  private static func addPages(below top: String, of folder: String, endings: [String], to paths: inout Set<String>) {
    let below = FileManager.default.enumerator(atPath: "\(folder)/\(top)")?.compactMap { $0 as? String } ?? []
    let files = Set(below.map { "\(top)/\($0)" })
    for file in files where file.hasSuffix(".html") && isPage("\(folder)/\(file)") {
      paths.insert(file)
      paths.formUnion(endings.map { file.dropLast(4) + $0 }.filter(files.contains))
    }
  }

  private static func children(_ folder: String, _ name: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: name.isEmpty ? folder : "\(folder)/\(name)")) ?? []
  }

  /// Whether a page says that Roster made it.
  private static func isPage(_ path: String) -> Bool {
    guard case .success(let bytes) = Disk.read(path) else { return false }
    let head = String(decoding: bytes.prefix(2000), as: UTF8.self)
    return head.contains("<meta name=\"generator\" content=\"\(Site.generator.name) ")
  }

  private static func isFixed(_ name: String) -> Bool {
    let fixed = [
      "catalog.json", "catalog.ndjson", "catalog.schema.json", "feed.xml", "llms.txt", "opensearch.xml",
      "portfolio.csv", "robots.txt", "roster-review.schema.json",
    ]
    if fixed.contains(name) { return true }
    return name.wholeMatch(of: /sitemap(\.[0-9]+)?\.xml/) != nil
  }

  /// Whether the name of a file holds the fingerprint of its content.
  private static func isAsset(_ path: String, _ name: String) -> Bool {
    guard case .success(let bytes) = Disk.read(path) else { return false }
    return SiteTheme.isAsset(name, bytes)
  }

  /// The scripts of data among files, which begin with a call that no one else makes.
  private static func scripts(of files: [String], in top: String, of folder: String) -> [String] {
    files.filter { $0.hasSuffix(".js") }.map { "\(top)/\($0)" }.filter { file in
      guard case .success(let bytes) = Disk.read("\(folder)/\(file)") else { return false }
      return ["rosterFilter.", "rosterSearch.", "rosterChoice.", "rosterReview("].contains {
        bytes.starts(with: $0.utf8)
      }
    }
  }
}
