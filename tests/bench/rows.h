/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of the benchmark's table, kept as JSON to be compared with those of another state. */

#pragma once

#include <glib.h>

typedef struct
{
  char *board;
  double time_s;       /* asked for; or 0 where iterations were */
  int seed;
  double hpwl_mm;
  double ratio;        /* of that to the placement by hand */
  guint overlaps;
  guint outside;
  guint crossings;
  double seconds;
  double bytes_each;   /* of memory for each part */
  double us_each;      /* of time for each part and iteration */
  double jump;         /* of parts, at worst of all phases; see jumps.h */
  double worst_step_ms; /* the longest that one has to wait for a stop */
} Row;

typedef struct _Rows Rows;

Rows    *rows_new     (void);
void     rows_free    (Rows       *self);
void     rows_add     (Rows       *self,
                       const Row  *row);

/* Those that rows_save() has kept; exits with a message where there is no such table. */
Rows    *rows_load    (const char *filename);

/* Writes all rows to a file; exits with a message where it cannot. */
void     rows_save    (const Rows *self,
                       const char *filename);

/* Prints the table: for each board and time the mean of all seeds, of what is illegal the most;
 * for each time the geometric mean of the ratios. */
void     rows_tell    (const Rows *self);

/* Prints, for each board and time, the mean length against that of another table, and a geometric
 * mean. FALSE if a board got longer by more than 1 %, or is no longer legal. */
gboolean rows_compare (const Rows *self,
                       const Rows *before);
