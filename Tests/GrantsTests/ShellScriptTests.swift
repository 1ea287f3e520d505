import Testing

@testable import Grants

@Suite("Shell scripts")
struct ShellScriptTests {
  private func commands(_ text: String) -> [[String]] { ShellScript(text).commands.map(\.words) }

  @Test("Commands end at operators and line feeds, and have no redirections")
  func operators() {
    #expect(commands("a b | c && d; e & f\n(g)\n") == [["a", "b"], ["c"], ["d"], ["e"], ["f"], ["g"]])
    #expect(commands("a > x.txt b 2>&1 | tee -a y &> z") == [["a", "b"], ["tee", "-a", "y"]])
    #expect(commands("a <<EOF\nb\nEOF") == [["a"], ["b"]])
    #expect(commands("a <<-'E' <<F | z\nit's\n\tE\nb\nF\nc 'd'") == [["a"], ["z"], ["its\n"], ["b"], ["c", "d"]])
    #expect(commands("a <<EOF\nb") == [["a"], ["b"]] && commands("a <<< b\nc") == [["a"], ["c"]])
    #expect(commands("# a\nb # c\nd#e") == [["b"], ["d#e"]])
    #expect(commands("") == [] && commands("\\") == [] && commands("'") == [[""]])
  }

  @Test("Quotation marks and backslashes are those of a shell")
  func quotes() {
    #expect(commands(#"echo 'don'\''t stop' && a"#) == [["echo", "don't stop"], ["a"]])
    #expect(commands(#"echo don\'t; a -p "say \"hi" --b"#) == [["echo", "don't"], ["a", "-p", #"say "hi"#, "--b"]])
    #expect(commands(#"a "|" '>' \> "\n" '\'"#) == [["a", "|", ">", ">", #"\n"#, #"\"#]])
    #expect(commands("a \"one\ntwo\" --b\nc") == [["a", "one\ntwo", "--b"], ["c"]])
    #expect(ShellScript("a \"one\ntwo\" --b\nc \\\n  d").commands.map(\.lines) == [0...1, 2...3])
  }

  @Test("Substitutions and scripts in arguments are read")
  func nested() {
    #expect(commands("x=$(a b | c) d") == [["x=$(a b | c)", "d"], ["a", "b"], ["c"]])
    #expect(commands(#"x "$(a "b")" `c`"#) == [["x", #"$(a "b")"#, "`c`"], ["a", "b"], ["c"]])
    #expect(
      commands(#"box -- /bin/bash -c 'a --t '\''s(g add:*)'\''' 2>&1 | tee l"#).dropFirst().first == [
        "a", "--t", "s(g add:*)",
      ])
    #expect(commands(#"bash -e -c "a; b""#).dropFirst() == [["a"], ["b"]])
    let deep = String(repeating: "bash -c \"", count: 60) + String(repeating: "$(", count: 60)
    #expect(!commands(deep).isEmpty)
    #expect(commands(String(repeating: "a <<E <<F\n", count: 9000)).count == 9000)
  }

  @Test("Arguments are split like the words of a command, without operators")
  func words() {
    #expect(
      ShellWords.split(#"--a "b \"c\"" 'd\' e\ f Bash(git:*) | "\x""#) == [
        "--a", #"b "c""#, #"d\"#, "e f", "Bash(git:*)", "|", #"\x"#,
      ])
  }
}
