import Files

/// A workflow that a compiler wrote from a source beside it.
struct CompiledWorkflow {
  let compiler: WorkflowFacts.Compiler
  /// The display name, with the name of the source.
  let title: String
  /// The source and the files that it imports, if they are in its folder.
  let sources: [RelativePath]

  /// The maximum number of lines and bytes of the first comment that are searched.
  private static let (lineLimit, limit) = (400, 1 << 18)

  /// Recognizes a workflow by its name and the comment at its top. Returns nil for other workflows.
  init?(_ path: RelativePath, _ bytes: [UInt8], _ known: WorkflowFacts) {
    let name = path.lastComponent
    guard let compiler = known.compilers.first(where: { name.hasSuffix($0.ending) }) else { return nil }
    let comment = String(decoding: bytes.prefix(Self.limit), as: UTF8.self)
      .split(whereSeparator: \.isNewline).prefix(Self.lineLimit).prefix { $0.hasPrefix("#") }
    guard comment.contains(where: { line in compiler.marks.contains { line.contains($0) } }) else { return nil }
    let folder = path.folders.map { $0 + "/" }.joined()
    let source = "\(name.dropLast(compiler.ending.count))\(compiler.sourceEnding)"
    // The comment lists imported files as `#     - shared/tools.md`.
    let imports = comment.compactMap { line -> String? in
      let text = line.drop { $0 == "#" || $0 == " " }
      guard text.hasPrefix("- "), text.hasSuffix(compiler.sourceEnding), !text.dropFirst(2).contains(" ") else {
        return nil
      }
      return String(text.dropFirst(2))
    }
    self.compiler = compiler
    title = "\(compiler.title) compiled from \(source)"
    sources = ([source] + imports).compactMap { RelativePath(folder + $0) }
  }
}
