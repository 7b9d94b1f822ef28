/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-sexpr.h"

#include <math.h>
#include <string.h>

#include "board/bw-board.h"

#define BLOCK_BYTES 512
#define MAX_NUMBER_BYTES 400

/* In this order: what may go on inside a bare word comes first. A quote inside one is part of
 * it: KiCad 5 writes 0.96". */
typedef enum
{
  CLASS_ORDINARY,
  CLASS_QUOTE,
  CLASS_SPACE,
  CLASS_OPEN,
  CLASS_CLOSE,
} Class;

static const guint8 classes[256] = {
  [' '] = CLASS_SPACE,  ['\t'] = CLASS_SPACE, ['\n'] = CLASS_SPACE, ['\r'] = CLASS_SPACE,
  ['\f'] = CLASS_SPACE, ['\v'] = CLASS_SPACE, ['('] = CLASS_OPEN,   [')'] = CLASS_CLOSE,
  ['"'] = CLASS_QUOTE,
};

static inline Class
class_of (char c)
{
  return classes[(guchar) c];
}

static const char *
skip_atom (const char *p,
           const char *end)
{
  while (p < end && class_of (*p) <= CLASS_QUOTE)
    p++;
  return p;
}

#define EACH_BYTE G_GUINT64_CONSTANT (0x0101010101010101)

/* Eight bytes of the text, the first of them in the lowest place. */
static inline guint64
load_bytes (const char *p)
{
  guint64 bytes;

  memcpy (&bytes, p, sizeof bytes);
  return GUINT64_FROM_LE (bytes);
}

/* The lowest bit that is set belongs to the first byte that is `c`; 0: none is. */
static inline guint64
match_bytes (guint64 bytes,
             char    c)
{
  guint64 rest = bytes ^ (EACH_BYTE * (guchar) c);

  return (rest - EACH_BYTE) & ~rest & (EACH_BYTE << 7);
}

/* The next parenthesis or quote, or `end`. */
static inline const char *
find_structure (const char *p,
                const char *end)
{
  G_STATIC_ASSERT (('(' | 1) == ')');
  for (; end - p >= 8; p += 8)
    {
      guint64 bytes = load_bytes (p);
      guint64 found = match_bytes (bytes | EACH_BYTE, ')') | match_bytes (bytes, '"');

      if (found != 0)
        return p + __builtin_ctzll (found) / 8;
    }
  while (p < end && *p != '(' && *p != ')' && *p != '"')
    p++;
  return p;
}

/* `p` is past the opening quote. Returns the closing quote, or `end`. */
static const char *
find_closing_quote (const char *p,
                    const char *end)
{
  for (;; p += 2)
    {
      for (; end - p >= 8; p += 8)
        {
          guint64 bytes = load_bytes (p);
          guint64 found = match_bytes (bytes, '"') | match_bytes (bytes, '\\');

          if (found != 0)
            {
              p += __builtin_ctzll (found) / 8;
              break;
            }
        }
      while (p < end && *p != '"' && *p != '\\')
        p++;
      if (p >= end || *p == '"')
        return MIN (p, end);
      if (p + 1 == end)
        return end;
    }
}

static void
set_error (GError        **error,
           const BwSexpr  *self,
           const char     *name,
           gsize           offset,
           const char     *fact)
{
  g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_SYNTAX, "%s:%u: %s", name,
               bw_sexpr_line (self, (guint32) offset), fact);
}

static BwKeyword
read_keyword (const char **p,
              const char  *end)
{
  const char *word;

  while (*p < end && class_of (**p) == CLASS_SPACE)
    (*p)++;
  if (*p == end || class_of (**p) != CLASS_ORDINARY)
    return BW_KEYWORD_UNKNOWN;
  word = *p;
  *p = skip_atom (word, end);
  return bw_keyword_find (word, (gsize) (*p - word));
}

static void
set_cut_off_error (GError       **error,
                   const BwSexpr *self,
                   const char    *name,
                   const guint32 *stack,
                   guint          depth)
{
  guint32 opened_at = self->nodes[stack[depth - 1]].offset;
  g_autofree char *fact =
    g_strdup_printf ("the file ends inside what begins in line %u; it is cut off",
                     bw_sexpr_line (self, opened_at));

  set_error (error, self, name, self->length, fact);
}

/* A quote opens a text only where a word cannot go on: after a space, a parenthesis or the text
 * before. */
