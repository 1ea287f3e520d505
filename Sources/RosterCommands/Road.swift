import Catalogs
import Files
import Gathering
import Pages
import Publishing
import Scanning

/// The steps from folders to a site: scan, read, assemble, lay out, publish. Steps are skipped if nothing has changed.
struct Road {
  let plan: BuildPlan
  /// The cache for records.
  let records: CacheFolder?
  let publisher: Publisher
  let last: LastRun
  let recipe: Digest
  let theme: SiteTheme
  /// Used to read the history of files; nil to skip it.
  let git: Git?
  let progress: Progress
  /// The files to write first; nil if nobody is waiting.
  var urgency: Publisher.Urgency?

  /// The result of a run.
  struct Result {
    let figures: Figures
    let outcome: Publisher.Outcome
    /// The number of source files read.
    let filesRead: Int
    let scan: ScanResult
    /// Files that couldn't be read, with reasons.
    let unreadable: [UnreadFile]
    /// The catalog; nil if everything was up to date.
    let catalog: Catalog?
    /// Whether files are in a shallow clone.
    let isShallow: Bool
    /// Sentences about why history is missing or incomplete.
    let historyNotes: [String]
  }

  /// The maximum number of attempts if sources change during the build.
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

  /// The reason for a failed attempt.
  private enum Detour: Error {
    case failure(CommandFailure)
    case sourceChanged(SourceChanged)
  }

  private func attempt() async throws(Detour) -> Result {
    progress.begin("Looking for agents")
    let scan: ScanResult
    do throws(CommandFailure) { scan = try plan.scan(withWebs: true) } catch { throw .failure(error) }
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
      read.catalog, theme: theme, texts: read.texts, key: last.key, hasSearch: plan.wantsSearch,
      searchShelves: searchShelves, jobs: plan.jobs)
    let figures = Figures(read.catalog, files: site.plan.count)
    // If the cache was broken, the files have been read again.
    let outcome = try await publish(site, self.inputs(of: read.sources), figures)
    await read.keep()
    return Result(
      figures: figures, outcome: outcome, filesRead: read.sources.filesRead, scan: scan, unreadable: read.unreadable,
      catalog: read.catalog, isShallow: read.sources.isShallow,
      historyNotes: read.historyNotes)
  }

  /// The words of the search, kept in the cache.
  private var searchShelves: SearchShelves {
    guard let cache = publisher.cache, cache.isKept else { return .none }
    return SearchShelves(
      recipe: recipe, read: { cache.read("search/\($0)") }, write: { cache.write($1, to: "search/\($0)") })
  }

  /// The maximum size of rendered text in memory, in bytes.
  private static let memoryLimit = 64 << 20

  /// Returns the digest of all inputs of the site.
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
