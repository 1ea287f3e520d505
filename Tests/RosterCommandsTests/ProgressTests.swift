import Testing

@testable import RosterCommands

@Suite("Progress")
struct ProgressTests {
  @Test(
    "A line shows the progress, the speed and the time left",
    arguments: [
      (6400, 10_000, Duration.seconds(2), "Reading 6,400 of 10,000 agents, 3,200 per second, 2 s left"),
      (10, 10_000, .seconds(1), "Reading 10 of 10,000 agents, 10 per second, 16 min 39 s left"),
      (10_000, 10_000, .seconds(3), "Reading 10,000 of 10,000 agents, 3,333 per second, 0 s left"),
      (0, 5, .seconds(3), "Reading 0 of 5 agents"),
      (3, 5, .zero, "Reading 3 of 5 agents"),
    ])
  func line(done: Int, total: Int, took: Duration, line: String) {
    #expect(Progress.line("Reading", done, of: total, "agents", took: took) == line)
  }
}
