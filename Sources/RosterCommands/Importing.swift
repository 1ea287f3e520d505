import Approvals
import Catalogs
import Files
import Gathering
import Reports

/// Records the approvals of a review that was exported from the browser.
struct Importing {
  let review: ExportedReview
  let approving: Approving
  /// Whether to write nothing.
  let isDryRun: Bool

  /// Reads the file of an exported review.
  static func review(at path: String) throws(CommandFailure) -> ExportedReview {
    guard Disk.kind(path) != nil else { throw .usage("\(path): No such file or directory") }
    if let size = Disk.realPath(path).flatMap(Disk.identity)?.size, size > ExportedReview.sizeLimit {
      throw .failed("\(path): the file is larger than \(ExportedReview.sizeLimit >> 20) MB; nothing was imported")
    }
    let bytes: [UInt8]
    do throws(Disk.Failure) { bytes = try Disk.read(path).get() } catch { throw .usage(error.description) }
    do throws(ExportedReview.Failure) {
      return try ExportedReview(bytes)
    } catch {
      throw .failed(TerminalText.printable("\(path): \(error.description)") + "\nroster: nothing was imported")
    }
  }

  /// Records the approvals of items that have not changed since the review.
  ///
  /// - Parameter paths: The absolute paths of files, by published path.
  func run(on catalog: Catalog, _ paths: [String: String]) -> ImportedReview {
    // Items in one file can share a name, so the digest selects the item.
    let places = Dictionary(grouping: catalog.entries.indices) { catalog.entries[$0].agent.source.publishedLabel }
    return ImportedReview(
      by: approving.approver,
      review.items.map { item in
        let found = (places[item.path] ?? []).map { catalog.entries[$0] }
        let source = found.first?.agent.source
        return ImportedReview.Item(
          displayPath: source?.displayLabel ?? item.path, publishedPath: source?.publishedPath ?? item.path,
          label: item.path, result: result(of: item, found, paths), comments: comments(of: item, found))
      })
  }

  private func result(
    of item: ExportedReview.Item, _ found: [Catalog.Entry], _ paths: [String: String]
  ) -> ImportedReview.Result {
    switch item.verdict {
    case nil: return .undecided
    case .changesRequested: return .changesRequested
    case .approved: break
    }
    if !item.canBeApproved { return .skipped("settings files, documents and removed items have no approvals") }
    if found.isEmpty {
      return .refused("not found. It was renamed or removed, or is outside the sources; --from names its folder.")
    }
    let changed = ImportedReview.Result.refused("changed since it was reviewed. Review it again.")
    guard let entry = found.first(where: { $0.record.digest == item.digest }),
      let path = paths[entry.agent.source.publishedPath]
    else { return changed }
    do throws(Disk.Failure) {
      // The file may have changed since the catalog was read.
      let record = try approving.record(of: entry)
      guard record.digest == item.digest else { return changed }
      return .approved(isDryRun ? approving.words(for: entry) : try approving.write(record, of: entry, path))
    } catch {
      return .refused(error.path == entry.agent.source.displayLabel ? error.reason : error.description)
    }
  }

  /// Returns the comments on an item. If it has changed since, they have no line, because it may be another one now.
  private func comments(of item: ExportedReview.Item, _ found: [Catalog.Entry]) -> [ImportedReview.Comment] {
    let source = found.first?.agent.source
    let isCurrent = found.isEmpty || found.contains { $0.record.digest == item.digest }
    return item.comments.map { comment in
      let line = isCurrent ? comment.line : nil
      let note = line == comment.line ? "" : comment.line.map { " (on line \($0) of an earlier version)" } ?? ""
      return ImportedReview.Comment(
        displayPath: comment.file ?? source?.displayPath ?? item.path,
        publishedPath: comment.file ?? source?.publishedPath ?? item.path, line: line,
        isBefore: comment.side == .before, rule: comment.rule, text: comment.text + note)
    }
  }
}
