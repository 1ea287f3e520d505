import Synchronization

/// Parts that several files are made of, each made once where the files are written at the same time.
///
/// Whoever needs a part that another task is making makes one further on meanwhile. What the others have not come to
/// yet is kept, up to a bound: a task that is by itself leaves little behind, and the next one makes what is missing
/// anew.
final class SharedParts<Part: Sendable>: Sendable {
  private let count: Int
  private let users: Int
  private let state: Mutex<State>

  private struct State {
    var ready: [Int: (part: Part, uses: Int)] = [:]
    var making: Set<Int> = []
  }

  private enum Step {
    case take(Part)
    case make(Int)
    case makeAlone
  }

  /// How many parts are kept, and how far ahead of the one that is needed they are made.
  private static var keptLimit: Int { 24 }

  /// Makes the parts of files that `users` tasks write.
  init(count: Int, users: Int) {
    self.count = count
    self.users = users
    state = Mutex(State())
  }

  /// A part, made by `make` of its number.
  func part(_ number: Int, make: (Int) -> Part) -> Part {
    while true {
      switch state.withLock({ step(number, &$0) }) {
      case .take(let part): return part
      case .make(let other):
        let part = make(other)
        state.withLock { state in
          state.making.remove(other)
          // One that is not kept is made again by whoever needs it.
          if other == number || state.ready.count < SharedParts.keptLimit { state.ready[other] = (part, 0) }
        }
      case .makeAlone: return make(number)
      }
    }
  }

  private func step(_ number: Int, _ state: inout State) -> Step {
    if let (part, uses) = state.ready[number] {
      let isLast = uses + 1 == users || state.ready.count > SharedParts.keptLimit
      state.ready[number] = isLast ? nil : (part, uses + 1)
      return .take(part)
    }
    if state.making.insert(number).inserted { return .make(number) }
    let ahead = (number + 1..<max(number + 1, min(count, number + SharedParts.keptLimit))).first {
      state.ready[$0] == nil && !state.making.contains($0)
    }
    guard let ahead, state.ready.count + state.making.count < SharedParts.keptLimit else { return .makeAlone }
    state.making.insert(ahead)
    return .make(ahead)
  }
}
