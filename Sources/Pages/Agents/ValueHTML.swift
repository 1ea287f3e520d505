import Agents
import Templates

/// Field values as HTML.
enum ValueHTML {
  /// Returns a value as HTML: scalars as text, short lists on one line, maps as nested lists.
  static func html(_ value: FieldValue) -> HTML {
    switch value {
    case .null: return "<span class=\"quiet\">empty</span>"
    case .bool, .number: return "<code>\(value.scalar ?? "")</code>"
    case .text(let text): return text.contains("\n") ? "<div class=\"text\">\(text)</div>" : HTML(text: text)
    case .list(let items):
      if items.isEmpty { return "<span class=\"quiet\">an empty list</span>" }
      let scalars = items.compactMap(\.scalar)
      if scalars.count == items.count, scalars.allSatisfy({ $0.utf8.count <= 40 }) {
        return HTML(text: scalars.joined(separator: ", "))
      }
      return "<ul>\(items.map { "<li>\(html($0))</li>" as HTML }.joined())</ul>"
    case .map(let entries):
      if entries.isEmpty { return "<span class=\"quiet\">an empty map</span>" }
      let lines = entries.map { "<li><code>\($0.key)</code> \(html($0.value))</li>" as HTML }
      return "<ul class=\"map\">\(lines.joined())</ul>"
    }
  }
}
