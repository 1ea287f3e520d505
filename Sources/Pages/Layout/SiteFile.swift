import Files

/// A file of a site, with its address and a way to render it.
public struct SiteFile: Sendable {
  /// The address.
  public let path: SitePath
  private let makeDraft: @Sendable () -> Draft

  init(path: SitePath, draft: @escaping @Sendable () -> Draft) {
    self.path = path
    makeDraft = draft
  }

  /// Collects all inputs of the file.
  public func draft() -> Draft { makeDraft() }

  /// Renders the file.
  ///
  /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
  public func content() throws(SourceChanged) -> Content { try makeDraft().content() }

  /// A file that is ready to be rendered.
  public struct Draft: Sendable {
    /// The digest of all inputs, or nil for files that are always rendered.
    public let fingerprint: Digest?
    private let make: @Sendable () throws(SourceChanged) -> Content

    init(fingerprint: Digest?, _ make: @escaping @Sendable () throws(SourceChanged) -> Content) {
      self.fingerprint = fingerprint
      self.make = make
    }

    /// Renders the file.
    ///
    /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
    public func content() throws(SourceChanged) -> Content { try make() }
  }

  /// The content of a file.
  public enum Content: Sendable {
    /// The complete bytes.
    case bytes([UInt8])
    /// Pieces, rendered on demand, for files that are too large for memory.
    case pieces(Pieces)

    /// The complete bytes.
    public var bytes: [UInt8] {
      switch self {
      case .bytes(let bytes): bytes
      case .pieces(let pieces): pieces.groups.flatMap { pieces.make($0).bytes }
      }
    }
  }

  /// A large file in pieces. A publisher copies unchanged pieces from the previous file, and renders the others.
  public struct Pieces: Sendable {
    /// The digest of each piece's inputs; nil for a piece that is always rendered.
    public let fingerprints: [Digest?]
    /// All pieces, in groups that are cheapest to render together.
    public let groups: [Range<Int>]
    private let makePieces: @Sendable (Range<Int>) -> Made

    /// Consecutive rendered pieces.
    public struct Made: Sendable {
      /// The concatenated pieces.
      public var bytes: [UInt8]
      /// The end of each piece in ``bytes``.
      public var ends: [Int]
    }

    /// Creates a list of pieces.
    ///
    /// - Parameter make: Renders all or some of the pieces of one group.
    init(
      fingerprints: [Digest?], groups: [Range<Int>], make: @escaping @Sendable (Range<Int>) -> Made
    ) {
      self.fingerprints = fingerprints
      self.groups = groups
      makePieces = make
    }

    /// Renders pieces of one group.
    public func make(_ pieces: Range<Int>) -> Made { makePieces(pieces) }
  }
}

/// Files that are published together: the site of a catalog, or of a review.
public protocol PageSet: Sendable {
  /// All files, in a fixed order. Any task may render any of them.
  var plan: [SiteFile] { get }
}
