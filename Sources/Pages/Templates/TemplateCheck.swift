import Files

/// Finds names in a template that nothing stands for. The engine would leave an empty place.
struct TemplateCheck {
  let file: String
  let templates: Set<String>

  func check(_ text: String) throws(ThemeError) {
    var blocks: Set<String> = []
    var open: [(name: Substring, line: Int)] = []
    var line = 1
    var rest = text[...]
    while let start = rest.firstRange(of: "{{") {
      line += rest[..<start.lowerBound].count { $0 == "\n" }
      let isTriple = rest[start.upperBound...].hasPrefix("{")
      guard let end = rest[start.upperBound...].firstRange(of: isTriple ? "}}}" : "}}") else {
        throw error(line, "the tag opened here is never closed")
      }
      var tag = rest[start.upperBound..<end.lowerBound]
      if isTriple { tag = tag.dropFirst() }
      let sign = isTriple ? "&" : tag.first ?? " "
      let name = tag.drop { "#^/>&<$! ".contains($0) }.trimmingSuffix { $0 == " " }
      switch sign {
      case "!": break
      case "=": throw error(line, "delimiters cannot be changed here")
      case "%": throw error(line, "pragmas are set by the program")
      case ">", "<":
        if !templates.contains(String(name)) {
          throw error(line, "there is no template “\(name)”" + hint(String(name), templates))
        }
        if sign == "<" { open.append((name, line)) }
      case "$":
        blocks.insert(String(name))
        open.append((name, line))
      case "/":
        guard let last = open.popLast() else { throw error(line, "{{/\(name)}} closes nothing") }
        guard last.name == name else {
          throw error(line, "{{/\(name)}} stands where {{/\(last.name)}} is due, opened in line \(last.line)")
        }
      default:
        try check(name: name, at: line)
        if sign == "#" || sign == "^" { open.append((name, line)) }
      }
      line += rest[start.lowerBound..<end.upperBound].count { $0 == "\n" }
      rest = rest[end.upperBound...]
    }
    if let last = open.last { throw error(last.line, "{{\(last.name)}} is opened here and never closed") }
  }

  private func check(name: Substring, at line: Int) throws(ThemeError) {
    if name == "." { return }
    for part in name.split(separator: ".") where !Vocabulary.names.contains(String(part)) {
      throw error(line, "nothing is called “\(part)”" + hint(String(part), Vocabulary.names))
    }
  }

  private func hint(_ word: String, _ candidates: Set<String>) -> String {
    Spelling.suggestion(for: word, among: candidates.sorted()).map { "; did you mean “\($0)”?" } ?? ""
  }

  private func error(_ line: Int, _ message: String) -> ThemeError {
    ThemeError(file: file, line: line, message: message)
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isTrimmed(last) { rest = rest.dropLast() }
    return rest
  }
}

/// Every name that a template may use.
enum Vocabulary {
  static let names: Set<String> = [
    Array(FrameView.members.keys), Array(NavigationView.members.keys), Array(LinkView.members.keys),
    Array(RowView.members.keys), Array(ListView.members.keys), Array(ReachView.members.keys),
    Array(CellView.members.keys), Array(IndexView.members.keys), Array(FacetView.members.keys),
    Array(TermsView.members.keys), Array(TermView.members.keys), Array(AgentView.members.keys),
    Array(FindingView.members.keys), Array(ExampleView.members.keys), Array(TurnView.members.keys),
    Array(ToolView.members.keys), Array(FieldView.members.keys), Array(DocumentView.members.keys),
    Array(ComparisonView.members.keys), Array(LineGroupView.members.keys), Array(LineView.members.keys),
    Array(VariantsView.members.keys), Array(ComparisonsView.members.keys), Array(ComparisonRowView.members.keys),
    Array(MessageView.members.keys), Array(SearchView.members.keys),
  ].reduce(into: []) { $0.formUnion($1) }
}
