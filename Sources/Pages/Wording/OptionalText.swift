extension String {
  /// The text, or nil if it is empty.
  var ifAny: String? { isEmpty ? nil : self }
}
