/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-splice.h"

#include <string.h>

typedef struct
{
  guint32 offset;
  guint32 length;
  guint32 text;        /* into new_text */
  guint32 text_length;
  guint32 order;
} Edit;

struct _BwSplice
{
  const BwSexpr *sexpr;
  GArray *edits;
  GString *new_text;
};

BwSplice *
bw_splice_new (const BwSexpr *sexpr)
{
  BwSplice *self = g_new0 (BwSplice, 1);

  self->sexpr = sexpr;
  self->edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  self->new_text = g_string_new (NULL);
  return self;
}

void
bw_splice_free (BwSplice *self)
{
  g_array_unref (self->edits);
  g_string_free (self->new_text, TRUE);
  g_free (self);
}

void
bw_splice_replace (BwSplice   *self,
                   guint32     offset,
                   guint32     length,
                   const char *text)
{
  Edit edit = {
    .offset = offset,
    .length = length,
    .text = (guint32) self->new_text->len,
    .text_length = (guint32) strlen (text),
    .order = self->edits->len,
  };

  g_string_append (self->new_text, text);
  g_array_append_val (self->edits, edit);
}

void
bw_splice_remove (BwSplice *self,
                  guint32   offset,
                  guint32   length)
{
  guint32 from = offset;

  while (from > 0 && strchr (" \t\r\n", self->sexpr->text[from - 1]) != NULL)
    from--;
  bw_splice_replace (self, from, offset + length - from, "");
}

void
bw_splice_format_number (gint64 micro,
                         char   buffer[32])
{
  guint64 size = micro < 0 ? (guint64) -micro : (guint64) micro;
  gsize length;

  g_snprintf (buffer, 32, "%s%" G_GUINT64_FORMAT ".%06u", micro < 0 ? "-" : "",
              size / 1000000, (guint) (size % 1000000));
  length = strlen (buffer);
  while (buffer[length - 1] == '0')
    buffer[--length] = '\0';
  if (buffer[length - 1] == '.')
    buffer[--length] = '\0';
}

void
bw_splice_number (BwSplice            *self,
                  const BwSexprCursor *cursor,
                  gint64               micro)
{
  char buffer[32];
  gint64 old;

  if (bw_sexpr_parse_micro (self->sexpr->text + cursor->offset, cursor->length, &old) &&
      old == micro)
    return;
  bw_splice_format_number (micro, buffer);
  bw_splice_replace (self, cursor->offset, cursor->length, buffer);
}

static int
compare_edits (gconstpointer a,
               gconstpointer b)
{
  const Edit *p = a, *q = b;

  if (p->offset != q->offset)
    return p->offset < q->offset ? -1 : 1;
  return p->order < q->order ? -1 : p->order > q->order;
}

GBytes *
bw_splice_apply (BwSplice *self)
{
  GByteArray *bytes;
  guint32 done = 0;

  if (self->edits->len == 0)
    return NULL;

  g_array_sort (self->edits, compare_edits);
  bytes = g_byte_array_sized_new ((guint) (self->sexpr->length + self->new_text->len));
  for (guint i = 0; i < self->edits->len; i++)
    {
      const Edit *edit = &g_array_index (self->edits, Edit, i);

      g_assert (edit->offset >= done);
      g_byte_array_append (bytes, (const guint8 *) self->sexpr->text + done, edit->offset - done);
      g_byte_array_append (bytes, (const guint8 *) self->new_text->str + edit->text,
                           edit->text_length);
      done = edit->offset + edit->length;
    }
  g_byte_array_append (bytes, (const guint8 *) self->sexpr->text + done,
                       self->sexpr->length - done);
  return g_byte_array_free_to_bytes (bytes);
}
