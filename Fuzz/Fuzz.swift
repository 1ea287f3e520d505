import Agents
import Catalogs
import Files
import GFM

// Coverage-guided fuzzing (https://llvm.org/docs/LibFuzzer.html): any bytes are a file. It is read, rendered, kept, and laid out, and what comes out
// must hold what every page promises. `make fuzz TIME=60` runs it; a find is a file in `.build/fuzz/finds`.

private let settings = CatalogSettings()

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The entry, under the name that the package manager gives to the main function of this target.
@_cdecl("Fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments) { start, count in fuzzOneInput(start, count) }
}

/// Tries one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let path = RelativePath("folder/agent.md") else { return 0 }
  let source = SourceFile(path: path, collection: 0)
  let reading = AgentReader().read(bytes, of: source)
  check(reading.rendering.body.html { _ in nil })
  check(reading.rendering.whenToUse.html { $0 })
  let record = Record(reading.facts, settings: settings)
  var writer = ByteWriter()
  record.store(in: &writer)
  var reader = ByteReader(writer.bytes)
  guard let again = try? Record(from: &reader), reader.isAtEnd else { fatalError("a record cannot be read back") }
  var second = ByteWriter()
  again.store(in: &second)
  precondition(second.bytes == writer.bytes, "a record comes back otherwise")
  // The same bytes as what is kept, which has to be refused or read, but never more.
  var noise = ByteReader(bytes)
  _ = try? Record(from: &noise)
  return 0
}

/// The elements that rendered Markdown is made of.
private let elements: Set<String> = [
  "a", "blockquote", "br", "code", "del", "details", "div", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
  "h6", "hr", "input", "li", "ol",
  "p", "pre", "section", "strong", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
]

/// Stops where HTML holds an element that is none of ours, an attribute in which something could run, or what is no UTF-8.
private func check(_ html: [UInt8]) {
  precondition(String(validating: html, as: UTF8.self) != nil, "not UTF-8")
  var rest = html[...]
  while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
    guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else { fatalError("a tag that is not closed") }
    let tag = String(decoding: rest[(open + 1)..<close], as: UTF8.self)
    let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
    precondition(elements.contains(String(name)), "the element \(name)")
    var isQuoted = false
    for attribute in tag.split(separator: "\"", omittingEmptySubsequences: false) {
      if !isQuoted { precondition(!attribute.contains(" on") && !attribute.contains("style"), "the tag <\(tag)>") }
      if isQuoted, attribute.lowercased().drop(while: { $0 <= " " }).hasPrefix("javascript:") {
        fatalError("the tag <\(tag)>")
      }
      isQuoted.toggle()
    }
    rest = rest[(close + 1)...]
  }
}
