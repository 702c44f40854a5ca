//go:build !windows && !treesitter_portable

#include "native.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

// The prototypes are copied from api.h of github.com/smacker/go-tree-sitter
// v0.0.0-20240827094217-dd81d9e9be82; compare them when that version changes.
// Its header cannot be included from here, and has no weak symbols.
#define WEAK __attribute__((weak))

typedef struct {
  uint32_t context[4];
  const void *id;
  const TSTree *tree;
} TSNode;

typedef struct {
  const void *tree;
  const void *id;
  uint32_t context[3];
} TSTreeCursor;

WEAK TSParser *ts_parser_new(void);
WEAK void ts_parser_delete(TSParser *);
WEAK bool ts_parser_set_language(TSParser *, const TSLanguage *);
WEAK void ts_parser_set_timeout_micros(TSParser *, uint64_t);
WEAK TSTree *ts_parser_parse_string(TSParser *, const TSTree *, const char *, uint32_t);
WEAK void ts_parser_reset(TSParser *);

WEAK void ts_tree_delete(TSTree *);
WEAK TSNode ts_tree_root_node(const TSTree *);

WEAK uint16_t ts_node_symbol(TSNode);
WEAK uint32_t ts_node_start_byte(TSNode);
WEAK uint32_t ts_node_end_byte(TSNode);
WEAK bool ts_node_is_named(TSNode);
WEAK bool ts_node_is_error(TSNode);
WEAK bool ts_node_is_missing(TSNode);
WEAK bool ts_node_is_extra(TSNode);
WEAK bool ts_node_has_error(TSNode);
WEAK uint32_t ts_node_descendant_count(TSNode);

WEAK TSTreeCursor ts_tree_cursor_new(TSNode);
WEAK void ts_tree_cursor_delete(TSTreeCursor *);
WEAK TSNode ts_tree_cursor_current_node(const TSTreeCursor *);
WEAK uint16_t ts_tree_cursor_current_field_id(const TSTreeCursor *);
WEAK bool ts_tree_cursor_goto_first_child(TSTreeCursor *);
WEAK bool ts_tree_cursor_goto_next_sibling(TSTreeCursor *);
WEAK bool ts_tree_cursor_goto_parent(TSTreeCursor *);

WEAK const TSLanguage *tree_sitter_go(void);
WEAK const TSLanguage *tree_sitter_python(void);
WEAK const TSLanguage *tree_sitter_javascript(void);
WEAK const TSLanguage *tree_sitter_typescript(void);
WEAK const TSLanguage *tree_sitter_tsx(void);
WEAK const TSLanguage *tree_sitter_java(void);

const TSLanguage *keyvet_language(const char *name) {
  const struct {
    const char *name;
    const TSLanguage *(*get)(void);
  } all[] = {
    {"go", tree_sitter_go},
    {"python", tree_sitter_python},
    {"javascript", tree_sitter_javascript},
    {"typescript", tree_sitter_typescript},
    {"tsx", tree_sitter_tsx},
    {"java", tree_sitter_java},
  };
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    if (strcmp(all[i].name, name) == 0 && all[i].get != NULL) return all[i].get();
  }
  return NULL;
}

TSParser *keyvet_parser_new(const TSLanguage *language) {
  if (language == NULL || ts_parser_new == NULL) return NULL;
  TSParser *parser = ts_parser_new();
  if (parser != NULL && !ts_parser_set_language(parser, language)) {
    ts_parser_delete(parser);
    return NULL;
  }
  return parser;
}

void keyvet_parser_delete(TSParser *parser) {
  ts_parser_delete(parser);
}

TSTree *keyvet_parse(TSParser *parser, const char *src, uint32_t length, uint64_t micros) {
  ts_parser_set_timeout_micros(parser, micros);
  TSTree *tree = ts_parser_parse_string(parser, NULL, src, length);
  // Without this the next parse would go on with this source.
  if (tree == NULL) ts_parser_reset(parser);
  return tree;
}

void keyvet_tree_delete(TSTree *tree) {
  ts_tree_delete(tree);
}

void keyvet_trim(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

uint32_t keyvet_count(const TSTree *tree) {
  return ts_node_descendant_count(ts_tree_root_node(tree));
}

static keyvet_node current(const TSTreeCursor *cursor, int32_t parent) {
  TSNode n = ts_tree_cursor_current_node(cursor);
  return (keyvet_node) {
    .start = ts_node_start_byte(n),
    .end = ts_node_end_byte(n),
    .parent = parent,
    .symbol = ts_node_symbol(n),
    .field = ts_tree_cursor_current_field_id(cursor),
    .flags = (ts_node_is_named(n) ? KEYVET_NAMED : 0)
      | (ts_node_is_error(n) ? KEYVET_ERROR : 0)
      | (ts_node_is_missing(n) ? KEYVET_MISSING : 0)
      | (ts_node_has_error(n) ? KEYVET_HAS_ERROR : 0)
      | (ts_node_is_extra(n) ? KEYVET_EXTRA : 0),
  };
}

// Goes to the next node that is no descendant of the current one, and notes
// where the nodes it leaves end. False after the last one.
static bool next(TSTreeCursor *cursor, keyvet_node *nodes, int32_t *parent, int32_t count) {
  while (!ts_tree_cursor_goto_next_sibling(cursor)) {
    if (*parent < 0 || !ts_tree_cursor_goto_parent(cursor)) return false;
    nodes[*parent].last = count;
    *parent = nodes[*parent].parent;
  }
  return true;
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t) t.tv_sec * 1000000 + (uint64_t) t.tv_nsec / 1000;
}

// The time is limited because asking for the field of a node takes as long as
// the node is deep in hidden ones: a grammar that makes 100,000 parentheses
// children of one node would take minutes.
uint32_t keyvet_dump(const TSTree *tree, keyvet_node *nodes, uint32_t capacity, uint64_t micros) {
  uint64_t end = micros == 0 ? UINT64_MAX : now() + micros;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  uint32_t count = 0;
  int32_t parent = -1;
  for (;;) {
    if (count == capacity) {
      count = UINT32_MAX;
      break;
    }
    if (count % 64 == 0 && micros != 0 && now() > end) break;
    int32_t at = (int32_t) count++;
    nodes[at] = current(&cursor, parent);
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      parent = at;
      continue;
    }
    nodes[at].last = at + 1;
    if (!next(&cursor, nodes, &parent, (int32_t) count)) break;
  }
  ts_tree_cursor_delete(&cursor);
  return count;
}
