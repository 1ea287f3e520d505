import Agents
import Files
import Foundation
import Pages

/// Determines which files in a folder Roster wrote if the manifest is lost or broken. It recognizes the files by
/// Roster's marks, so that no other file is included.
enum ManifestRecovery {
  /// Returns a reconstructed manifest.
  static func manifest(of folder: String) -> Manifest {
    var paths: Set<String> = []
    let names = children(folder, "")
    for name in names where name.hasSuffix(".html") && isPage("\(folder)/\(name)") { paths.insert(name) }
    // Next to a Roster index, files with Roster's fixed names belong to the site.
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

  /// The extensions of published sources, including files of skills. Images are excluded, because they carry no mark.
  private static let sources = ItemFormat.allCases.map(\.fileEnding) + ["txt"]

  /// Adds the pages below a folder, and the files next to them with the same base name.
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

  /// Returns whether a page names Roster as its generator.
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

  /// Returns whether a file name contains the fingerprint of the content.
  private static func isAsset(_ path: String, _ name: String) -> Bool {
    guard case .success(let bytes) = Disk.read(path) else { return false }
    return SiteTheme.isAsset(name, bytes)
  }

  /// Returns the data scripts among some files. They begin with a call that is specific to Roster.
  private static func scripts(of files: [String], in top: String, of folder: String) -> [String] {
    files.filter { $0.hasSuffix(".js") }.map { "\(top)/\($0)" }.filter { file in
      guard case .success(let bytes) = Disk.read("\(folder)/\(file)") else { return false }
      return ["rosterFilter.", "rosterSearch.", "rosterChoice.", "rosterReview("].contains {
        bytes.starts(with: $0.utf8)
      }
    }
  }
}
