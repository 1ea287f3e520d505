import Catalogs
import Files
import Foundation
import Grants
import Pages
import Publishing
import Reports
import Reviews
import Scanning

/// Runs `roster review`: reads two states of the sources, and publishes the changes.
struct Reviewing {
  let command: ReviewCommand

  func run() async throws(CommandFailure) {
    guard let git = Git.find(in: ProcessInfo.processInfo.environment["PATH"]) else {
      throw .failed("a review needs git, which is not on the PATH")
    }
    let range = try ReviewRange(command, git: git)
    let folder: String
    do throws(Disk.Failure) { folder = try Disk.makeTemporaryFolder() } catch { throw .failed(error.description) }
    defer { Disk.removeTree(folder) }
    var fetching = ReviewFetching(into: command.fetch ? "\(folder)/fetched" : nil)
    let base = try BaseConfiguration(
      of: BuildPlan.configurationFile(command.config), range, git: git, fetching: &fetching)
    let plan = try BuildPlan(reviewing: command, sources: range.sources, by: base)
    let sources = try plan.sources.map { (request) throws(CommandFailure) in
      try fetching.completed(ReviewedSource(request, range, git: git))
    }
    let progress = Progress(isShown: Terminal.showsProgress)
    defer { progress.end() }
    progress.begin("Reading both states")
    let cache = plan.cache.open()
    defer { cache.close() }
    let before = try await ReviewReading(
      sources.map { ($0, $0.before) }, into: "\(folder)/before", git, plan, cache: cache.folder)
    let commits = sources.compactMap { source in source.after.map { (source, $0) } }
    let after =
      range.head == nil
      ? try await ReviewReading(working: sources, git, plan, cache: cache.folder)
      : try await ReviewReading(commits, into: "\(folder)/after", git, plan, cache: cache.folder)
    var (old, new) = (before.state, after.state)
    old.unlisted = { (files) throws(Disk.Failure) in try after.contents(of: files, at: { $0.before }, in: folder) }
    new.unlisted = { (files) throws(Disk.Failure) in try before.contents(of: files, at: { $0.after }, in: folder) }
    let review: Review
    let settings: ReviewSettings
    do throws(Disk.Failure) {
      settings = try ReviewSettings(of: sources, plan.selection, items: after.state.catalog, in: folder, git)
      review = try await Review(
        of: old, and: new, settings: settings.changes, jobs: plan.jobs)
    } catch {
      throw .failed(error.description)
    }
    if before.state.catalog.entries.isEmpty, after.state.catalog.entries.isEmpty, review.settings.isEmpty {
      let names = plan.sources.map(\.path).joined(separator: ", ")
      // A wrong path is not an unchanged folder.
      if before.isEmpty, after.isEmpty, sources.allSatisfy({ !$0.path.isEmpty }) {
        throw .failed("there is nothing in \(names), before or after")
      }
      Terminal.error("roster: no agents in \(names), before or after, and no settings that changed")
    }
    let sides = Self.sides(
      sources, range, notes: [base?.note].compactMap(\.self) + settings.notes,
      unreadable: before.unreadable + after.unreadable)
    let configuration = try settingsChange(sources, plan)
    progress.begin("Writing")
    try await publish(
      ReviewSite(
        review, settingsChange: configuration, sides: sides, texts: .init(before: before.texts, after: after.texts),
        theme: try LoadedTheme(plan.theme).theme), plan, cache: cache.folder)
    progress.end()
    let failing = command.failOn.isEmpty ? [.error] : command.failOn
    let reasons = Self.reasons(to: failing, review)
    try writeSummary(ReviewMarkdown(review, sides: sides, settingsChange: configuration, reasons: reasons))
    if command.summary != "-" {
      for line in ReviewText(review, sides: sides, reasons: reasons, output: plan.output).lines {
        Terminal.output(line)
      }
    }
    if let note = cache.note { Terminal.error("roster: \(note)") }
    for file in after.unreadable { Terminal.error("roster: \(UnreadText.of(file, "not reviewed"))") }
    // Files that were already unreadable don't count against this change.
    let known = Set(before.unreadable.map { "\($0.publishedPath): \($0.reason)" })
    let isNew = after.unreadable.contains { !known.contains("\($0.publishedPath): \($0.reason)") }
    if !reasons.isEmpty || isNew { throw .said }
  }

