import Testing

@testable import Reviews

@Suite("Commands and addresses of a prompt")
struct MentionsTests {
  private func commands(_ text: String) -> [String] {
    Mentions(in: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)).commands
  }
  private func addresses(_ text: String) -> [String] { Mentions(in: [text]).addresses }

  @Test("are the lines of a shell's code, less its comments, put together where they go on")
  func shell() {
    #expect(
      commands("```bash\n# first\nnpm ci\n\n  make all \\\n    -j4\n```\nmake sure") == ["npm ci", "make all -j4"])
    #expect(commands("~~~ sh\nls -l\n~~~") == ["ls -l"])
    #expect(commands("```sh\ncurl x \\") == ["curl x"])
  }

  @Test("are what stands behind a prompt where a terminal is shown")
  func sessions() {
    #expect(
      commands("```console\n$ git status\nOn branch main\n# apt install x\n```") == ["git status", "apt install x"])
  }

  @Test("are told by their first word where nobody says what a block is")
  func unknown() {
    #expect(
      commands("```\nkubectl get pods\nmake sure that it works\nfind the bug\nmake -j4\nplain words\n```") == [
        "kubectl get pods", "make -j4",
      ])
    #expect(commands("```python\nmake = 3\n```") == [])
  }

  @Test("stand in spans of code, too")
  func spans() {
    #expect(
      commands("Run `npm run build`, then `Read`, and ``git log `x` `` or `!git diff --stat`.") == [
        "npm run build", "git log `x`", "git diff --stat",
      ])
    #expect(commands("Call `rm` with care, or `/usr/bin/curl -s x`.") == ["/usr/bin/curl -s x"])
  }

  @Test("have a scheme, and no punctuation of the sentence around them")
  func schemes() {
    #expect(
      addresses("See https://a.example/x(1), <HTTP://b.example/?q=1>, [c](ssh://git@c.example:22/r.git).") == [
        "https://a.example/x(1)", "http://b.example/?q=1", "ssh://git@c.example:22/r.git",
      ])
    #expect(addresses("No std::vector, foo://bar, 12:30 or https:// alone.") == [])
    #expect(addresses("**https://a.example/**") == ["https://a.example/"])
  }

  @Test("are not invented from long lines that only look like them")
  func hostile() {
    #expect(commands(String(repeating: "`", count: 200_000)) == [])
    #expect(commands(String(repeating: "` ", count: 100_000)) == [])
    #expect(addresses(String(repeating: "a://", count: 100_000)) == [])
  }
}
