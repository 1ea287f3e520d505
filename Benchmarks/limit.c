/* The baseline of builds: reads each file, renders it with cmark-gfm and its extensions, and writes it, on one core.
 *
 *   cc -O2 limit.c -o limit $(pkg-config --cflags --libs libcmark-gfm) -lcmark-gfm-extensions
 *   limit FOLDER OUTPUT
 */
#define _GNU_SOURCE
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *output;
static long count;

static int render(const char *path, const struct stat *info, int kind, struct FTW *place) {
  (void)place;
  if (kind != FTW_F) return 0;
  char *text = malloc(info->st_size);
  int file = open(path, O_RDONLY);
  ssize_t length = file < 0 ? -1 : read(file, text, info->st_size);
  if (length < 0) return perror(path), 1;
  close(file);

  static const char *const names[] = {"table", "strikethrough", "tasklist", "autolink"};
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  for (size_t index = 0; index < sizeof names / sizeof *names; index++)
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[index]));
  cmark_parser_feed(parser, text, length);
  cmark_node *tree = cmark_parser_finish(parser);
  char *html = cmark_render_html(tree, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));

  char target[4096];
  snprintf(target, sizeof target, "%s/%ld.html", output, count++);
  file = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file < 0 || write(file, html, strlen(html)) < 0) return perror(target), 1;
  close(file);
  free(html);
  cmark_node_free(tree);
  cmark_parser_free(parser);
  free(text);
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3) return fputs("usage: limit FOLDER OUTPUT\n", stderr), 2;
  output = argv[2];
  mkdir(output, 0777);
  cmark_gfm_core_extensions_ensure_registered();
  return nftw(argv[1], render, 32, FTW_PHYS);
}
