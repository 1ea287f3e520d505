#ifndef ROSTER_EMBEDDED_H
#define ROSTER_EMBEDDED_H

#include <stddef.h>

/// A file of the sources that is part of the program.
struct EmbeddedFile {
  /// Its path from the top of the repository.
  const char *path;
  const unsigned char *bytes;
  size_t count;
};

/// The file at a place of the list, or NULL behind its end.
const struct EmbeddedFile *embedded_file(size_t index);

#endif
