import Files
import Likenesses
import Synchronization

/// Prompts that were read to be compared, while there is room: most are compared with several others.
final class ComparedPrompts: Sendable {
  /// How many bytes are kept.
  private static let limit = 96 << 20

  private let state = Mutex<State>(State())

  private struct State {
    var prompts: [Digest: ComparedText] = [:]
    var size = 0
  }

  /// The prompt of a file.
  ///
  /// - Parameters:
  ///   - digest: the digest of the file.
  ///   - read: reads the prompt where it is not at hand. Two tasks may read the same at once; it is the same.
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
