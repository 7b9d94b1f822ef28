/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of a board's parts, nets or modules, in columns: filtered by what is typed, sorted by any
 * column. Rows are numbers from 0 on; what stands in them is asked for when it is shown, so that a
 * list of thousands costs no more than what is seen of it.
 *
 * Signal `selected`: a person selected other rows, or none. Signal `activated` (guint row): a
 * double click or Enter on it. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "render/bw-selection.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;      /* for what is remembered */
  const char *title;   /* N_() */
  gboolean number;     /* to the right, in figures of one width; longest first */
  gboolean wide;       /* takes what room is left */

  /* (transfer full) (nullable): NULL for nothing */
  char *(*dup_text) (gpointer data,
                     guint    row);
  /* Nullable: by the text. */
  int   (*compare)  (gpointer data,
                     guint    a,
                     guint    b);
} BwTableColumn;

/* For columns of lengths or other numbers, by row; NULL: they are not known. No text for 0. */
char *bw_table_dup_length      (const double *lengths_mm,
                                guint         row);
int   bw_table_compare_numbers (const double *numbers,
                                guint         a,
                                guint         b);

#define BW_TYPE_TABLE (bw_table_get_type ())
G_DECLARE_FINAL_TYPE (BwTable, bw_table, BW, TABLE, GtkWidget)

/* Once; sorts by the first. `columns` are kept by pointer. `placeholder` is what stands where there
 * are no rows. */
void   bw_table_set_columns  (BwTable             *self,
                              const BwTableColumn *columns,
                              guint                n_columns,
                              const char          *name,
                              const char          *placeholder);

/* Other rows: nothing is selected. `data` is what columns are asked with, until it is set again. */
void   bw_table_set_rows     (BwTable             *self,
                              guint                n_rows,
                              gpointer             data);

/* What stands in the rows may have changed. Sorts anew at most once a second. */
void   bw_table_refresh      (BwTable             *self);

/* (transfer none): of the rows that were set last */
const BwSelection *
       bw_table_get_selection (BwTable            *self);
/* Selects the rows with a flag that is not 0 (n_rows of them), and scrolls to `last` (-1: to none).
 * One that the filter hides is selected once it is there. */
void   bw_table_select       (BwTable             *self,
                              const guint8        *flags,
                              gint32               last);

G_END_DECLS
