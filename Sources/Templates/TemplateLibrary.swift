import Text

/// The linked templates of a theme.
public struct TemplateLibrary: Sendable {
  /// The source text of a template.
  public struct Source {
    /// The file, for messages.
    public let file: String
    /// The content.
    public let text: String

    /// Creates a source.
    public init(file: String, text: String) {
      self.file = file
      self.text = text
    }
  }

  private let templates: [String: Template]

  /// Parses and links templates.
  ///
  /// - Parameters:
  ///   - sources: The templates by name.
  ///   - names: All names that views define.
  ///   - assets: The paths of the files that pages load, from the root of the site. `{{asset:logo.svg}}` is the
  ///     relative address of one.
  /// - Throws: ``TemplateError`` for a template with a syntax error, an unknown name or a cycle.
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

  /// Returns the template with a name, or nil.
  public subscript(name: String) -> Template? { templates[name] }
}

/// Inserts partials and layouts.
private struct Linker {
  let sources: [String: TemplateLibrary.Source]
  let assets: [String: String]
  var parsed: [String: [TemplateParser.Node]] = [:]

  /// The prefix of asset names in templates.
  static let assetMark = "asset:"

  typealias Blocks = [String: [Template.Part]]

  /// Returns the parts of a template.
  ///
  /// - Parameters:
  ///   - name: The name of the template.
  ///   - blocks: The content of its blocks. Other blocks keep their default content.
  ///   - users: The templates that include it, outermost first.
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
        // The blocks of a template that inherits from this one take precedence.
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
