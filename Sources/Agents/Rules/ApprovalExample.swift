import Rules

extension Example.File {
  /// An approval of the example agent in rules about approvals, in the format of `roster approve`.
  static let approvalOfReader =
    Example.File(
      ".approvals/reader.md.json",
      """
      {
        "approved": [{"by": "Ada", "on": "2026-05-03"}],
        "fields": {
          "description": "98874cfc20b7728122ecac9b8a33630d6206fe4386eeb70654f38d6b14883541",
          "name": "fab6cf8475ef685c7be20fd7788bdab5cea8ac309c09b5663635228b859e55fc",
          "tools": "28e16cf0e471a239610e7a656913100116b70ae6ec5a1a69c1321d31d1670532"
        },
        "sections": [
          {"digest": "355c61cc1089e0e2e4337f6856e1e2d73686876fe8c389dce499047f65a2fbcd", "heading": ""}
        ],
        "version": 1
      }
      """)
}
