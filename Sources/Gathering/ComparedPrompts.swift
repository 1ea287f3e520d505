import Files
import Likenesses
import Synchronization

/// A size-limited cache of prompts. Most prompts are compared with several others.
final class ComparedPrompts: Sendable {
  /// The maximum size in bytes.
  private static let limit = 96 << 20

  private let state = Mutex<State>(State())

  private struct State {
    var prompts: [Digest: ComparedText] = [:]
    var size = 0
  }

  /// Returns the prompt of a file.
  ///
  /// - Parameters:
  ///   - digest: The digest of the file.
  ///   - read: Reads the prompt if it isn't cached. Two tasks may read the same prompt at once, with the same result.
  func prompt(
    _ digest: Digest, read: () throws(SourceChanged) -> ComparedText
  ) throws(SourceChanged) -> ComparedText {
    if let known = state.withLock({ $0.prompts[digest] }) { return known }
    let text = try read()
    state.withLock { state in
      guard state.size + text.size <= Self.limit else { return }
      state.prompts[digest] = text
      state.size += text.size
    }
    return text
  }
}
