import Testing

@testable import Reviews

@Suite("Commands and addresses in prompts")
struct MentionsTests {
  private func commands(_ text: String) -> [String] {
    Mentions(in: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)).commands
  }
  private func addresses(_ text: String) -> [String] { Mentions(in: [text]).addresses }

  @Test("Shell blocks give their lines, without comments and with continuations joined")
  func shell() {
    #expect(
      commands("```bash\n# first\nnpm ci\n\n  make all \\\n    -j4\n```\nmake sure") == ["npm ci", "make all -j4"])
    #expect(commands("~~~ sh\nls -l\n~~~") == ["ls -l"])
    #expect(commands("```sh\ncurl x \\") == ["curl x"])
  }

  @Test("Console blocks give only the lines after a prompt")
  func sessions() {
    #expect(
      commands("```console\n$ git status\nOn branch main\n# apt install x\n```") == ["git status", "apt install x"])
  }

  @Test("Blocks without a language give only lines that look like commands")
  func unknown() {
    #expect(
      commands("```\nkubectl get pods\nmake sure that it works\nfind the bug\nmake -j4\nplain words\n```") == [
        "kubectl get pods", "make -j4",
      ])
    #expect(commands("```python\nmake = 3\n```") == [])
  }

  @Test("Inline code gives commands with arguments")
  func spans() {
    #expect(
      commands("Run `npm run build`, then `Read`, and ``git log `x` `` or `!git diff --stat`.") == [
        "npm run build", "git log `x`", "git diff --stat",
      ])
    #expect(commands("Call `rm` with care, or `/usr/bin/curl -s x`.") == ["/usr/bin/curl -s x"])
  }

  @Test("Addresses have a scheme, without the punctuation around them")
  func schemes() {
    #expect(
      addresses("See https://a.example/x(1), <HTTP://b.example/?q=1>, [c](ssh://git@c.example:22/r.git).") == [
        "https://a.example/x(1)", "http://b.example/?q=1", "ssh://git@c.example:22/r.git",
      ])
    #expect(addresses("No std::vector, foo://bar, 12:30 or https:// alone.") == [])
    #expect(addresses("**https://a.example/**") == ["https://a.example/"])
  }

  @Test("Long runs of punctuation give no commands or addresses")
  func hostile() {
    #expect(commands(String(repeating: "`", count: 200_000)) == [])
    #expect(commands(String(repeating: "` ", count: 100_000)) == [])
    #expect(addresses(String(repeating: "a://", count: 100_000)) == [])
  }
}
