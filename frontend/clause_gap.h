/* What stands between two runs of text: white space, line ends, marks of lists and of quoted mail. Private to the
 * sentence split (clause*.c). */
#ifndef LINNET_FRONTEND_CLAUSE_GAP_H
#define LINNET_FRONTEND_CLAUSE_GAP_H

#include "clause.h"

/* White space between two chunks, and what comes behind it. */
struct fe_gap {
    size_t end;           /* byte where the next chunk starts */
    size_t invalid;       /* bytes in it that aren't UTF-8 */
    bool paragraph, line; /* a blank line, or quoting of another depth; a new line */
    size_t depth;         /* of quoting ("> > "), of the line where the next chunk is */
    bool at_end;          /* of the text */
    bool bullet; /* the next chunk is the mark of a list's item: "•", at the head of a line also "-" or "12." */
    size_t bullet_bytes; /* of a mark that isn't spoken */
    uint32_t next;       /* the first character of the next word behind opening quotes; 0: none */
    size_t next_offset;
};

/* Reads the gap at `position`; `line_start`: a line starts there. */
struct fe_gap fe_gap_read(const struct clause_reader *reader, size_t position, bool line_start);

bool fe_is_space_at(const struct clause_reader *reader, size_t position);

#endif
