import Catalogs
import Files
import Gathering
import Pages
import Publishing
import Scanning

/// The road from folders to a site: scan, gather, assemble, lay out, publish; each only as far as something has changed.
struct Road {
  let plan: BuildPlan
  let publisher: Publisher
  let last: LastRun
  let recipe: Digest
  let theme: SiteTheme
  let search: SearchTool?
  /// The program that knows when files came and who changed them; nil where nobody is to know.
  let git: Git?
  let progress: Progress
  /// What is to stand before the rest; nil where nobody waits.
  var urgency: Publisher.Urgency?

  /// What a run came to.
  struct Result {
    let figures: Figures
    let outcome: Publisher.Outcome
    let scan: ScanResult
    /// Files that could not be read, each with the reason.
    let unreadable: [UnreadFile]
    /// Nil where everything stood already.
    let catalog: Catalog?
    let hasSearch: Bool
    /// Whether files stand in a clone that has the newest commits only.
    let isShallow: Bool
    /// Why history is missing or incomplete, in sentences.
    let historyNotes: [String]
  }

  /// How often it is tried again where a source changes on the way.
  private static let attempts = 3

  func travel() async throws(CommandFailure) -> Result {
    var changed: SourceChanged?
    for _ in 1...Self.attempts {
      do throws(Detour) {
        return try await attempt()
      } catch {
        switch error {
        case .failure(let failure): throw failure
        case .sourceChanged(let change): changed = change
        }
      }
    }
    throw .failed(changed?.description ?? "the sources never stand still")
  }

  /// Why an attempt came to nothing.
  private enum Detour: Error {
    case failure(CommandFailure)
    case sourceChanged(SourceChanged)
  }

  private func attempt() async throws(Detour) -> Result {
    progress.begin("Looking for agents")
    let scan = try scan()
    do throws(PublishingError) { try publisher.makeOwnFolder() } catch { throw Self.detour(error) }
    var gathering = try await gather(scan, remembers: true)
    let history = GitHistory(of: scan.files, selection: plan.selection, git: git)
    let shelf = ApprovalShelf(of: scan.files)
    let inputs = inputs(of: gathering, history, shelf)
    if !plan.isVerbose, let note = await publisher.standingNote(last, inputs: inputs), let figures = Figures(note) {
      return Result(
        figures: figures, outcome: .init(unchanged: figures.files), scan: scan,
        unreadable: scan.unreadable + gathering.unreadable, catalog: nil,
        hasSearch: search != nil, isShallow: history.isShallow,
        historyNotes: history.notes(keptIn: publisher.ownFolder))
    }
    var records: [Record]
    if let kept = await gathering.records() {
      records = kept
    } else {
      // What the last run kept is broken: everything is read once more.
      gathering = try await gather(scan, remembers: false)
      records = await gathering.records() ?? []
    }
    let assembly = Assembly(records, collections: scan.collections, settings: plan.settings)
    let related: Related
    let approvals: [String: Approval]
    do throws(SourceChanged) {
      related = try await assembly.related(jobs: plan.jobs, gathering.likenesses)
      approvals = try await shelf.approvals(of: records, texts: gathering.texts, jobs: plan.jobs)
    } catch {
      throw .sourceChanged(error)
    }
    let (chronicle, historyNotes) = history.chronicle(of: scan.files, keptIn: publisher.ownFolder)
    let catalog = await Catalog(related, chronicle: chronicle, approvals: approvals, jobs: plan.jobs)
    let site = await Site(
      catalog, theme: theme, texts: gathering.texts, key: last.key, hasSearch: search != nil, jobs: plan.jobs)
    let figures = Figures(catalog, files: site.plan.count)
    let outcome = try await publish(site, inputs, figures)
    await gathering.keep(records, related, recipe: recipe, in: publisher.ownFolder)
    return Result(
      figures: figures, outcome: outcome, scan: scan, unreadable: scan.unreadable + gathering.unreadable,
      catalog: catalog, hasSearch: search != nil, isShallow: history.isShallow, historyNotes: historyNotes)
  }

  private func scan() throws(Detour) -> ScanResult {
    do throws(ScanError) {
      return try Scanner(selection: plan.selection, output: plan.output).scan(plan.sources)
    } catch {
      throw .failure(.usage(error.description))
    }
  }

  private func gather(_ scan: ScanResult, remembers: Bool) async throws(Detour) -> Gathering {
    let gatherer = Gatherer(
      folder: publisher.ownFolder, recipe: recipe, key: last.key, settings: plan.settings, jobs: plan.jobs)
    do throws(Disk.Failure) {
      return try await gatherer.gather(scan, remembers: remembers) { [progress] done, total in
        progress.show("Reading", done, of: total, "agents")
      }
    } catch {
      throw .failure(.failed(error.description))
    }
  }

  /// The digest of all that the site is made from.
  private func inputs(of gathering: Gathering, _ history: GitHistory, _ shelf: ApprovalShelf) -> Digest {
    var digester = Digester(key: last.key)
    digester.add(recipe)
    history.add(to: &digester)
    shelf.add(to: &digester)
    gathering.add(to: &digester)
    return digester.digest
  }

  private func publish(_ site: Site, _ inputs: Digest, _ figures: Figures) async throws(Detour) -> Publisher.Outcome {
    let total = site.plan.count
    progress.begin("Writing")
    do throws(PublishingError) {
      return try await publisher.publish(
        site, after: last, inputs: inputs, recipe: recipe, note: figures.note, search: search, urgency: urgency
      ) { [progress] done in
        progress.show("Writing", done, of: total, "files")
      }
    } catch {
      throw Self.detour(error)
    }
  }

  private static func detour(_ error: PublishingError) -> Detour {
    if case .sourceChanged(let change) = error { return .sourceChanged(change) }
    return .failure(.failed(error.description))
  }
}
