import Files

/// Files that are published together: a catalog's site, or a review's.
///
/// ``plan`` lists them, and any task may make any one of them.
public protocol PageSet: Sendable {
  /// Tells a file from the others.
  associatedtype Plan: Sendable

  /// Every file, in a fixed order.
  var plan: [Plan] { get }
  /// The address of a file.
  func path(_ plan: Plan) -> SitePath
  /// Makes a file.
  ///
  /// - Throws: ``SourceChanged`` where a file that it shows is not any more what it was.
  func page(_ plan: Plan) throws(SourceChanged) -> Page
  /// The digest of all that a file is made from, or nil for those that are made every time.
  func fingerprint(_ plan: Plan) throws(SourceChanged) -> Digest?
}

extension Site: PageSet {}
