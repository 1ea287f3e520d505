import Agents
import Files
import Scanning

/// The configuration of a review's base, which the review uses so that no branch can pass by turning a rule off.
struct BaseConfiguration {
  /// The configuration file of the base; empty if the base has none.
  let configuration: Configuration
  /// The runtime facts of the base.
  let runtimes: Runtimes
  /// A sentence about the difference from the branch's configuration; nil if there is none.
  let note: String?

  /// Reads the configuration of the base. It is nil if the file isn't in a reviewed repository, so the branch can't
  /// change it.
  ///
  /// - Parameters:
  ///   - file: The configuration file, which may not exist.
  ///   - range: The states of the review.
  ///   - fetching: Fetches the objects that the repository lacks.
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
      // The branch may be meant to fix it, but its own configuration isn't trusted.
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

  /// Returns the runtime facts of the base, and whether they have changed since.
  private static func runtimes(
    _ file: String?, of source: ReviewedSource
  ) throws(CommandFailure) -> (runtimes: Runtimes, isChanged: Bool) {
    guard let file else { return (.builtIn, false) }
    let place = Disk.absolutePath(file)
    let now = try? Disk.read(place).get()
    // A file outside of the repository doesn't belong to the branch.
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
  /// Returns the configuration with the rules, sources and limits of another; the settings for the look of pages stay.
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
