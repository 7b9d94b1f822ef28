/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of a board's parts are selected. One thread at a time. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Read what you like; change it by the functions alone. */
typedef struct
{
  guint n_parts;
  guint n_selected;
  gint32 last;     /* the one that was chosen last; -1: none is selected */
  guint8 *flags;   /* n_parts of them, 0 or 1 */
} BwSelection;

BwSelection *bw_selection_new    (guint              n_parts);
void         bw_selection_free   (BwSelection       *self);

/* These return whether anything changed. */

/* Adds a part or takes it out. */
gboolean     bw_selection_set    (BwSelection       *self,
                                  guint32            part,
                                  gboolean           selected);
/* That part and no other; -1: none. */
gboolean     bw_selection_only   (BwSelection       *self,
                                  gint32             part);
/* As n_parts flags have it (not 0: selected), `added` to what is selected already or in place of
 * it. What was chosen last stays so while it is selected; else it is the first. */
gboolean     bw_selection_assign (BwSelection       *self,
                                  const guint8      *flags,
                                  gboolean           added);

gboolean     bw_selection_has    (const BwSelection *self,
                                  guint32            part);

/* n_selected indexes, growing. (transfer full) */
guint32     *bw_selection_list   (const BwSelection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwSelection, bw_selection_free)

G_END_DECLS
