import Text

/// The templates of a theme, each with its partials and its layout put in their places.
public struct TemplateLibrary: Sendable {
  /// The text of a template.
  public struct Source {
    /// The file, for messages.
    public let file: String
    /// The content.
    public let text: String

    /// Makes a source.
    public init(file: String, text: String) {
      self.file = file
      self.text = text
    }
  }

  private let templates: [String: Template]

  /// Makes a library of templates by name.
  ///
  /// - Parameters:
  ///   - names: every name that a view has.
  ///   - assets: where the files that pages load stand, from the root of the site; `{{asset:logo.svg}}` is the way to
  ///     one.
  /// - Throws: ``TemplateError`` for one that cannot be read, names what is not there, or stands in itself.
  public init(_ sources: [String: Source], names: Set<String>, assets: [String: String] = [:]) throws(TemplateError) {
    var linker = Linker(sources: sources, assets: assets)
    let names = names.union(assets.keys.map { Linker.assetMark + $0 })
    let known = Set(sources.keys)
    for (name, source) in sources.sorted(by: { $0.key < $1.key }) {
      linker.parsed[name] = try TemplateParser.parse(source.text, file: source.file, names: names, templates: known)
    }
    var templates: [String: Template] = [:]
    for name in sources.keys.sorted() { templates[name] = Template(try linker.parts(of: name, filling: [:], in: [])) }
    self.templates = templates
  }

  /// A template, or nil where there is none of that name.
  public subscript(name: String) -> Template? { templates[name] }
}

/// Puts partials and layouts in their places.
private struct Linker {
  let sources: [String: TemplateLibrary.Source]
  let assets: [String: String]
  var parsed: [String: [TemplateParser.Node]] = [:]

  /// What the name of an asset begins with in a template.
  static let assetMark = "asset:"

  typealias Blocks = [String: [Template.Part]]

  /// The parts of a template.
  ///
  /// - Parameters:
  ///   - blocks: what fills its blocks; those that are not filled hold what they were written with.
  ///   - users: the templates that it is being put into, outermost first.
  func parts(of name: String, filling blocks: Blocks, in users: [String]) throws(TemplateError) -> [Template.Part] {
    try parts(of: parsed[name] ?? [], filling: blocks, in: users + [name])
  }

  private func parts(
    of nodes: [TemplateParser.Node], filling blocks: Blocks, in users: [String]
  ) throws(TemplateError) -> [Template.Part] {
    var parts: [Template.Part] = []
    for node in nodes {
      switch node {
      case .literal(let text): parts.append(.literal(Array(text.utf8)))
      case .value(let name, let isRaw):
        if let address = name.hasPrefix(Self.assetMark) ? assets[String(name.dropFirst(Self.assetMark.count))] : nil {
          parts += [.value(name: "root", isRaw: false), .literal(Array(HTMLText.escaped(address).utf8))]
        } else {
          parts.append(.value(name: name, isRaw: isRaw))
        }
      case .section(let name, let inner):
        parts.append(.section(name: name, try self.parts(of: inner, filling: blocks, in: users)))
      case .inverted(let name, let inner):
        parts.append(.inverted(name: name, try self.parts(of: inner, filling: blocks, in: users)))
      case .partial(let name, let line):
        try refuseLoop(name, line, users)
        parts += try self.parts(of: name, filling: [:], in: users)
      case .block(let name, let inner):
        if let filling = blocks[name] {
          parts += filling
        } else {
          parts += try self.parts(of: inner, filling: blocks, in: users)
        }
      case .parent(let name, let line, let inner):
        try refuseLoop(name, line, users)
        var own: Blocks = [:]
        for case .block(let block, let content) in inner {
          own[block] = try self.parts(of: content, filling: blocks, in: users)
        }
        // What inherits from this template has the last word.
        parts += try self.parts(of: name, filling: own.merging(blocks) { $1 }, in: users)
      }
    }
    return parts
  }

  private func refuseLoop(_ name: String, _ line: Int, _ users: [String]) throws(TemplateError) {
    guard users.contains(name) else { return }
    let file = users.last.flatMap { sources[$0]?.file } ?? name
    throw TemplateError(file: file, line: line, message: "the template “\(name)” includes itself")
  }
}