static inline gboolean
opens_text (const char *p,
            const char *text_end)
{
  return p == text_end || class_of (p[-1]) > CLASS_QUOTE;
}

/* `p` is at the outermost list. */
static gboolean
index_lists (BwSexpr     *self,
             const char  *p,
             const char  *name,
             GError     **error)
{
  const char *end = self->text + self->length;
  const char *text_end = NULL;
  guint32 stack[BW_SEXPR_MAX_DEPTH];
  guint depth = 0;

  for (; p < end; p = find_structure (p, end))
    if (*p == '(')
      {
        if (depth == BW_SEXPR_MAX_DEPTH)
          {
            set_error (error, self, name, (gsize) (p - self->text), "lists are nested too deep");
            return FALSE;
          }
        stack[depth++] = self->n_nodes;
        self->nodes[self->n_nodes].offset = (guint32) (p++ - self->text);
        self->nodes[self->n_nodes++].keyword = read_keyword (&p, end);
      }
    else if (*p == ')')
      {
        BwSexprNode *node = &self->nodes[stack[--depth]];

        node->length = (guint32) (++p - self->text) - node->offset;
        node->next = self->n_nodes;
        if (depth == 0)
          return TRUE;
      }
    else if (!opens_text (p, text_end))
      p++;
    else
      {
        const char *closing = find_closing_quote (p + 1, end);

        if (closing == end)
          {
            set_error (error, self, name, (gsize) (p - self->text),
                       "the text that begins here has no closing quote");
            return FALSE;
          }
        p = text_end = closing + 1;
      }

  set_cut_off_error (error, self, name, stack, depth);
  return FALSE;
}

/* A vector of bytes, which gcc and clang turn into what the machine has. */
typedef guint8 Bytes __attribute__ ((vector_size (16)));
typedef guint64 Words __attribute__ ((vector_size (16)));

/* The sum of a vector's bytes, each of which counts matches in a block. */
static inline guint
sum_bytes (Bytes counts)
{
  const Words low = { G_GUINT64_CONSTANT (0x00ff00ff00ff00ff),
                      G_GUINT64_CONSTANT (0x00ff00ff00ff00ff) };
  Words words = (Words) counts;
  guint64 pairs;

  words = (words & low) + ((words >> 8) & low);
  pairs = words[0] + words[1];
  return (guint) ((pairs * G_GUINT64_CONSTANT (0x0001000100010001)) >> 48);
}

/* Adds to `n_lines` and `n_open` what is in a whole block. */
static inline void
count_block (const char *block,
             guint32    *n_lines,
             guint32    *n_open)
{
  const Bytes newline = { 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10 };
  const Bytes open = { '(', '(', '(', '(', '(', '(', '(', '(',
                       '(', '(', '(', '(', '(', '(', '(', '(' };
  Bytes lines = { 0 }, opens = { 0 };

  G_STATIC_ASSERT (BLOCK_BYTES % sizeof (Bytes) == 0);
  G_STATIC_ASSERT (BLOCK_BYTES / sizeof (Bytes) <= 255);
  for (guint i = 0; i < BLOCK_BYTES; i += sizeof (Bytes))
    {
      Bytes bytes;

      memcpy (&bytes, block + i, sizeof bytes);
      /* A match is -1. */
      lines -= (Bytes) (bytes == newline);
      opens -= (Bytes) (bytes == open);
    }
  *n_lines += sum_bytes (lines);
  *n_open += sum_bytes (opens);
}

/* Counts lines, and how many lists there can be at most, in one pass. */
static guint32
survey (BwSexpr *self)
{
  guint32 n_whole = self->length / BLOCK_BYTES;
  guint32 line = 1, n_open = 0;

  self->lines = g_new (guint32, n_whole + 1);
  for (guint32 block = 0; block < n_whole; block++)
    {
      self->lines[block] = line;
      count_block (self->text + (gsize) block * BLOCK_BYTES, &line, &n_open);
    }
  self->lines[n_whole] = line;
  for (guint32 i = n_whole * BLOCK_BYTES; i < self->length; i++)
    n_open += self->text[i] == '(';
  return n_open;
}

