import Files
import GFM
import Rules

// Checks of bytes and parsed Markdown, for every file with or without frontmatter.

extension FindingList {
  /// Checks the repaired bytes. Each rule reports at most one finding for each line.
  mutating func checkRepairs() {
    var lastLine: [String: Int] = [:]
    for repair in text.repairs {
      let line = location(of: repair.range.lowerBound).line
      for rule in RuleRegistry.bytes {
        guard let problem = rule.problem(with: repair.kind) else { continue }
        let id = rule.rule.id
        guard lastLine[id] != line else { continue }
        lastLine[id] = line
        add(rule.rule, problem, fileRange: repair.range)
      }
    }
  }

  /// Checks the notices of the Markdown parser.
  mutating func check(_ document: Document) {
    context.code = document.codeLines.map { lines in
      let first = place(line: lines.lowerBound, column: 1, from: 0).lowerBound
      return first..<max(first, place(line: lines.upperBound, column: 1, from: 0).upperBound)
    }
    var (line, range) = (0, 0..<0)
    for notice in document.notices {
      // Reuse the range, because one long line may have many notices.
      if notice.line != line { (line, range) = (notice.line, place(line: notice.line, column: 1, from: 0)) }
      switch notice.kind {
      case .comment(let text), .definitionUnused(let text): checkHidden(text, in: range)
      default:
        for rule in RuleRegistry.markdown {
          guard let problem = rule.problem(with: notice.kind) else { continue }
          add(rule.rule, problem, fileRange: text.fileRange(range))
        }
      }
    }
  }

  /// Adds a problem at a position known to the phase.
  mutating func add(_ rule: Rule, _ problem: Problem, fileRange: Range<Int>?) {
    add(
      rule, problem.message, help: problem.help, fileRange: problem.concernsFile ? nil : fileRange,
      severity: problem.severity)
  }
}
