/// A language with syntax highlighting.
///
/// Lexers recognize comments, strings, keywords, numbers and keys. They do not parse. A lexer makes one pass without
/// going back, so any code takes linear time, and invalid code only gets wrong colors.
public enum Language: Sendable, Hashable, CaseIterable {
  case bash, c, csharp, css, diff, dockerfile, go, html, java, javascript, json, kotlin, markdown, php, python, ruby,
    rust
  case sql, swift, toml, typescript, yaml

  /// Creates the language named by a code fence, including common aliases. Returns nil for unknown names.
  ///
  /// - Parameter name: The first word after the fence.
  public init?(name: some Collection<UInt8>) {
    guard name.count <= 16, let language = Self.named[String(decoding: name, as: UTF8.self).lowercased()] else {
      return nil
    }
    self = language
  }

  /// The maximum size in bytes. Longer code is not highlighted.
  public static let sizeLimit = 1 << 16

  private static let named: [String: Language] = {
    let names: [(Language, String)] = [
      (.bash, "bash sh shell zsh console shellscript"), (.c, "c h cpp c++ cc hpp cxx objc"), (.csharp, "csharp cs c#"),
      (.css, "css scss less"), (.diff, "diff patch"), (.dockerfile, "dockerfile docker makefile make"),
      (.go, "go golang"),
      (.html, "html xml svg vue xhtml astro svelte"), (.java, "java scala groovy dart"),
      (.javascript, "javascript js jsx mjs cjs"), (.json, "json jsonc json5 jsonl"), (.kotlin, "kotlin kt kts"),
      (.markdown, "markdown md mdx"), (.php, "php"), (.python, "python py python3"), (.ruby, "ruby rb elixir"),
      (.rust, "rust rs"), (.sql, "sql postgresql mysql plpgsql tsql"), (.swift, "swift"),
      (.toml, "toml ini properties hcl terraform tf conf"), (.typescript, "typescript ts tsx"), (.yaml, "yaml yml"),
    ]
    return Dictionary(
      names.flatMap { language, names in names.split(separator: " ").map { (String($0), language) } },
      uniquingKeysWith: { first, _ in first })
  }()

  /// Emits the tokens of some code, in order and without overlaps.
  ///
  /// - Parameters:
  ///   - text: The code, in UTF-8. No token ends within a character.
  ///   - body: Called with each token.
  public func tokens(in text: UnsafeBufferPointer<UInt8>, _ body: (Token) -> Void) {
    guard text.count <= Self.sizeLimit else { return }
    withoutActuallyEscaping(body) { body in
      var cursor = Cursor(text, emit: body)
      switch self {
      case .css: StyleLexer.read(&cursor)
      case .diff: PatchLexer.read(&cursor)
      case .html: TagLexer.read(&cursor)
      case .json: JSONLexer.read(&cursor)
      case .markdown: MarkdownLexer.read(&cursor)
      case .toml: KeyLexer(separator: UInt8(ascii: "="), comments: ["#", ";", "//"]).read(&cursor)
      case .yaml: KeyLexer(separator: UInt8(ascii: ":"), comments: ["#"]).read(&cursor)
      default: Self.grammars[self]?.read(&cursor)
      }
    }
  }

