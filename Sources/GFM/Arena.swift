import CCMarkGFM

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A per-thread memory arena for cmark-gfm trees.
///
/// cmark-gfm allocates and frees every node separately. With several threads, that took a twelfth of a build, and the
/// library's own arena supports one thread only. Trees nest: a thread releases its latest allocations first, see
/// ``mark`` and ``release(to:)``.
struct Arena {
  /// A position in an arena that it can be reset to.
  struct Mark {
    fileprivate let block: Int
    fileprivate let position: UnsafeMutableRawPointer

    func isSame(as other: Mark) -> Bool { block == other.block && position == other.position }
  }

  /// The allocator for cmark-gfm, which allocates from the arena of the current thread.
  static var memory: UnsafeMutablePointer<cmark_mem>? { UnsafeMutablePointer(bitPattern: functions) }

  /// The current position in this thread's arena.
  static var mark: Mark { current.pointee.mark }

  /// Frees everything that this thread has allocated since `mark`.
  static func release(to mark: Mark) { current.pointee.release(to: mark) }

  /// The address of the allocator functions. It is valid until the program exits, because every node points to them.
  private static let functions: UInt = {
    let functions = cmark_mem(
      calloc: { count, size in
        let (bytes, overflows) = count.multipliedReportingOverflow(by: size)
        precondition(!overflows, "out of memory")
        return Arena.current.pointee.take(bytes)
      },
      realloc: { old, size in Arena.current.pointee.resize(old, to: size) },
      free: { old in if let old { Arena.current.pointee.giveBack(old) } })
    let place = UnsafeMutablePointer<cmark_mem>.allocate(capacity: 1)
    place.initialize(to: functions)
    return UInt(bitPattern: place)
  }()

  /// The thread-specific key of the arena. Its destructor frees the arena when the thread ends.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { place in
      let place: UnsafeMutableRawPointer? = place
      guard let arena = place?.assumingMemoryBound(to: Arena.self) else { return }
      for block in arena.pointee.blocks { block.start.deallocate() }
      arena.deinitialize(count: 1)
      arena.deallocate()
    }
    return key
  }()

  private static var current: UnsafeMutablePointer<Arena> {
    if let known = pthread_getspecific(key) { return known.assumingMemoryBound(to: Arena.self) }
    let arena = UnsafeMutablePointer<Arena>.allocate(capacity: 1)
    arena.initialize(to: Arena())
    pthread_setspecific(key, arena)
    return arena
  }

  /// The alignment of each allocation, and the size of the header that holds its length.
  fileprivate static let alignment = 16
  private static let blockLength = 1 << 20
  /// The number of blocks kept for the next tree.
  private static let keptBlocks = 8

  private struct Block {
    let start: UnsafeMutableRawPointer
    let length: Int

    init(_ length: Int) {
      start = .allocate(byteCount: length, alignment: Arena.alignment)
      self.length = length
    }

    var end: UnsafeMutableRawPointer { start + length }
  }

  private var blocks: [Block]
  private var block = 0
  private var start: UnsafeMutableRawPointer
  private var position: UnsafeMutableRawPointer
  private var end: UnsafeMutableRawPointer

  private init() {
    let first = Block(Self.blockLength)
    blocks = [first]
    start = first.start
    position = first.start
    end = first.end
  }

  private var mark: Mark { Mark(block: block, position: position) }

  private mutating func release(to mark: Mark) {
    go(to: mark.block)
    position = mark.position
    while blocks.count > max(Self.keptBlocks, block + 1) { blocks.removeLast().start.deallocate() }
  }

  private mutating func go(to number: Int) {
    block = number
    start = blocks[number].start
    position = start
    end = blocks[number].end
  }

  private static func padded(_ length: Int) -> Int { (length + alignment - 1) & ~(alignment - 1) }

  /// Allocates zeroed memory.
  private mutating func take(_ length: Int) -> UnsafeMutableRawPointer {
    let piece = takeUncleared(length)
    memset(piece, 0, length)
    return piece
  }

  private mutating func takeUncleared(_ length: Int) -> UnsafeMutableRawPointer {
    let whole = Self.padded(length) + Self.alignment
    if whole > end - position { nextBlock(whole) }
    position.storeBytes(of: length, as: Int.self)
    let piece = position + Self.alignment
    position += whole
    return piece
  }

  private mutating func nextBlock(_ length: Int) {
    if block + 1 == blocks.count || blocks[block + 1].length < length {
      blocks.insert(Block(max(length, Self.blockLength)), at: block + 1)
    }
    go(to: block + 1)
  }

  private static func length(of piece: UnsafeMutableRawPointer) -> Int { (piece - alignment).load(as: Int.self) }

  private func isLast(_ piece: UnsafeMutableRawPointer) -> Bool {
    // Compare with `start`: the previous block may end at the address where this one begins.
    piece > start && piece + Self.padded(Self.length(of: piece)) == position
  }

  private mutating func resize(_ old: UnsafeMutableRawPointer?, to length: Int) -> UnsafeMutableRawPointer {
    guard let old else { return takeUncleared(length) }
    if isLast(old), Self.padded(length) <= end - old {
      (old - Self.alignment).storeBytes(of: length, as: Int.self)
      position = old + Self.padded(length)
      return old
    }
    let piece = takeUncleared(length)
    memcpy(piece, old, min(length, Self.length(of: old)))
    return piece
  }

  private mutating func giveBack(_ piece: UnsafeMutableRawPointer) {
    if isLast(piece) { position = piece - Self.alignment }
  }
}
