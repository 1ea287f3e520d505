// The rules about values that a runtime reads differently than their author meant.

extension Rule {
  static let reading: [Rule] = [valueCut, quotesCurly, spaceInvalid, encodingUTF16]

  /// YAML cuts a value off at ` #`.
  public static let valueCut = Rule(
    "value-cut", .warning, "YAML cuts a value off at #",
    source: "YAML 1.2.2, 6.6 (https://yaml.org/spec/1.2.2/#66-comments)",
    """
    In YAML, a `#` behind a space begins a comment, so `description: Fixes issue #12 well.` ends at “issue”. A runtime never sees the rest. Put the value in quotation \
    marks, or write it as a block behind `|`.

    Comments are left alone: those on a line of their own, those with a space behind `#` (`tools: Read # and nothing else`), those behind two spaces, and those behind \
    values that are not prose. The agent's page shows every comment of the frontmatter.
    """)

  /// Curly quotation marks stand around a value.
  public static let quotesCurly = Rule(
    "quotes-curly", .warning, "curly quotation marks are part of a value",
    source: "YAML 1.2.2, 7.3 (https://yaml.org/spec/1.2.2/#73-flow-scalar-styles)",
    """
    YAML knows only the straight quotation marks `"` and `'`. `name: “reviewer”` is a name with two curly marks in it, and no runtime finds `reviewer`. Word processors and \
    chat programs put them in. `roster check --fix` makes them straight. Curly quotation marks within a text are fine.
    """)

  /// Another space stands where YAML needs the ordinary one.
  public static let spaceInvalid = Rule(
    "space-invalid", .warning, "a no-break space stands where YAML needs a space",
    source: "YAML 1.2.2, 6.1 (https://yaml.org/spec/1.2.2/#61-indentation-spaces)",
    """
    YAML takes only the ordinary space for indentation and behind `:` and `-`. A no-break space (U+00A0, U+202F) or an ideographic one (U+3000) looks the same and is read as a \
    letter: the field is lost, or the list is one text. `roster check --fix` replaces them. Such spaces within a text are fine.
    """)

  /// A file is not UTF-8 but UTF-16 or UTF-32.
  public static let encodingUTF16 = Rule(
    "encoding-utf16", .warning, "the file is UTF-16 or UTF-32",
    """
    Runtimes read agents as UTF-8, where UTF-16 is noise: two bytes for each letter, one of them zero. Windows PowerShell 5 writes UTF-16 with `>` and `Out-File`. Roster \
    reads the file as the agent that it is; `roster check --fix` saves it as UTF-8.
    """)
}
