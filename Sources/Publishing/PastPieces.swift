import Files
import Pages

/// A file of the last run that was made in pieces, as it stands on the disk.
struct PastPieces {
  private let file: OpenedFile
  /// Where each piece is in the file, by its fingerprint.
  private let places: [Digest: Range<Int>]

  /// Opens a file; nil if it is not the one that the last run wrote, or its pieces are of another recipe.
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

  /// The bytes of a part of the file; nil if they cannot be read.
  func bytes(_ range: Range<Int>) -> [UInt8]? { file.read(range) }

  /// Pieces that are copied or made together.
  struct Step {
    /// The pieces.
    var pieces: Range<Int>
    /// Where they are in the file that stands; nil where they are to be made.
    var standing: Range<Int>?
    /// How many bytes each has that stands.
    var lengths: [Int] = []
  }

  /// About how many bytes are copied at once.
  private static let copyLimit = 1 << 20

  /// How a file comes to its pieces: in order, as few steps as memory allows.
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
