import Synchronization

/// Parts that several files are made of, each made once where the files are written at the same time.
///
/// Whoever needs a part that another task is making makes one further on meanwhile. What the others have not come to yet is kept, up to a bound: a
/// task that is by itself leaves little behind, and the next one makes what is missing anew.
final class SharedParts: Sendable {
  private let count: Int
  private let users: Int
  private let state = Mutex(State())

  private struct State {
    var ready: [Int: (bytes: [UInt8], uses: Int)] = [:]
    var making: Set<Int> = []
  }

  private enum Step {
    case take([UInt8])
    case make(Int)
    case makeAlone
  }

  /// How many parts are kept, and how far ahead of the one that is needed they are made.
  private static let keptLimit = 24

  /// Makes the parts of files that `users` tasks write.
  init(count: Int, users: Int) {
    self.count = count
    self.users = users
  }

  /// A part, made by `make` of its number.
  func part(_ number: Int, make: (Int) -> [UInt8]) -> [UInt8] {
    while true {
      switch state.withLock({ step(number, &$0) }) {
      case .take(let bytes): return bytes
      case .make(let other):
        let bytes = make(other)
        state.withLock { state in
          state.making.remove(other)
          // One that is not kept is made again by whoever needs it.
          if other == number || state.ready.count < Self.keptLimit { state.ready[other] = (bytes, 0) }
        }
      case .makeAlone: return make(number)
      }
    }
  }

  private func step(_ number: Int, _ state: inout State) -> Step {
    if let (bytes, uses) = state.ready[number] {
      let isLast = uses + 1 == users || state.ready.count > Self.keptLimit
      state.ready[number] = isLast ? nil : (bytes, uses + 1)
      return .take(bytes)
    }
    if state.making.insert(number).inserted { return .make(number) }
    let ahead = (number + 1..<max(number + 1, min(count, number + Self.keptLimit))).first {
      state.ready[$0] == nil && !state.making.contains($0)
    }
    guard let ahead, state.ready.count + state.making.count < Self.keptLimit else { return .makeAlone }
    state.making.insert(ahead)
    return .make(ahead)
  }
}
