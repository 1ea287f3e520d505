// The rules about bytes.

extension Rule {
  static let bytes: [Rule] = [encodingInvalid, encodingMojibake]

  /// Bytes are no UTF-8.
  public static let encodingInvalid = Rule(
    "encoding-invalid", .warning, "bytes that are no UTF-8, or no text",
    "They are shown as �, and runtimes read the same or refuse the file. The file that the page offers keeps them.")

  /// Text was read in a wrong encoding once.
  public static let encodingMojibake = Rule(
    "encoding-mojibake", .warning, "text that was read in a wrong encoding once",
    "“â€™” was “’” before somebody's editor took UTF-8 for Windows-1252. Where that is certain, the page shows what it was; a model reads what is there."
  )
}
