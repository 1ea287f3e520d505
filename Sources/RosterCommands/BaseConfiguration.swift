import Agents
import Files
import Scanning

/// The configuration that a review judges by: that of its base, so that no branch passes its review by switching a rule
/// off.
struct BaseConfiguration {
  /// What the base's configuration file says; empty if the base has none.
  let configuration: Configuration
  /// What the base knows of runtimes.
  let runtimes: Runtimes
  /// The difference from the configuration that the branch has, as a sentence; nil if there is none.
  let note: String?

  /// Reads the configuration of the base; nil if the file is in no repository that is reviewed, so that the branch
  /// cannot change it.
  ///
  /// - Parameters:
  ///   - file: the configuration file, whether or not it is there.
  ///   - range: the states of the review.
  ///   - fetching: what fetches what the repository lacks.
  init?(
    of file: String, _ range: ReviewRange, git: Git, fetching: inout ReviewFetching
  ) throws(CommandFailure) {
    let place = Disk.absolutePath(file)
    guard let repository = GitRepository(around: place, git: git), repository.refusal == nil,
      repository.commit(named: range.base) != nil, range.isAbout(repository)
    else { return nil }
    let source = try fetching.completed(ReviewedSource(SourceRequest(path: file), range, git: git))
    let old = try Self.bytes(place, of: source, at: source.before)
    let new =
      try source.after.map { (after) throws(CommandFailure) in try Self.bytes(place, of: source, at: after) }
      ?? (try? Disk.read(place).get())
    let name = file.lastName
    let judging: (configuration: Configuration, runtimes: Runtimes, isChanged: Bool)
    do throws(CommandFailure) {
      let read = try old.map { (bytes) throws(CommandFailure) in try Self.read(bytes, file: file) } ?? Configuration()
      let runtimes = try Self.runtimes(read.runtimes, of: source)
      judging = (read, runtimes.runtimes, runtimes.isChanged)
    } catch {
      // The branch may be there to mend it. What it says itself is not trusted for that.
      configuration = Configuration()
      runtimes = .builtIn
      note = "The review uses default rules, because \(name) of the base is invalid: \(error.message)."
      return
    }
    configuration = judging.configuration
    runtimes = judging.runtimes
    note =
      old != new
      ? "\(name) differs from the base. Rules, sources and limits are those of the base."
      : judging.isChanged ? "The runtimes file differs from the base, and that of the base is used." : nil
  }

  private static func bytes(
    _ place: String, of source: ReviewedSource, at commit: GitRepository.Commit
  ) throws(CommandFailure) -> [UInt8]? {
    guard let path = place.path(below: source.repository.root) else { return nil }
    do throws(Disk.Failure) { return try source.repository.content(of: path, at: commit) } catch {
      throw .failed(error.description)
    }
  }

  private static func read(_ bytes: [UInt8], file: String) throws(CommandFailure) -> Configuration {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .usage("this is not UTF-8") }
    let folder = file.lastSlash.map { String(file[...$0]) } ?? ""
    do throws(SettingsError) { return try ConfigurationReader.read(text, file: file).paths(from: folder) } catch {
      throw CommandFailure(error)
    }
  }

  /// What the base knows of runtimes, and whether that is no longer so.
  private static func runtimes(
    _ file: String?, of source: ReviewedSource
  ) throws(CommandFailure) -> (runtimes: Runtimes, isChanged: Bool) {
    guard let file else { return (.builtIn, false) }
    let place = Disk.absolutePath(file)
    let now = try? Disk.read(place).get()
    // A file outside of the repository is not the branch's.
    let isInside = place.path(below: source.repository.root) != nil
    guard let bytes = isInside ? try bytes(place, of: source, at: source.before) : now,
      let text = String(validating: bytes, as: UTF8.self)
    else { throw .usage("\(file): this file is missing, or is not UTF-8") }
    do throws(SettingsError) {
      return (try Runtimes.builtIn.overlaid(by: text, file: file), bytes != now)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension Configuration {
  /// The same configuration with the rules, sources and limits of another one; what concerns the look of pages stays.
  func judging(by base: Configuration) -> Configuration {
    var result = base
    result.title = title
    result.description = description
    result.baseURL = baseURL
    result.language = language
    result.output = output
    result.theme = theme
    result.sourceURL = sourceURL
    result.commitURL = commitURL
    result.footer = footer
    result.search = search
    result.history = history
    result.taxonomies = taxonomies
    result.pinned = pinned
    return result
  }
}
