import Catalogs
import Files
import Gathering
import Pages
import Publishing
import Scanning

/// The road from folders to a site: scan, gather, assemble, lay out, publish; each only as far as something has
/// changed.
struct Road {
  let plan: BuildPlan
  /// Where records are kept between runs.
  let records: CacheFolder?
  let publisher: Publisher
  let last: LastRun
  let recipe: Digest
  let theme: SiteTheme
  /// The program that knows when files came and who changed them; nil where nobody is to know.
  let git: Git?
  let progress: Progress
  /// What is to stand before the rest; nil where nobody waits.
  var urgency: Publisher.Urgency?

  /// What a run came to.
  struct Result {
    let figures: Figures
    let outcome: Publisher.Outcome
    /// How many source files were read.
    let filesRead: Int
    let scan: ScanResult
    /// Files that could not be read, each with the reason.
    let unreadable: [UnreadFile]
    /// Nil where everything stood already.
    let catalog: Catalog?
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
    throw .failed(changed?.description ?? "the sources keep changing")
  }

  /// Why an attempt came to nothing.
  private enum Detour: Error {
    case failure(CommandFailure)
    case sourceChanged(SourceChanged)
  }

  private func attempt() async throws(Detour) -> Result {
    progress.begin("Looking for agents")
    let scan: ScanResult
    do throws(CommandFailure) { scan = try plan.scan() } catch { throw .failure(error) }
    progress.begin("Reading")
    let reader = plan.reader(cache: records, git: git, memoryLimit: Self.memoryLimit)
    let sources = await reader.read(scan) { [progress] done, total in
      progress.show("Reading", done, of: total, "agents")
    }
    let inputs = inputs(of: sources)
    if !plan.isVerbose, let note = await publisher.standingNote(last, inputs: inputs), let figures = Figures(note) {
      return Result(
        figures: figures, outcome: .init(unchanged: figures.files), filesRead: sources.filesRead, scan: scan,
        unreadable: sources.unreadableFiles, catalog: nil, isShallow: sources.isShallow,
        historyNotes: sources.historyNotes)
    }
    do throws(PublishingError) { try publisher.requireWritable() } catch { throw Self.detour(error) }
    let read: CatalogSnapshot
    do throws(SourceChanged) { read = try await sources.catalog() } catch { throw .sourceChanged(error) }
    let site = await Site(
      read.catalog, theme: theme, texts: read.texts, key: last.key, hasSearch: plan.wantsSearch, jobs: plan.jobs)
    let figures = Figures(read.catalog, files: site.plan.count)
    // A broken cache may have been read anew meanwhile.
    let outcome = try await publish(site, self.inputs(of: read.sources), figures)
    await read.keep()
    return Result(
      figures: figures, outcome: outcome, filesRead: read.sources.filesRead, scan: scan, unreadable: read.unreadable,
      catalog: read.catalog, isShallow: read.sources.isShallow,
      historyNotes: read.historyNotes)
  }

  /// How many bytes of rendered text are held in memory.
  private static let memoryLimit = 64 << 20

  /// The digest of all that the site is made from.
  private func inputs(of sources: SourceSnapshot) -> Digest {
    var digester = Digester(key: last.key)
    digester.add(recipe)
    sources.add(to: &digester)
    return digester.digest
  }

  private func publish(_ site: Site, _ inputs: Digest, _ figures: Figures) async throws(Detour) -> Publisher.Outcome {
    let total = site.plan.count
    progress.begin("Writing")
    do throws(PublishingError) {
      return try await publisher.publish(
        site, after: last, inputs: inputs, recipe: recipe, note: figures.note, urgency: urgency
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