static const char *
find_start (const BwSexpr  *self,
            const char     *name,
            GError        **error)
{
  const char *p = self->text;
  const char *end = p + self->length;

  if (self->length >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  while (p < end && class_of (*p) == CLASS_SPACE)
    p++;
  if (p < end && *p == '(')
    return p;

  if (p == end)
    set_error (error, self, name, 0, "the file is empty");
  else if ((gsize) (end - p) > 12 && memcmp (p, "PCBNEW-BOARD", 12) == 0)
    g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_VERSION,
                 "%s:1: a board of KiCad 3 or older; save it with a newer KiCad first", name);
  else
    set_error (error, self, name, (gsize) (p - self->text), "not a KiCad board");
  return NULL;
}

BwSexpr *
bw_sexpr_new (const char  *text,
              gsize        length,
              const char  *name,
              GError     **error)
{
  g_autoptr (BwSexpr) self = g_new0 (BwSexpr, 1);
  const char *nul, *start;

  if (length > BW_SEXPR_MAX_BYTES)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_SYNTAX,
                   "%s:1: the file is larger than 2 GiB", name);
      return NULL;
    }
  self->text = length > 0 ? text : "";
  self->length = (guint32) length;
  self->nodes = g_new (BwSexprNode, survey (self) + 1);

  nul = memchr (self->text, 0, length);
  if (nul != NULL)
    {
      set_error (error, self, name, (gsize) (nul - self->text),
                 "a zero byte; this is not a text file");
      return NULL;
    }
  start = find_start (self, name, error);
  if (start == NULL || !index_lists (self, start, name, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
bw_sexpr_free (BwSexpr *self)
{
  g_free (self->nodes);
  g_free (self->lines);
  g_free (self);
}

guint32
bw_sexpr_find_rest (const BwSexpr *self)
{
  guint32 at = self->nodes[0].offset + self->nodes[0].length;

  while (at < self->length && class_of (self->text[at]) == CLASS_SPACE)
    at++;
  return at;
}

guint32
bw_sexpr_line (const BwSexpr *self,
               guint32        offset)
{
  guint32 block = MIN (offset, self->length) / BLOCK_BYTES;
  guint32 line = self->lines[block];

  for (guint32 i = block * BLOCK_BYTES; i < offset && i < self->length; i++)
    line += self->text[i] == '\n';
  return line;
}

BwSexprCursor
bw_sexpr_enter (const BwSexpr *self,
                guint32        node)
{
  const BwSexprNode *list = &self->nodes[node];
  const char *p = self->text + list->offset + 1;
  const char *end = self->text + list->offset + list->length - 1;

  if (list->keyword != BW_KEYWORD_UNKNOWN && class_of (*p) == CLASS_ORDINARY)
    p += bw_keyword_length (list->keyword);
  else
    {
      while (p < end && class_of (*p) == CLASS_SPACE)
        p++;
      if (p < end && class_of (*p) == CLASS_ORDINARY)
        p = skip_atom (p, end);
    }
  return (BwSexprCursor) {
    .sexpr = self,
    .position = (guint32) (p - self->text),
    .end = (guint32) (end - self->text),
    .child = node + 1,
  };
}

BwSexprKind
bw_sexpr_next (BwSexprCursor *cursor)
{
  const char *text = cursor->sexpr->text;
  const char *end = text + cursor->end;
  const char *p = text + cursor->position;
  const char *stop;

  while (p < end && class_of (*p) == CLASS_SPACE)
    p++;
  cursor->offset = (guint32) (p - text);
  if (p >= end)
    {
      cursor->position = cursor->end;
      cursor->length = 0;
      return cursor->kind = BW_SEXPR_END;
    }

  switch (class_of (*p))
    {
    case CLASS_OPEN:
      cursor->node = cursor->child;
      cursor->length = cursor->sexpr->nodes[cursor->node].length;
      cursor->position = cursor->offset + cursor->length;
      cursor->child = cursor->sexpr->nodes[cursor->node].next;
      return cursor->kind = BW_SEXPR_LIST;
    case CLASS_QUOTE:
      stop = find_closing_quote (p + 1, end);
      cursor->offset++;
      cursor->length = (guint32) (stop - (p + 1));
      cursor->position = (guint32) (stop - text) + 1;
      return cursor->kind = BW_SEXPR_STRING;
    default:
      stop = skip_atom (p, end);
      cursor->length = (guint32) (stop - p);
      cursor->position = (guint32) (stop - text);
      return cursor->kind = BW_SEXPR_ATOM;
    }
}

guint32
bw_sexpr_find (const BwSexpr *self,
               guint32        node,
               BwKeyword      keyword)
{
  guint32 end = self->nodes[node].next;

  for (guint32 child = node + 1; child < end; child = self->nodes[child].next)
    if (self->nodes[child].keyword == keyword)
      return child;
  return 0;
}

gboolean
bw_sexpr_is (const BwSexprCursor *cursor,
             const char          *word)
{
  gsize length = strlen (word);

  return (cursor->kind == BW_SEXPR_ATOM || cursor->kind == BW_SEXPR_STRING) &&
         cursor->length == length &&
         memcmp (cursor->sexpr->text + cursor->offset, word, length) == 0;
}

static gboolean
parse_slow (const char *text,
            gsize       length,
            gint64     *micro_out)
{
  char number[MAX_NUMBER_BYTES + 1];
  char *stop;
  double value;

  if (length == 0 || length > MAX_NUMBER_BYTES || !strchr ("+-.0123456789", text[0]))
    return FALSE;
  memcpy (number, text, length);
  number[length] = '\0';
  value = g_ascii_strtod (number, &stop) * 1e6;
  if (stop != number + length || isnan (value) || strpbrk (number, "xXnN") != NULL)
    return FALSE;
  value = CLAMP (value, -(double) BW_SEXPR_MICRO_MAX, (double) BW_SEXPR_MICRO_MAX);
  *micro_out = (gint64) (value < 0.0 ? ceil (value - 0.5) : floor (value + 0.5));
  return TRUE;
}

/* Decimals that count, and digits whose number fits 64 bits. */
#define N_DECIMALS 6
#define MAX_DIGITS 18

/* Reads digits, a point and digits, as nearly all numbers in a board are. Returns where they end;
 * NULL: there are too many, or none. */
static inline const char *
parse_plain (const char *p,
             const char *end,
             gint64     *micro_out)
{
  static const guint32 powers[] = { 1000000, 100000, 10000, 1000, 100, 10, 1 };
  gboolean negative = p < end && *p == '-';
  const char *digits, *point;
  guint64 value = 0; /* of too many digits it is wrong, and not used */
  gsize n_digits, n_decimals = 0;

  digits = p += negative;
  for (; p < end && g_ascii_isdigit (*p); p++)
    value = value * 10 + (guint64) (*p - '0');
  n_digits = (gsize) (p - digits);
  if (p < end && *p == '.')
    {
      point = p++;
      for (; p < end && g_ascii_isdigit (*p); p++)
        value = value * 10 + (guint64) (*p - '0');
      n_decimals = (gsize) (p - point - 1);
    }
  if (n_digits + n_decimals == 0 || n_digits > 12 || n_digits + n_decimals > MAX_DIGITS)
    return NULL;
  for (; n_decimals > N_DECIMALS + 1; n_decimals--)
    value /= 10;
  if (n_decimals > N_DECIMALS)
    value = (value + 5) / 10;
  else
    value *= powers[n_decimals];
  *micro_out = negative ? -(gint64) value : (gint64) value;
  return p;
}

gboolean
bw_sexpr_parse_micro (const char *text,
                      gsize       length,
                      gint64     *micro_out)
{
  return parse_plain (text, text + length, micro_out) == text + length ||
         parse_slow (text, length, micro_out);
}

gboolean
bw_sexpr_next_micro (BwSexprCursor *cursor,
                     gint64        *micro_out)
{
  const char *text = cursor->sexpr->text;
  const char *end = text + cursor->end;
  const char *p = text + cursor->position;
  const char *stop;

  while (p < end && class_of (*p) == CLASS_SPACE)
    p++;
  stop = parse_plain (p, end, micro_out);
  if (stop != NULL && (stop == end || class_of (*stop) > CLASS_QUOTE))
    {
      cursor->offset = (guint32) (p - text);
      cursor->length = (guint32) (stop - p);
      cursor->position = (guint32) (stop - text);
      cursor->kind = BW_SEXPR_ATOM;
      return TRUE;
    }
  return bw_sexpr_next (cursor) == BW_SEXPR_ATOM &&
         bw_sexpr_parse_micro (text + cursor->offset, cursor->length, micro_out);
}

char *
bw_sexpr_dup_first (const BwSexpr *self,
                    guint32        node)
{
  BwSexprCursor cursor = bw_sexpr_enter (self, node);
  g_autofree char *text = NULL;

  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return g_strdup ("");
  text = g_strndup (self->text + cursor.offset, cursor.length);
  return g_utf8_make_valid (text, -1);
}
