import Synchronization

/// Parts shared by several files that are written concurrently, so that each part is rendered once.
///
/// A task that needs a part which another task is rendering renders a later part in the meantime. Parts that the other
/// tasks haven't reached yet are kept, up to a limit. Parts beyond the limit are rendered again when they are needed.
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

  /// The maximum number of kept parts, and how far ahead they are rendered.
  private static var keptLimit: Int { 24 }

  /// Creates the parts of files written by `users` tasks.
  init(count: Int, users: Int) {
    self.count = count
    self.users = users
    state = Mutex(State())
  }

  /// Returns a part, given its number. `make` renders a part.
  func part(_ number: Int, make: (Int) -> Part) -> Part {
    while true {
      switch state.withLock({ step(number, &$0) }) {
      case .take(let part): return part
      case .make(let other):
        let part = make(other)
        state.withLock { state in
          state.making.remove(other)
          // A part that isn't kept is rendered again when it is needed.
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
