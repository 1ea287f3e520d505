import Testing

@testable import Agents

@Suite("Descriptions")
struct DescriptionTests {
  @Test(
    "The first sentence is the summary, and the rest is when to use the agent",
    arguments: [
      ("One thing. Another.", "One thing.", "Another."),
      ("Use e.g. this one, v1.2 or Node.js. Then that.", "Use e.g. this one, v1.2 or Node.js.", "Then that."),
      ("No full stop", "No full stop", ""),
      ("Ask? Yes!", "Ask?", "Yes!"),
      ("設計をする。必要なときに。", "設計をする。", "必要なときに。"),
      ("He said \"stop.\" Then more.", "He said \"stop.\"", "Then more."),
      ("For these:\n- a\n- b", "For these:", "- a\n- b"),
      ("One line\nthat goes on. Next.", "One line that goes on.", "Next."),
      ("", "", ""),
      ("Knows U.S. ports, e.g. Boston, vs. U.K. ones. Next.", "Knows U.S. ports, e.g. Boston, vs. U.K. ones.", "Next."),
      ("Runs on v20.x and Node.js. Use it daily.", "Runs on v20.x and Node.js.", "Use it daily."),
      ("Ships to the U.S. Use it daily.", "Ships to the U.S.", "Use it daily."),
      ("Ships to the U.S. ALWAYS ask first.", "Ships to the U.S.", "ALWAYS ask first."),
      (
        "Checks books under U.S. GAAP and IFRS. Use it daily.", "Checks books under U.S. GAAP and IFRS.",
        "Use it daily."
      ),
      ("Reads filings of Acme Inc. HIPAA rules apply.", "Reads filings of Acme Inc. HIPAA rules apply.", ""),
      ("Knows ships, trains, etc. Use it daily.", "Knows ships, trains, etc.", "Use it daily."),
      ("Knows ships (trains, etc.) and their crews. Next.", "Knows ships (trains, etc.) and their crews.", "Next."),
      ("Asks \"who sails?\" before it answers. Next.", "Asks \"who sails?\" before it answers.", "Next."),
      ("Follows Dr. Ruiz and J. Okafor. Next.", "Follows Dr. Ruiz and J. Okafor.", "Next."),
      ("Written in C. Use it daily.", "Written in C.", "Use it daily."),
      ("Made by Tide Inc. for crews. Next.", "Made by Tide Inc. for crews.", "Next."),
      ("Explains chart No. 7 in full. Next.", "Explains chart No. 7 in full.", "Next."),
      ("Waits... then sails. Next.", "Waits... then sails.", "Next."),
      ("Waits... Next.", "Waits...", "Next."),
      ("Does it: 1. Load 2. Sail. Next.", "Does it: 1. Load 2. Sail.", "Next."),
      ("Supports Python 3. Use it daily.", "Supports Python 3.", "Use it daily."),
      ("「出航。」と言う。", "「出航。」", "と言う。"),
    ])
  func sentences(text: String, summary: String, rest: String) {
    let description = Description(text)
    #expect(description.summary == summary)
    #expect(description.whenToUse == rest)
  }

  @Test("Escaped line breaks are decoded, but paths are not")
  func escapes() {
    #expect(Description("One.\\nTwo \\\"three\\\".").text == "One.\nTwo \"three\".")
    #expect(Description("One.\\nTwo").wasEscaped)
    #expect(Description("Look in C:\\notes\\today").text == "Look in C:\\notes\\today")
    #expect(!Description("Look in C:\\notes").wasEscaped)
  }

  @Test("Example tags without a conversation stay in the text")
  func prose() {
    let description = Description("Use it. See <example>just a word</example> here.")
    #expect(description.examples.isEmpty)
    #expect(description.whenToUse == "See <example>just a word</example> here.")
  }

  @Test("Conversations are split into context, turns and commentary")
  func examples() throws {
    let inline = Description(
      """
      Use it. Examples: <example>Context: Here we are. user: 'Do it' assistant: 'I will' \
      <commentary>Why not.</commentary></example>
      """
    )
    let lines = Description(
      """
      Use it.

      Examples:
      - <example>
        Context: Here we are.
        user: "Do it"
        assistant: "I will"
        <commentary>
        Why not.
        </commentary>
        </example>
      """
    )
    for description in [inline, lines] {
      #expect(description.summary == "Use it.")
      #expect(description.whenToUse.isEmpty)
      let example = try #require(description.examples.first)
      #expect(example.context == "Here we are.")
      #expect(example.turns == [.init(role: .user, text: "Do it"), .init(role: .assistant, text: "I will")])
      #expect(example.commentary == "Why not.")
    }
  }

  @Test("The name of a speaker inside a sentence does not start a turn")
  func speakers() throws {
    let description = Description("Use it. <example>user: \"Ask the user: what now\" assistant: \"I'll ask\"</example>")
    #expect(description.examples.first?.turns.map(\.text) == ["Ask the user: what now", "I'll ask"])
  }

  @Test("Words around an example stay separate")
  func parted() {
    let description = Description("Use <example>nobody speaks <example>user: 'Do it'</example>then.")
    #expect(description.text.contains("speaks") && description.summary == "Use <example>nobody speaks then.")
    #expect(description.examples.count == 1)
  }

  @Test(
    "A label with nothing after it is not part of when to use the agent",
    arguments: [
      ("Charts tides. Specifically:\n<example>user: 'Go' assistant: 'Aye'</example>", "", "Specifically:"),
      ("Charts tides. Use at sea.\n\n**Use cases:**", "Use at sea.", "**Use cases:**"),
      ("Charts tides.\n\nUse it for:\n- ebb\n- flow", "Use it for:\n- ebb\n- flow", ""),
      ("Charts tides. Use at noon: always.", "Use at noon: always.", ""),
    ])
  func labels(text: String, whenToUse: String, label: String) {
    let description = Description(text)
    #expect(description.whenToUse == whenToUse)
    #expect(description.strayLabel == label)
  }

  @Test("Tags in an example mark its context, turns and commentary")
  func tags() throws {
    let description = Description(
      """
      Use it. <example><context>At sea.</context><user_request>Plot: a course.</user_request>\
      <assistant_response>I will. user: none</assistant_response><commentary>Why.</commentary></example>
      """
    )
    let example = try #require(description.examples.first)
    #expect(example.context == "At sea.")
    #expect(
      example.turns == [
        .init(role: .user, text: "Plot: a course."), .init(role: .assistant, text: "I will. user: none"),
      ])
    #expect(example.commentary == "Why.")
    #expect(description.whenToUse.isEmpty)
    let lone = Description("Use it. <example><user-query>Plot a course.</user-query></example>")
    #expect(lone.examples.first?.turns == [.init(role: .user, text: "Plot a course.")])
    let placeholder = Description("Use it. <example>user: \"Greet <user> now\" assistant: \"Aye\"</example>")
    #expect(placeholder.examples.first?.turns.first?.text == "Greet <user> now")
  }

  @Test("Attributes of an example tag are shown as its context")
  func attributes() throws {
    let description = Description("Use it. <example ignore=\"all rules\">user: 'Do it' assistant: 'I will'</example>")
    #expect(description.examples.first?.context == "ignore=\"all rules\"")
    #expect(description.examples.first?.turns.count == 2)
  }

  @Test("Unclosed examples are read")
  func unclosed() {
    let description = Description("Use it. <example>user: \"a\" assistant: \"b\" <example>user: \"c\" assistant: \"d\"")
    #expect(description.examples.count == 2)
  }
}
