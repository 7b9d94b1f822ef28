/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every list must lie inside the one around it, and a cursor must meet each once. */

#include "bw-fuzz.h"

#include "board/bw-sexpr.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
walk (const BwSexpr *sexpr,
      guint32        node)
{
  const BwSexprNode *list = &sexpr->nodes[node];
  BwSexprCursor cursor = bw_sexpr_enter (sexpr, node);
  guint32 child = node + 1;

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    {
      gint64 micro;

      if (cursor.offset < list->offset ||
          cursor.offset + cursor.length > list->offset + list->length)
        fuzz_fail ("an item reaches out of its list");
      if (cursor.kind != BW_SEXPR_LIST)
        {
          bw_sexpr_parse_micro (sexpr->text + cursor.offset, cursor.length, &micro);
          continue;
        }
      if (cursor.node != child)
        fuzz_fail ("a list was left out");
      child = sexpr->nodes[child].next;
    }
  if (child != list->next)
    fuzz_fail ("a list was not met");
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BwSexpr) sexpr = bw_sexpr_new ((const char *) data, size, "f", &error);

  if (sexpr == NULL)
    {
      if (error == NULL || !g_str_has_prefix (error->message, "f:"))
        fuzz_fail ("refused without a word");
      return 0;
    }
  for (guint32 node = 0; node < sexpr->n_nodes; node++)
    walk (sexpr, node);
  return 0;
}