  // MARK: Saying

  /// Returns the change of the catalog's configuration.
  private func settingsChange(
    _ sources: [ReviewedSource], _ plan: BuildPlan
  ) throws(CommandFailure) -> DocumentChange? {
    guard let source = sources.first else { return nil }
    let place = Disk.absolutePath(plan.configurationFile)
    guard let path = place.path(below: source.repository.root) else { return nil }
    do throws(Disk.Failure) {
      let old = try source.repository.content(of: path, at: source.before)
      let new: [UInt8]?
      if let after = source.after {
        new = try source.repository.content(of: path, at: after)
      } else {
        new = try? Disk.read(place).get()
      }
      return DocumentChange(path: path, from: old, to: new)
    } catch {
      throw .failed(error.description)
    }
  }

  private static func sides(
    _ sources: [ReviewedSource], _ range: ReviewRange, notes: [String], unreadable: [UnreadFile]
  ) -> ReviewSite.Sides {
    func named(_ name: String, _ commit: GitRepository.Commit?) -> String {
      guard let commit else { return "the working files" }
      let isName = commit.commit.id.hasPrefix(name)
      return "\(isName ? "" : "\(name) at ")\(commit.commit.id.prefix(8)) “\(commit.title)”"
    }
    let notes =
      notes + sources.compactMap(\.note) + unreadable.map { "Not reviewed: \($0.publishedPath), \($0.reason)." }
    guard let source = sources.first else { return .init(before: range.base, after: range.head ?? "", notes: notes) }
    let others = Set(sources.map(\.repository.root)).count - 1
    let more = others > 0 ? " (and of \(others) more \(others == 1 ? "repository" : "repositories"))" : ""
    let tip = range.isDirect || source.note != nil
    let before =
      tip
      ? named(range.base, source.before)
      : "where it branched off \(range.base), \(named(source.before.commit.id, source.before))"
    var seen: Set<String> = []
    return .init(
      before: before + more, after: named(range.head ?? "", source.after),
      notes: notes.filter { seen.insert($0).inserted })
  }

  /// Returns phrases for why a review fails; empty if it doesn't.
  private static func reasons(to failing: [ReviewCommand.Failing], _ review: Review) -> [String] {
    func new(_ severity: Finding.Severity) -> Int { review.newFindings.count { $0.finding.severity == severity } }
    var reasons: [String] = []
    if failing.contains(.error) || failing.contains(.warning), new(.error) > 0 {
      reasons.append(CountText.of(new(.error), "new error"))
    }
    if failing.contains(.warning), new(.warning) > 0 { reasons.append(CountText.of(new(.warning), "new warning")) }
    let wider = review.changes.filter { !$0.access.gains.isEmpty }
    let known = wider.count { $0.before != nil }
    let settings = review.settings.filter { !$0.gains.isEmpty }
    if failing.contains(.access) || failing.contains(.newAccess) {
      if known > 0 { reasons.append("\(CountText.of(known, "item")) with wider access") }
      if !settings.isEmpty { reasons.append("wider access in \(ReviewWording.count(settings))") }
    }
    if failing.contains(.newAccess), wider.count > known {
      reasons.append("\(CountText.of(wider.count - known, "new item")) with access")
    }
    return reasons
  }

  private func writeSummary(_ summary: ReviewMarkdown) throws(CommandFailure) {
    guard let file = command.summary else { return }
    if file == "-" { return Terminal.output(summary.text, terminator: "") }
    do throws(Disk.Failure) {
      try Disk.save(Array(summary.text.utf8), to: file)
    } catch {
      throw .failed(error.description)
    }
  }

  // MARK: Publishing

  private func publish(
    _ site: ReviewSite, _ plan: BuildPlan, cache: CacheFolder?
  ) async throws(CommandFailure) {
    let publisher = Publisher(
      folder: plan.output, cache: cache, jobs: plan.jobs, isIgnoredByGit: plan.output == ReviewCommand.usualOutput)
    let last = publisher.lastRun
    do throws(PublishingError) {
      _ = try await publisher.publish(
        site, after: last, inputs: DigestKey.random().digest([]), recipe: last.key.digest([]))
    } catch {
      throw .failed(error.description)
    }
  }
}
