import Catalogs
import Files
import Gathering
import Pages
import Scanning

/// A catalog that was read and is not to be published: the road as far as assemble, of which nothing is remembered.
struct CatalogReading {
  let catalog: Catalog
  /// What is in the files.
  let texts: Texts
  /// Files that could not be read, each with the reason.
  let unreadable: [UnreadFile]

  /// Looks for files.
  static func scan(_ plan: BuildPlan) throws(CommandFailure) -> ScanResult {
    do throws(ScanError) {
      return try Scanner(selection: plan.selection, output: plan.output).scan(plan.sources)
    } catch {
      throw .usage(error.description)
    }
  }

  private static func related(
    _ assembly: Assembly, _ gathering: Gathering, _ plan: BuildPlan
  ) async throws(Disk.Failure) -> Related {
    do throws(SourceChanged) {
      return try await assembly.related(jobs: plan.jobs, gathering.likenesses)
    } catch {
      throw Disk.Failure(path: error.path, reason: "it changed while it was read")
    }
  }

  private static func approvals(
    _ scan: ScanResult, _ records: [Record], _ gathering: Gathering, _ plan: BuildPlan
  ) async throws(Disk.Failure) -> [String: Approval] {
    do throws(SourceChanged) {
      return try await ApprovalShelf(of: scan.files).approvals(of: records, texts: gathering.texts, jobs: plan.jobs)
    } catch {
      throw Disk.Failure(path: error.path, reason: "it changed while it was read")
    }
  }

  /// Reads the sources of a plan.
  init(_ plan: BuildPlan) async throws(CommandFailure) { try await self.init(plan, Self.scan(plan)) }

  /// Reads files that were found.
  init(_ plan: BuildPlan, _ scan: ScanResult) async throws(CommandFailure) {
    let gatherer = Gatherer(settings: plan.settings, jobs: plan.jobs)
    do throws(Disk.Failure) {
      let gathering = try await gatherer.gather(scan, remembers: false)
      let records = await gathering.records() ?? []
      let assembly = Assembly(records, collections: scan.collections, settings: plan.settings)
      let related = try await Self.related(assembly, gathering, plan)
      let approvals = try await Self.approvals(scan, records, gathering, plan)
      catalog = await Catalog(related, approvals: approvals, jobs: plan.jobs)
      texts = gathering.texts
      unreadable = scan.unreadable + gathering.unreadable
    } catch {
      throw .failed(error.description)
    }
  }
}
