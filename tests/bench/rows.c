/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/rows.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define WORSE 1.01

struct _Rows
{
  GArray *rows;
};

/* All seeds of one board and time. */
typedef struct
{
  double sum_mm;
  guint n;
  guint n_bad;
} Mean;

static void
row_clear (gpointer data)
{
  g_free (((Row *) data)->board);
}

Rows *
rows_new (void)
{
  Rows *self = g_new0 (Rows, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
  return self;
}

void
rows_free (Rows *self)
{
  g_array_unref (self->rows);
  g_free (self);
}

void
rows_add (Rows      *self,
          const Row *row)
{
  Row copy = *row;

  copy.board = g_strdup (row->board);
  g_array_append_val (self->rows, copy);
}

static void
complain (const char *filename,
          GError     *error)
{
  fprintf (stderr, "%s: %s\n", filename, error->message);
  exit (1);
}

void
rows_save (const Rows *self,
           const char *filename)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

#define ADD(type, name, value) (json_builder_set_member_name (builder, name), \
                                json_builder_add_##type##_value (builder, value))
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      json_builder_begin_object (builder);
      ADD (string, "board", row->board);
      ADD (double, "time_s", row->time_s);
      ADD (int, "seed", row->seed);
      ADD (double, "hpwl_mm", row->hpwl_mm);
      ADD (double, "ratio", row->ratio);
      ADD (int, "overlaps", row->overlaps);
      ADD (int, "outside", row->outside);
      ADD (int, "crossings", row->crossings);
      ADD (double, "seconds", row->seconds);
      ADD (double, "bytes_each", row->bytes_each);
      ADD (double, "us_each", row->us_each);
      ADD (double, "jump", row->jump);
      ADD (double, "worst_step_ms", row->worst_step_ms);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
#undef ADD
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  if (!json_generator_to_file (generator, filename, &error))
    complain (filename, error);
}

static void
count (Mean  *mean,
       double hpwl_mm,
       gint64 n_bad)
{
  mean->sum_mm += hpwl_mm;
  mean->n++;
  mean->n_bad += n_bad > 0;
}

static Mean
mean_of (const Rows *self,
         const Row  *like)
{
  Mean mean = { 0 };

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (g_str_equal (row->board, like->board) && row->time_s == like->time_s)
        count (&mean, row->hpwl_mm, (gint64) row->overlaps + row->outside);
    }
  return mean;
}

static Mean
saved_mean_of (JsonArray *saved,
               const Row *like)
{
  Mean mean = { 0 };

  for (guint i = 0; i < json_array_get_length (saved); i++)
    {
      JsonObject *row = json_array_get_object_element (saved, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (row, "board", NULL),
                     like->board) == 0 &&
          json_object_get_double_member_with_default (row, "time_s", -1.0) == like->time_s)
        count (&mean, json_object_get_double_member_with_default (row, "hpwl_mm", 0.0),
               json_object_get_int_member_with_default (row, "overlaps", 0) +
               json_object_get_int_member_with_default (row, "outside", 0));
    }
  return mean;
}

static gboolean
is_first_of_its_kind (const Rows *self,
                      guint       index)
{
  const Row *row = &g_array_index (self->rows, Row, index);

  for (guint i = 0; i < index; i++)
    if (g_str_equal (g_array_index (self->rows, Row, i).board, row->board) &&
        g_array_index (self->rows, Row, i).time_s == row->time_s)
      return FALSE;
  return TRUE;
}

gboolean
rows_compare (const Rows *self,
              const char *filename)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  double sum = 0.0;
  gboolean good = TRUE;
  JsonArray *saved;
  guint n = 0;

  if (!json_parser_load_from_file (parser, filename, &error))
    complain (filename, error);
  if (!JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
    {
      fprintf (stderr, "%s: this is no table\n", filename);
      return FALSE;
    }
  saved = json_node_get_array (json_parser_get_root (parser));
  printf ("%-30s %7s %10s %10s %8s\n", "against the baseline", "time", "before", "now", "change");
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      Mean now = mean_of (self, row), before = saved_mean_of (saved, row);
      double ratio;

      if (!is_first_of_its_kind (self, i) || before.n == 0 || before.sum_mm <= 0.0 ||
          now.sum_mm <= 0.0)
        continue;
      ratio = now.sum_mm / now.n / (before.sum_mm / before.n);
      sum += log (ratio);
      n++;
      good = good && ratio <= WORSE && (now.n_bad == 0 || before.n_bad > 0);
      printf ("%-30.30s %7.1f %10.1f %10.1f %+7.1f %%%s\n", row->board, row->time_s,
              before.sum_mm / before.n, now.sum_mm / now.n, 100.0 * (ratio - 1.0),
              now.n_bad > 0 ? "  not legal" : "");
    }
  if (n > 0)
    printf ("%-30s %7s %10s %10s %+7.1f %%\n", "geometric mean", "", "", "",
            100.0 * (exp (sum / n) - 1.0));
  else
    fprintf (stderr, "%s: none of these boards and times is there\n", filename);
  return good && n > 0;
}