  private static let grammars: [Language: Grammar] = [
    .bash: Grammar(
      keywords:
        """
        if then else elif fi for while until do done case esac in function select return exit export local readonly \
        declare unset source alias set shift trap eval exec break continue
        """,
      values: "true false", types: "", lineComments: ["#"], blockComment: nil,
      quotes: [Grammar.Quote("\"", runsOverLines: true), Grammar.Quote("'", escape: nil, runsOverLines: true)],
      hasTypes: false, sigil: "$", commentsBeginWords: true),
    .c: Grammar(
      keywords:
        """
        auto break case catch class const constexpr continue default delete do else enum explicit extern final for \
        friend goto if inline mutable namespace new noexcept operator override private protected public register \
        return sizeof static struct switch template this throw try typedef typename union using virtual volatile \
        while include define ifdef ifndef endif
        """,
      values: "true false nullptr NULL",
      types: "bool char double float int long short signed size_t unsigned void string vector"),
    .csharp: Grammar(
      keywords:
        """
        abstract as async await base break case catch class const continue default delegate do else enum event \
        explicit extern finally fixed for foreach get if implicit in init interface internal is lock namespace new \
        operator out override params partial private protected public readonly record ref required return sealed set \
        static struct switch this throw try typeof using var virtual void when where while with yield
        """,
      types: "bool byte char decimal double float int long object sbyte short string uint ulong ushort dynamic",
      quotes: [
        Grammar.Quote("\"\"\"", runsOverLines: true), Grammar.Quote("@\"", "\"", escape: nil, runsOverLines: true),
        Grammar.Quote("\""), Grammar.Quote("'"),
      ]),
    .dockerfile: Grammar(
      keywords:
        """
        FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK \
        SHELL AS include ifeq ifneq ifdef endif else define endef export
        """,
      values: "", lineComments: ["#"], blockComment: nil, hasTypes: false, sigil: "$", commentsBeginWords: true),
    .go: Grammar(
      keywords:
        """
        break case chan const continue default defer else fallthrough for func go goto if import interface map \
        package range return select struct switch type var
        """,
      values: "true false nil iota",
      types:
        """
        any bool byte complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string uint uint8 \
        uint16 uint32 uint64 uintptr
        """,
      quotes: [Grammar.Quote("\""), Grammar.Quote("'"), Grammar.Quote("`", escape: nil, runsOverLines: true)]),
    .java: Grammar(
      keywords:
        """
        abstract assert break case catch class const continue def default do else enum extends extension final \
        finally for if implements import instanceof interface late native new object override package private \
        protected public record required return sealed static super switch synchronized this throw throws trait \
        transient try val var void volatile while with yield async await
        """,
      types: "boolean byte char double float int long short dynamic",
      quotes: [Grammar.Quote("\"\"\"", runsOverLines: true), Grammar.Quote("\""), Grammar.Quote("'")], attribute: "@"),
    .javascript: script(more: "", types: ""),
    .kotlin: Grammar(
      keywords:
        """
        abstract annotation as break by catch class companion const constructor continue crossinline data do else \
        enum expect external final finally for fun get if import in infix init inline inner interface internal is \
        lateinit noinline object open operator out override package private protected public reified return sealed \
        set super suspend tailrec this throw try typealias val var vararg when where while
        """,
      quotes: [Grammar.Quote("\"\"\"", runsOverLines: true), Grammar.Quote("\""), Grammar.Quote("'")], attribute: "@"),
    .php: Grammar(
      keywords:
        """
        abstract and array as break callable case catch class clone const continue declare default do echo else \
        elseif enum extends final finally fn for foreach function global if implements include include_once \
        instanceof insteadof interface isset list match namespace new or print private protected public readonly \
        require require_once return static switch throw trait try unset use var while yield php
        """,
      values: "true false null TRUE FALSE NULL", types: "bool float int iterable mixed object self string void",
      lineComments: ["//", "#"],
      quotes: [Grammar.Quote("\"", runsOverLines: true), Grammar.Quote("'", runsOverLines: true)], sigil: "$"),
    .python: Grammar(
      keywords:
        """
        and as assert async await break case class continue def del elif else except finally for from global if \
        import in is lambda match nonlocal not or pass raise return try while with yield
        """,
      values: "True False None self cls", types: "bool bytes dict float int list object set str tuple",
      lineComments: ["#"],
      blockComment: nil,
      quotes: [
        Grammar.Quote("\"\"\"", runsOverLines: true), Grammar.Quote("'''", runsOverLines: true), Grammar.Quote("\""),
        Grammar.Quote("'"),
      ], attribute: "@"),
    .ruby: Grammar(
      keywords:
        """
        alias and begin break case class def defmodule defp do else elsif end ensure extend false fn for if in \
        include module next nil not or private protected public raise redo require require_relative rescue retry \
        return self super then true undef unless until use when while with yield attr_accessor attr_reader
        """,
      values: "true false nil", lineComments: ["#"], blockComment: nil,
      quotes: [Grammar.Quote("\"\"\"", runsOverLines: true), Grammar.Quote("\""), Grammar.Quote("'")],
      attribute: "@", commentsBeginWords: true),
    .rust: Grammar(
      keywords:
        """
        as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut \
        pub ref return self static struct super trait type union unsafe use where while
        """,
      values: "true false None Some Ok Err",
      types: "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
      // A single quotation mark may begin a lifetime, which has no closing mark.
      quotes: [
        Grammar.Quote("r#\"", "\"#", escape: nil, runsOverLines: true), Grammar.Quote("\"", runsOverLines: true),
      ]),
    .sql: Grammar(
      keywords:
        """
        add all alter analyze and any as asc begin between by case cast check column commit concurrently conflict \
        constraint create cross database declare default delete desc distinct do drop each else end execute exists \
        explain extension fetch for foreign from full function grant group having if in index inner insert intersect \
        into is join key language left like limit materialized natural not nothing of offset on only or order outer \
        over partition primary procedure raise references replace returning returns revoke right rollback row rows \
        schema select sequence set table temporary then to transaction trigger truncate union unique update using \
        values view when where window with
        """,
      values: "true false null",
      types:
        """
        bigint bigserial boolean bytea char date decimal double float int integer interval json jsonb numeric real \
        serial smallint text time timestamp timestamptz uuid varchar
        """,
      lineComments: ["--", "#"],
      quotes: [Grammar.Quote("'", escape: nil, runsOverLines: true), Grammar.Quote("\"", escape: nil)],
      ignoresCase: true, hasTypes: false, commentsBeginWords: true),
    .swift: Grammar(
      keywords:
        """
        actor any as associatedtype async await borrowing break case catch class consuming continue convenience \
        default defer deinit didSet do else enum extension fallthrough fileprivate final for func get guard if \
        import in indirect init inout internal is isolated lazy let mutating nonisolated nonmutating open operator \
        override package precedencegroup private protocol public repeat required rethrows return sending set some \
        static struct subscript super switch throw throws try typealias unowned var weak where while willSet
        """,
      values: "true false nil self",
      quotes: [Grammar.Quote("\"\"\"", runsOverLines: true), Grammar.Quote("\"")], attribute: "@"),
    .typescript: script(
      more:
        """
        abstract as asserts declare enum implements infer interface is keyof module namespace override private \
        protected public readonly satisfies type unique
        """,
      types: "any bigint boolean never number object string symbol unknown void"),
  ]

  private static func script(more: String, types: String) -> Grammar {
    Grammar(
      keywords:
        """
        async await break case catch class const continue debugger default delete do else export extends finally for \
        from function get if import in instanceof let new of return set static super switch this throw try typeof \
        var void while with yield 
        """
          + more,
      values: "true false null undefined NaN Infinity", types: types,
      quotes: [Grammar.Quote("\""), Grammar.Quote("'"), Grammar.Quote("`", runsOverLines: true)], attribute: "@")
  }
}
