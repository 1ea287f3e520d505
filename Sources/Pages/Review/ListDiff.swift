import Agents
import Templates

/// A diff of a field that contains a list, such as tools or tags.
enum ListDiff {
  /// Returns the items of both sides, each marked as unchanged, removed or added; nil if either side is not a list.
  static func html(_ key: String, _ before: FieldValue?, _ after: FieldValue?) -> HTML? {
    guard let before, let after, let old = items(of: before, key), let new = items(of: after, key),
      old.count + new.count > 2
    else { return nil }
    let (had, has) = (Set(old), Set(new))
    let marked =
      new.filter { had.contains($0) }.map { "<li>\(item($0))</li>" as HTML }
      + old.filter { !has.contains($0) }.map { "<li class=\"removed\"><del>\(item($0))</del></li>" as HTML }
      + new.filter { !had.contains($0) }.map { "<li class=\"added\"><ins>\(item($0))</ins></li>" as HTML }
    return "<ul class=\"items\">\(marked.joined(separator: " "))</ul>"
  }

  private static func item(_ text: String) -> HTML { "<code>\(text)</code>" }

  /// Returns whether the text of a field is a comma-separated list.
  private static func isList(_ key: String) -> Bool {
    let key = key.lowercased()
    return key.contains("tool") || key == "tags" || key == "keywords" || key == "skills"
  }

  private static func items(of value: FieldValue, _ key: String) -> [String]? {
    switch value {
    case .list(let items):
      let texts = items.compactMap(\.scalar)
      return texts.count == items.count ? texts : nil
    case .text(let text): return isList(key) ? ToolSet.items(of: text) : nil
    default: return nil
    }
  }
}
