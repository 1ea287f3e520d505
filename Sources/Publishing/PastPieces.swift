import Files
import Pages

/// A file that the last run made in pieces, opened for copying.
struct PastPieces {
  private let file: OpenedFile
  /// The range of each piece in the file, by fingerprint.
  private let places: [Digest: Range<Int>]

  /// Opens a file. Returns nil if it is not the one that the last run wrote, or if the recipe of its pieces differs.
  init?(_ path: String, _ past: LastRun.Output?, recipe: Digest) {
    guard let past, let pieces = past.pieces, pieces.recipe == recipe,
      let file = OpenedFile(path, identity: past.identity)
    else { return nil }
    var places: [Digest: Range<Int>] = [:]
    places.reserveCapacity(pieces.lengths.count)
    var start = 0
    for (fingerprint, length) in zip(pieces.fingerprints, pieces.lengths) {
      guard length >= 0, length <= past.identity.size - start else { return nil }
      if let fingerprint { places[fingerprint] = start..<start + length }
      start += length
    }
    self.file = file
    self.places = places
  }

  /// Reads a range of the file; nil if it cannot be read.
  func bytes(_ range: Range<Int>) -> [UInt8]? { file.read(range) }

  /// Consecutive pieces that are copied or rendered together.
  struct Step {
    /// The pieces.
    var pieces: Range<Int>
    /// Their range in the existing file; nil if they must be rendered.
    var standing: Range<Int>?
    /// The length of each copied piece in bytes.
    var lengths: [Int] = []
  }

  /// The approximate maximum number of bytes copied at once.
  private static let copyLimit = 1 << 20

  /// Returns the steps that produce a file from its pieces, in order. There are as few steps as memory allows.
  static func steps(to wanted: SiteFile.Pieces, after past: PastPieces?) -> [Step] {
    var steps: [Step] = []
    for group in wanted.groups {
      for piece in group {
        let place = wanted.fingerprints[piece].flatMap { past?.places[$0] }
        guard var last = steps.last else {
          steps.append(Step(piece, place))
          continue
        }
        switch (last.standing, place) {
        case (nil, nil) where last.pieces.lowerBound >= group.lowerBound:
          last.pieces = last.pieces.lowerBound..<piece + 1
        case (let before?, let place?) where before.upperBound == place.lowerBound && before.count < copyLimit:
          last.pieces = last.pieces.lowerBound..<piece + 1
          last.standing = before.lowerBound..<place.upperBound
          last.lengths.append(place.count)
        default:
          steps.append(Step(piece, place))
          continue
        }
        steps[steps.count - 1] = last
      }
    }
    return steps
  }
}

extension PastPieces.Step {
  fileprivate init(_ piece: Int, _ place: Range<Int>?) {
    self.init(pieces: piece..<piece + 1, standing: place, lengths: place.map { [$0.count] } ?? [])
  }
}
