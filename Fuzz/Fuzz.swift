// Coverage-guided fuzzing (https://llvm.org/docs/LibFuzzer.html). The first argument names the target; the others are
// options of the fuzzer: see `make fuzz`.

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The target of this run; set once, before the first input.
nonisolated(unsafe) private var target = Target.file

/// The entry point, under the name that SwiftPM gives to the main function of this target.
@_cdecl("Fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  guard count > 1, let name = arguments[1], let chosen = Target(rawValue: String(cString: name)) else {
    print("name a target: \(Target.allCases.map(\.rawValue).joined(separator: ", "))")
    return 2
  }
  target = chosen
  // With several jobs, the fuzzer restarts its own program, which finds the target in the same way.
  var (rest, others) = (count - 1, arguments + 1)
  others[0] = arguments[0]
  return runDriver(&rest, &others) { start, count in
    target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}
