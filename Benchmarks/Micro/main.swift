import Agents
import Catalogs
import Files
import Foundation
import GFM
import Likenesses
import Pages
import Text

// Benchmarks of the functions that take most of a build's time, on one core: nanoseconds per call and per byte.

/// A file like those of `generate.py`.
let sample: [UInt8] = {
  var text = """
    ---
    name: steady-review-planner
    description: "The queue keeps its own errors under load. Use it when a reviewer compares the whole table. Nothing is lost."
    tools: Read, Grep, Glob
    model: sonnet
    tags:
      - review
      - testing
    ---

    # Steady Review Planner

    """
  for number in 0..<12 {
    text += """
      ## Part \(number)

      The **service** measures what was agreed while it is rolled out (see `testing.planner`), and [the guide](https://example.org/guide) says why.

      - Every handler returns a clear message.
      - The cache rejects an empty list <always> & at once.
      - [x] A stale lock delays the release.

      | Part | Rule | Weight |
      | --- | --- | ---: |
      | queue | one source of truth | \(number) |

      ```python
      def plan(items):
          return [item for item in items if item]
      ```


      """
  }
  return Array(text.utf8)
}()

/// Measures a function: the median of eleven rounds of at least 20 ms each.
func measure(_ name: String, bytes: Int, _ body: () -> Void) {
  let clock = ContinuousClock()
  var count = 1
  while clock.measure({ for _ in 0..<count { body() } }) < .milliseconds(20) { count *= 2 }
  let rounds = (0..<11).map { _ in clock.measure { for _ in 0..<count { body() } } }.sorted()
  let nanoseconds = Double(rounds[5].components.attoseconds) / 1e9 / Double(count)
  let perByte = nanoseconds / Double(bytes)
  let padded = name.padding(toLength: 44, withPad: " ", startingAt: 0)
  print(padded + String(format: "%10.0f ns  %7.3f ns/byte", nanoseconds, perByte))
}

/// Keeps the optimizer from removing a computation with an unused result.
nonisolated(unsafe) var kept = 0
func keep(_ value: Int) { kept &+= value }

guard let path = RelativePath("planner.md") else { exit(1) }
let source = SourceFile(path: path, collection: 0)
let key = DigestKey.random()
let reading = AgentReader().read(sample, of: source)
let record = Record(reading.facts, settings: CatalogSettings())
let assembly = Assembly([record], collections: [SourceCollection(name: "all", folder: "all")])
let catalog = await Catalog(assembly.related { $0.map { _ in [] } })
let texts = Texts(rendering: { _ in reading.rendering }, bytes: { _ in sample }, digest: { _ in key.digest(sample) })
let site = await Site(catalog, theme: try SiteTheme(), texts: texts, key: key)
let prompt = AgentReader.prompt(in: sample)

measure("SourceText.init", bytes: sample.count) { keep(SourceText(sample).utf8.count) }
measure("Markdown.parse", bytes: prompt.count) { keep(Markdown.parse(prompt).markup.size) }
measure("AgentReader.read", bytes: sample.count) { keep(AgentReader().read(sample, of: source).rendering.size) }
measure("TextMeasure.init", bytes: prompt.count) { keep(TextMeasure(prompt).words) }
measure("Record.init (topics, reach, name)", bytes: sample.count) {
  if case .agent(let record) = Record(reading.facts, settings: catalog.settings) { keep(record.topics.count) }
}
measure("Markup.html(resolving:)", bytes: prompt.count) { keep(reading.rendering.body.html { _ in nil }.count) }
measure("HTMLText.append", bytes: sample.count) {
  var bytes: [UInt8] = []
  sample.withUnsafeBufferPointer { HTMLText.append($0, to: &bytes) }
  keep(bytes.count)
}
guard let agentPage = site.plan.first(where: { $0.path.description == "agents/steady-review-planner.html" }),
  let indexPage = site.plan.first(where: { $0.path.description == "index.html" })
else { exit(1) }
measure("SiteFile.content: agent", bytes: sample.count) { keep((try? agentPage.content())?.bytes.count ?? 0) }
measure("SiteFile.content: index", bytes: sample.count) { keep((try? indexPage.content())?.bytes.count ?? 0) }
measure("SiteFile.draft: index", bytes: sample.count) { keep(indexPage.draft().fingerprint == nil ? 0 : 1) }
measure("DigestKey.digest", bytes: sample.count) { keep(key.digest(sample).hashValue) }
measure("Record.store and Record(from:)", bytes: sample.count) {
  var writer = ByteWriter()
  record.store(in: &writer)
  var reader = ByteReader(writer.bytes)
  keep((try? Record(from: &reader))?.source.number ?? 0)
}
measure("Likeness.pairs: two prompts", bytes: prompt.count * 2) {
  keep(Likeness.pairs(Likeness.everyTwo(of: 2), of: [prompt, prompt]).count)
}
