import Differences
import Foundation
import Text

/// A comparison for other programs: `{"agents", "rows": [{"title", "values", "same"}], "pairs": [{"left", "right",
/// "similarity", "identical"}], "files", "sections"}`.
public struct ComparisonJSON: Encodable {
  private let agents: [Agent]
  private let rows: [Row]
  private let pairs: [Pair]
  /// The files that differ between two skills.
  private let files: [File]?
  /// The sections, if two agents are compared.
  private let sections: [Section]?

  private struct Agent: Encodable {
    let id: String
    let name: String
    let path: String
  }

  private struct Row: Encodable {
    let title: String
    let values: [String?]
    let same: Bool
  }

  private struct File: Encodable {
    let path: String
    let difference: String
  }

  private struct Pair: Encodable {
    let left: String
    let right: String
    let similarity: Double
    let identical: Bool
  }

  private struct Section: Encodable {
    let left: String?
    let right: String?
    let moved: Bool
    let blocks: [Block]
  }

  /// Lines of one kind: `same`, `removed` or `added`, or a `changed` line in pieces.
  private struct Block: Encodable {
    let kind: String
    var lines: [String]?
    var pieces: [Piece]?
  }

  private struct Piece: Encodable {
    let side: String
    let text: String
  }

  /// Creates the output for a comparison.
  public init(_ comparison: SideBySide) {
    agents = zip(comparison.labels, comparison.entries).map { label, entry in
      Agent(id: label, name: entry.agent.name, path: entry.agent.source.publishedLabel)
    }
    rows = comparison.rows.map { Row(title: $0.title, values: $0.values, same: $0.isSame) }
    let ids = comparison.labels
    pairs = comparison.twos.map {
      Pair(
        left: ids[$0.left], right: ids[$0.right], similarity: ($0.likeness.similarity * 1000).rounded() / 1000,
        identical: $0.likeness.isIdentical)
    }
    files = comparison.files.isEmpty ? nil : comparison.files.map { File(path: $0.path, difference: $0.words) }
    sections = comparison.diff?.pairs.map { pair in
      Section(
        left: pair.left?.title, right: pair.right?.title, moved: pair.isMoved, blocks: pair.diff.blocks.map(Self.block))
    }
  }

  /// Returns the comparison as JSON text.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return InvisibleText.escapedInJSON(String(decoding: try encoder.encode(self), as: UTF8.self))
  }

  private static func block(_ block: TextDiff.Block) -> Block {
    switch block {
    case .same(let lines): Block(kind: "same", lines: lines)
    case .removed(let lines): Block(kind: "removed", lines: lines)
    case .added(let lines): Block(kind: "added", lines: lines)
    case .changed(let pieces):
      Block(kind: "changed", pieces: pieces.map { Piece(side: side($0.side), text: $0.text) })
    }
  }

  private static func side(_ side: TextDiff.Piece.Side) -> String {
    switch side {
    case .both: "both"
    case .left: "left"
    case .right: "right"
    }
  }
}
