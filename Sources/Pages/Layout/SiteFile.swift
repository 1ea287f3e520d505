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
    /// Pieces, made when they are asked for: of files that are too large to be held as a whole.
    case pieces(Pieces)

    /// The whole content.
    public var bytes: [UInt8] {
      switch self {
      case .bytes(let bytes): bytes
      case .pieces(let pieces): pieces.groups.flatMap { pieces.make($0).bytes }
      }
    }
  }

  /// A large file in pieces. A publisher copies pieces whose fingerprints are unchanged from the file that it wrote
  /// before, and makes the others.
  public struct Pieces: Sendable {
    /// For each piece, the digest of everything that it is made from; nil for a piece that is made every time.
    public let fingerprints: [Digest?]
    /// All pieces, in groups that are cheapest to make together.
    public let groups: [Range<Int>]
    private let makePieces: @Sendable (Range<Int>) -> Made

    /// Consecutive pieces.
    public struct Made: Sendable {
      /// The pieces, one after the other.
      public var bytes: [UInt8]
      /// Where each piece ends in ``bytes``.
      public var ends: [Int]
    }

    /// Makes a list of pieces.
    ///
    /// - Parameter make: makes a part of one group, or all of it.
    init(
      fingerprints: [Digest?], groups: [Range<Int>], make: @escaping @Sendable (Range<Int>) -> Made
    ) {
      self.fingerprints = fingerprints
      self.groups = groups
      makePieces = make
    }

    /// Makes pieces of one group.
    public func make(_ pieces: Range<Int>) -> Made { makePieces(pieces) }
  }
}

/// Files that are published together: the site of a catalog, or of a review.
public protocol PageSet: Sendable {
  /// Every file, in a fixed order. Any task may make any of them.
  var plan: [SiteFile] { get }
}
