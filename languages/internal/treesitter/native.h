// What native.go calls. The types are those of tree-sitter's api.h.

#ifndef KEYVET_NATIVE_H
#define KEYVET_NATIVE_H

#include <stdint.h>

typedef struct TSLanguage TSLanguage;
typedef struct TSParser TSParser;
typedef struct TSTree TSTree;

// The same as node in tree.go.
typedef struct {
  uint32_t start, end;
  int32_t parent, last;
  uint16_t symbol, field;
  uint8_t flags;
} keyvet_node;

// The same as the flags in tree.go.
enum {
  KEYVET_NAMED = 1,
  KEYVET_ERROR = 2,
  KEYVET_MISSING = 4,
  KEYVET_HAS_ERROR = 8,
  KEYVET_EXTRA = 16,
};

// NULL if there is no such grammar in this binary.
const TSLanguage *keyvet_language(const char *name);

// NULL if there is no language, or the runtime cannot use it.
TSParser *keyvet_parser_new(const TSLanguage *language);
void keyvet_parser_delete(TSParser *parser);

// NULL if the time is over; zero micros are no limit. The parser is ready for
// the next source in either case.
TSTree *keyvet_parse(TSParser *parser, const char *src, uint32_t length, uint64_t micros);
void keyvet_tree_delete(TSTree *tree);

uint32_t keyvet_count(const TSTree *tree);

// Writes the nodes in preorder. Returns their number, which is less than the
// capacity if the time is over (zero micros are no limit), and UINT32_MAX if
// there are more than the capacity.
uint32_t keyvet_dump(const TSTree *tree, keyvet_node *nodes, uint32_t capacity, uint64_t micros);

// Gives the memory that is free back to the system, where that can be told to.
void keyvet_trim(void);

#endif
