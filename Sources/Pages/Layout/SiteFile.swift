import Files

/// A file of a site: its address, and how it is made.
public struct SiteFile: Sendable {
  /// The address.
  public let path: SitePath
  private let makeDraft: @Sendable () -> Draft

  init(path: SitePath, draft: @escaping @Sendable () -> Draft) {
    self.path = path
    makeDraft = draft
  }

  /// Collects everything that the file is made from.
  public func draft() -> Draft { makeDraft() }

  /// Makes the file.
  ///
  /// - Throws: ``SourceChanged`` if a source file is no longer what it was.
  public func content() throws(SourceChanged) -> Content { try makeDraft().content() }

  /// A file that is ready to be made.
  public struct Draft: Sendable {
    /// The digest of everything that the file is made from, or nil for files that are made every time.
    public let fingerprint: Digest?
    private let make: @Sendable () throws(SourceChanged) -> Content

    init(fingerprint: Digest?, _ make: @escaping @Sendable () throws(SourceChanged) -> Content) {
      self.fingerprint = fingerprint
      self.make = make
    }

    /// Makes the file.
    ///
    /// - Throws: ``SourceChanged`` if a source file is no longer what it was.
    public func content() throws(SourceChanged) -> Content { try make() }
  }

  /// The content of a file.
  public enum Content: Sendable {
    /// All of it.
    case bytes([UInt8])
    /// Parts, each made when it is asked for: for files that are too large to be held as a whole.
    case parts(count: Int, @Sendable (Int) -> [UInt8])

    /// The whole content.
    public var bytes: [UInt8] {
      switch self {
      case .bytes(let bytes): bytes
      case .parts(let count, let part): (0..<count).flatMap { part($0) }
      }
    }
  }
}

/// Files that are published together: the site of a catalog, or of a review.
public protocol PageSet: Sendable {
  /// Every file, in a fixed order. Any task may make any of them.
  var plan: [SiteFile] { get }
}
