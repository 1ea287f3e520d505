import Agents
import Files
import Scanning

/// Reads what other files of a project state about the files of a scan: declarations and custom tools.
///
/// Only regular files in the work tree are read. Links are followed like those to items: their targets must be in the
/// work tree too, and outside of `.git`.
struct OutsideReader {
  private let runtimes: Runtimes
  private let scan: ScanResult
  /// The folders that nothing may be outside of, by collection.
  private var boundaries: [Int: String?] = [:]
  private var workTrees: [String: String?] = [:]
  /// The declarations in a configuration, by its absolute path.
  private var declarations: [String: [RelativePath: ItemDeclaration]] = [:]
  /// The tools of a project, by its absolute path.
  private var tools: [String: [String]] = [:]

  /// The maximum number of tools of a project.
  private static let toolLimit = 1000

  init(_ scan: ScanResult, by runtimes: Runtimes) {
    self.scan = scan
    self.runtimes = runtimes
  }

  /// Returns the facts about a file; nil if there are none.
  mutating func facts(about file: FoundFile) -> OutsideFacts? {
    guard let rules = runtimes.outsideRules(for: file.source) else { return nil }
    guard let boundary = boundary(of: file) else { return nil }
    var facts = OutsideFacts()
    if let rule = rules.declarations, let project = project(of: file, in: rule.file.pathComponents.first ?? ""),
      case let place = "\(project)/\(rule.file)",
      let path = self.path(of: file).path(below: project).flatMap(RelativePath.init)
    {
      let known =
        declarations[place] ?? Self.end(of: place, in: boundary).flatMap(Self.bytes).map(rule.declarations) ?? [:]
      declarations[place] = known
      facts.declaration = known[path]
    }
    if let rule = rules.customTools { facts.customTools = customTools(for: file, by: rule, in: boundary) }
    return facts.isEmpty ? nil : facts
  }

  private static func parent(of path: String) -> String? { path.lastSlash.map { String(path[..<$0]) } }

  /// Returns the path with links resolved; nil if they lead out of the boundary or into `.git`.
  private static func end(of path: String, in boundary: String) -> String? {
    guard let end = Disk.realPath(path), let below = end.path(below: boundary), !below.pathComponents.contains(".git")
    else { return nil }
    return end
  }

  /// Returns the absolute path of a file in its source, with the links in the source that lead to it.
  private func path(of file: FoundFile) -> String {
    guard let folder = scan.sourceFolder(of: file.source.collection) else { return file.absolutePath }
    let path = "\(folder)/\(file.source.path)"
    return Disk.realPath(path) == file.absolutePath ? path : file.absolutePath
  }

  private static func bytes(of path: String) -> [UInt8]? {
    try? Disk.readWithIdentity(path, followsLinks: false).get().bytes
  }

  /// Returns the absolute path of the folder that contains the runtime's folder with the file; nil if there is none, or
  /// if the source is in the runtime's folder and a link leads to it.
  private func project(of file: FoundFile, in folder: String) -> String? {
    let published = file.source.publishedPath.pathComponents
    guard let place = published.dropLast().lastIndex(of: folder) else { return nil }
    let absolute = path(of: file).pathComponents
    let count = absolute.count - (published.count - place)
    guard count >= 0, absolute[count] == folder else { return nil }
    return "/" + absolute[..<count].joined(separator: "/")
  }

  /// Returns the tools of the file's project and of the projects that contain it.
  private mutating func customTools(for file: FoundFile, by rule: CustomToolRule, in boundary: String) -> [String] {
    let folder = rule.folders.first?.pathComponents.first ?? ""
    var next = project(of: file, in: folder) ?? Self.parent(of: path(of: file))
    var names: Set<String> = []
    while let project = next, project.path(below: boundary) != nil {
      names.formUnion(customTools(in: project, by: rule, in: boundary))
      next = Self.parent(of: project)
    }
    return names.sorted { $0.precedesByBytes($1) }
  }

  private mutating func boundary(of file: FoundFile) -> String? {
    if let known = boundaries[file.source.collection] { return known }
    let found = scan.boundary(of: file.source.collection, known: &workTrees)
    boundaries[file.source.collection] = .some(found)
    return found
  }

  private mutating func customTools(
    in project: String, by rule: CustomToolRule, in boundary: String
  ) -> [String] {
    if let known = tools[project] { return known }
    var names: [String] = []
    for folder in rule.folders.compactMap({ Self.end(of: "\(project)/\($0)", in: boundary) })
    where Disk.kind(folder, followsLinks: false) == .folder {
      for name in Disk.names(in: folder).sorted(by: { $0.precedesByBytes($1) }) where names.count < Self.toolLimit {
        guard let ending = rule.endings.first(where: name.hasSuffix), name.utf8.count > ending.utf8.count,
          let place = Self.end(of: "\(folder)/\(name)", in: boundary), Disk.kind(place, followsLinks: false) == .file
        else { continue }
        names.append(String(name.dropLast(ending.count)))
      }
    }
    tools[project] = names
    return names
  }
}
