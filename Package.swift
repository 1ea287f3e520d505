// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "roster",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "roster", targets: ["roster"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    // What Hummingbird stands on, where the preview speaks to it.
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Plural nouns are pure, gerunds touch the world. ARCHITECTURE.md holds the table of who may import whom,
    // and a test compares it with the import lines.
    .systemLibrary(
      name: "CCMarkGFM",
      pkgConfig: "libcmark-gfm",
      providers: [
        .apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]),
        .brew(["cmark-gfm"]),
      ]
    ),
    .target(name: "Files", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "Text", dependencies: ["Files"]),
    .target(name: "Histories", dependencies: ["Files"]),
    .target(name: "Highlighting"),
    .target(name: "GFM", dependencies: ["CCMarkGFM", "Files", "Highlighting", "Text"]),
    .target(name: "Rules", dependencies: ["Files", "Text"]),
    .target(name: "Likenesses", dependencies: ["Files"]),
    .target(name: "Differences", dependencies: ["Likenesses"]),
    .target(
      name: "Agents",
      dependencies: ["Files", "GFM", "Highlighting", "Likenesses", "Rules", "Text", "TOMLKit", "Yams"],
      resources: [.embedInCode("Resources")]
    ),
    .target(
      name: "Grants", dependencies: ["Agents", "Files", "Text", "TOMLKit", "Yams"],
      resources: [.embedInCode("Resources")]),
    .target(
      name: "Catalogs",
      dependencies: ["Agents", "Differences", "Files", "GFM", "Histories", "Likenesses", "Rules", "Text"]),
    .target(
      name: "Approvals",
      dependencies: ["Agents", "Catalogs", "Differences", "Files", .product(name: "Crypto", package: "swift-crypto")]),
    .target(
      name: "Reviews", dependencies: ["Agents", "Catalogs", "Differences", "Files", "Grants", "Likenesses", "Text"]),
    .target(name: "Templates", dependencies: ["Files", "Text"]),
    .target(
      name: "Theme",
      path: "Theme",
      exclude: ["README.md"],
      resources: [.embedInCode("Templates"), .embedInCode("Assets")]
    ),
    .target(
      name: "Pages",
      dependencies: [
        "Agents", "Catalogs", "Differences", "Files", "GFM", "Grants", "Histories", "Likenesses", "Reviews", "Rules",
        "Templates", "Text", "Theme",
      ],
      resources: [.embedInCode("Resources")]
    ),
    .target(
      name: "Reports",
      dependencies: [
        "Agents", "Catalogs", "Differences", "Files", "Grants", "Likenesses", "Pages", "Reviews", "Rules", "Text",
      ]),
    .target(name: "Scanning", dependencies: ["Files", "Histories", "Text"]),
    .target(
      name: "Gathering", dependencies: ["Agents", "Approvals", "Catalogs", "Files", "Likenesses", "Scanning"]),
    .target(name: "Publishing", dependencies: ["Agents", "Pages", "Files"]),
    .target(
      name: "Previewing",
      dependencies: [
        "Files", "Text", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("Resources")]
    ),
    .target(
      name: "RosterCommands",
      dependencies: [
        "Agents", "Approvals", "Catalogs", "Differences", "Files", "Gathering", "Grants", "Likenesses", "Pages",
        "Previewing", "Publishing", "Reports", "Reviews", "Rules", "Scanning", "Text", "Theme", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(name: "roster", dependencies: ["RosterCommands"]),
    .executableTarget(
      name: "MicroBenchmarks",
      dependencies: ["Agents", "Catalogs", "Files", "GFM", "Likenesses", "Pages", "Text"],
      path: "Benchmarks/Micro"
    ),
    // What several test targets share.
    .target(name: "Support", dependencies: ["Agents", "Catalogs", "Files", "Likenesses"], path: "Tests/Support"),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "TextTests", dependencies: ["Files", "Text"]),
    .testTarget(name: "HighlightingTests", dependencies: ["Highlighting"]),
    .testTarget(name: "GFMTests", dependencies: ["GFM"]),
    .testTarget(name: "LikenessesTests", dependencies: ["Likenesses"]),
    .testTarget(name: "DifferencesTests", dependencies: ["Differences"]),
    .testTarget(name: "AgentsTests", dependencies: ["Agents", "Rules"]),
    .testTarget(name: "GrantsTests", dependencies: ["Agents", "Files", "Grants"]),
    .testTarget(name: "CatalogsTests", dependencies: ["Catalogs", "Likenesses", "Support"]),
    .testTarget(name: "ApprovalsTests", dependencies: ["Approvals"]),
    .testTarget(name: "ReviewsTests", dependencies: ["Reviews", "Support"]),
    .testTarget(name: "ScanningTests", dependencies: ["Files", "Histories", "Scanning", "Support", "Text"]),
    .testTarget(
      name: "GatheringTests",
      dependencies: ["Agents", "Approvals", "Catalogs", "Files", "GFM", "Gathering", "Scanning", "Support"]),
    .testTarget(name: "TemplatesTests", dependencies: ["Files", "Templates"]),
    .testTarget(name: "PagesTests", dependencies: ["Likenesses", "Pages", "Support"]),
    .testTarget(name: "PublishingTests", dependencies: ["Publishing", "Support"]),
    .testTarget(
      name: "PreviewingTests",
      dependencies: [
        "Files", "Previewing", "Support", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
      ]),
    .testTarget(name: "ReportsTests", dependencies: ["Files", "Pages", "Reports", "Reviews", "Support"]),
    .testTarget(name: "RosterCommandsTests", dependencies: ["RosterCommands", "Rules"]),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer brings a main function of its own, so that its target is there only when it is asked for: see `make fuzz`.
if Context.environment["ROSTER_FUZZ"] != nil {
  package.products.append(.executable(name: "Fuzz", targets: ["Fuzz"]))
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Agents", "Catalogs", "Differences", "Files", "Likenesses", "Publishing", "Reports", "RosterCommands", "Text",
      ],
      path: "Fuzz",
      exclude: ["dictionary"],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}

// The documentation of the modules needs a plugin that nobody else needs: see `make docs`.
if Context.environment["ROSTER_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
