import Files
import Synchronization
import Text

/// A progress line in the terminal. It is shown only after more than a second.
final class Progress: Sendable {
  private let isShown: Bool
  private let state: Mutex<State>

  private struct State {
    var begun: ContinuousClock.Instant
    var stepBegun: ContinuousClock.Instant
    var shown: ContinuousClock.Instant
    var hasLine = false
  }

  init(isShown: Bool) {
    self.isShown = isShown
    let now = ContinuousClock.now
    state = Mutex(State(begun: now, stepBegun: now, shown: now))
  }

  /// Shows the start of a step.
  func begin(_ step: String) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let isSlow = state.withLock { state in
      state.stepBegun = now
      return now - state.begun > .seconds(1)
    }
    if isSlow { put("\(step) …") }
  }

  /// Shows the progress of a step, at most ten times a second, with the speed and the remaining time.
  func show(_ step: String, _ done: Int, of total: Int, _ things: String) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let took = state.withLock { state -> Duration? in
      guard now - state.begun > .seconds(1), now - state.shown > .milliseconds(100) else { return nil }
      state.shown = now
      return now - state.stepBegun
    }
    guard let took else { return }
    put(Self.line(step, done, of: total, things, took: took))
  }

  /// The line that ``show(_:_:of:_:)`` shows: `Reading 6,400 of 10,000 agents, 4,120 per second, 1 s left`.
  static func line(_ step: String, _ done: Int, of total: Int, _ things: String, took: Duration) -> String {
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    let count = "\(step) \(NumberText.grouped(done)) of \(NumberText.grouped(total)) \(things)"
    guard seconds > 0, done > 0 else { return count }
    let speed = Double(done) / seconds
    let left = Int((Double(total - done) / speed).rounded(.up))
    let time = left >= 60 ? "\(left / 60) min \(left % 60) s" : "\(left) s"
    return "\(count), \(NumberText.grouped(Int(speed))) per second, \(time) left"
  }

  /// Clears the line.
  func end() {
    let hadLine = state.withLock { state in
      defer { state.hasLine = false }
      return state.hasLine
    }
    if hadLine { Terminal.progress("") }
  }

  private func put(_ line: String) {
    state.withLock { $0.hasLine = true }
    Terminal.progress(line)
  }
}
