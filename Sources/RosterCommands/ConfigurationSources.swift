import Agents
import Files
import Scanning
import Yams

extension ConfigurationReader {
  /// Reads `content`: the folders and repositories of a catalog.
  func sources(_ node: Node, into result: inout Configuration) throws(SettingsError) {
    var folders: [SourceRequest] = []
    for item in try file.items(node, "content") {
      if item.scalar != nil {
        folders.append(SourceRequest(path: try file.text(item, "content")))
        continue
      }
      var texts: [String: String] = [:]
      var hasHistory = false
      var ownURL: SourceURL?
      try file.eachKey(
        of: item, "a source", known: ["folder", "git", "ref", "path", "name", "key", "history", "source-url"]
      ) { (key, value) throws(SettingsError) in
        if key == "history" {
          hasHistory = try file.flag(value, key)
          return
        }
        if key == "source-url" {
          ownURL = try sourceURL(value, key)
          return
        }
        texts[key] = try file.text(value, key)
        if key == "key", texts[key]?.split(separator: "/").isEmpty ?? true {
          throw file.error(value, "key must be a path such as acme/tools")
        }
      }
      guard let url = texts["git"] else {
        guard let folder = texts["folder"] else { throw file.error(item, "a source needs folder or git") }
        if texts["ref"] != nil || texts["path"] != nil || hasHistory {
          throw file.error(item, "ref, path and history require git")
        }
        folders.append(SourceRequest(path: folder, name: texts["name"], key: texts["key"], sourceURL: ownURL))
        continue
      }
      if texts["folder"] != nil {
        throw file.error(item, "a source cannot have both folder and git; use path for a folder in a repository")
      }
      let source = GitSource(
        url: url, ref: texts["ref"], path: texts["path"] ?? "", name: texts["name"], key: texts["key"],
        hasHistory: hasHistory, sourceURL: ownURL)
      if let objection = source.objection { throw file.error(item, objection) }
      if let other = result.repositories.first(where: { $0.label == source.label && $0.path == source.path }) {
        throw file.error(
          item, "\(other.label.joined(separator: "/")) is listed twice; give one of them a different key")
      }
      result.repositories.append(source)
    }
    result.content = folders
  }
}
