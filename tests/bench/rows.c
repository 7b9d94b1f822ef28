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

/* All seeds of one board and time: their mean, or the most of what is illegal. */
typedef struct
{
  Row row;
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

static double
double_of (JsonObject *object,
           const char *name)
{
  return json_object_get_double_member_with_default (object, name, 0.0);
}

static guint
count_of (JsonObject *object,
          const char *name)
{
  return (guint) json_object_get_int_member_with_default (object, name, 0);
}

static void
read_row (JsonArray *array,
          guint      index,
          JsonNode  *node,
          gpointer   user_data)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *board;

  if (object == NULL)
    return;
  board = json_object_get_string_member_with_default (object, "board", NULL);
  if (board != NULL)
    rows_add (user_data, &(Row) {
      .board = (char *) board,
      .time_s = double_of (object, "time_s"),
      .seed = (int) json_object_get_int_member_with_default (object, "seed", 0),
      .hpwl_mm = double_of (object, "hpwl_mm"), .ratio = double_of (object, "ratio"),
      .overlaps = count_of (object, "overlaps"), .outside = count_of (object, "outside"),
      .crossings = count_of (object, "crossings"), .seconds = double_of (object, "seconds"),
      .bytes_each = double_of (object, "bytes_each"), .us_each = double_of (object, "us_each"),
      .jump = double_of (object, "jump"),
      .worst_step_ms = double_of (object, "worst_step_ms"),
    });
}

Rows *
rows_load (const char *filename)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonNode *root;
  Rows *self = rows_new ();

  if (!json_parser_load_from_file (parser, filename, &error))
    complain (filename, error);
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    json_array_foreach_element (json_node_get_array (root), read_row, self);
  if (self->rows->len == 0)
    {
      fprintf (stderr, "%s: this is no table\n", filename);
      exit (1);
    }
  return self;
}

static gboolean
is_alike (const Row *a,
          const Row *b)
{
  return g_str_equal (a->board, b->board) && a->time_s == b->time_s;
}

static Mean
mean_of (const Rows *self,
         const Row  *like)
{
  Mean mean = { .row = { .board = like->board, .time_s = like->time_s } };
  Row *sum = &mean.row;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (!is_alike (row, like))
        continue;
      sum->hpwl_mm += row->hpwl_mm;
      sum->ratio += row->ratio;
      sum->crossings += row->crossings;
      sum->seconds += row->seconds;
      sum->bytes_each += row->bytes_each;
      sum->overlaps = MAX (sum->overlaps, row->overlaps);
      sum->outside = MAX (sum->outside, row->outside);
      mean.n_bad += row->overlaps + row->outside > 0;
      mean.n++;
    }
  sum->hpwl_mm /= MAX (mean.n, 1);
  sum->ratio /= MAX (mean.n, 1);
  sum->crossings = (sum->crossings + mean.n / 2) / MAX (mean.n, 1);
  sum->seconds /= MAX (mean.n, 1);
  sum->bytes_each /= MAX (mean.n, 1);
  return mean;
}

static gboolean
is_first_of_its_kind (const Rows *self,
                      guint       index)
{
  for (guint i = 0; i < index; i++)
    if (is_alike (&g_array_index (self->rows, Row, i), &g_array_index (self->rows, Row, index)))
      return FALSE;
  return TRUE;
}

/* Of all boards in that time. */
static void
tell_time (const Rows *self,
           double      time_s)
{
  double sum = 0.0;
  guint n = 0, n_bad = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      Mean mean = mean_of (self, row);

      if (row->time_s != time_s || !is_first_of_its_kind (self, i) || mean.row.ratio <= 0.0)
        continue;
      sum += log (mean.row.ratio);
      n_bad += mean.n_bad > 0;
      n++;
    }
  if (n > 0)
    printf ("%-30s %7.1f %10s %7.3f  of %u boards, %u not legal\n", "geometric mean", time_s, "",
            exp (sum / n), n, n_bad);
}

void
rows_tell (const Rows *self)
{
  printf ("%-30s %7s %10s %7s %8s %8s %9s %8s %8s\n", "board", "time", "hpwl, mm", "ratio",
          "overlaps", "outside", "crossings", "seconds", "bytes");
  for (guint i = 0; i < self->rows->len; i++)
    {
      Mean mean = mean_of (self, &g_array_index (self->rows, Row, i));

      if (is_first_of_its_kind (self, i))
        printf ("%-30.30s %7.1f %10.1f %7.3f %8u %8u %9u %8.2f %8.0f\n", mean.row.board,
                mean.row.time_s, mean.row.hpwl_mm, mean.row.ratio, mean.row.overlaps,
                mean.row.outside, mean.row.crossings, mean.row.seconds, mean.row.bytes_each);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      double time_s = g_array_index (self->rows, Row, i).time_s;
      guint first = 0;

      while (g_array_index (self->rows, Row, first).time_s != time_s)
        first++;
      if (first == i)
        tell_time (self, time_s);
    }
}

gboolean
rows_compare (const Rows *self,
              const Rows *before)
{
  double sum = 0.0;
  gboolean good = TRUE;
  guint n = 0;

  printf ("%-30s %7s %10s %10s %8s\n", "against the baseline", "time", "before", "now", "change");
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      Mean now = mean_of (self, row), then = mean_of (before, row);
      double ratio;

      if (!is_first_of_its_kind (self, i) || then.row.hpwl_mm <= 0.0 || now.row.hpwl_mm <= 0.0)
        continue;
      ratio = now.row.hpwl_mm / then.row.hpwl_mm;
      sum += log (ratio);
      n++;
      good = good && ratio <= WORSE && (now.n_bad == 0 || then.n_bad > 0);
      printf ("%-30.30s %7.1f %10.1f %10.1f %+7.1f %%%s\n", row->board, row->time_s,
              then.row.hpwl_mm, now.row.hpwl_mm, 100.0 * (ratio - 1.0),
              now.n_bad > 0 ? "  not legal" : "");
    }
  if (n > 0)
    printf ("%-30s %7s %10s %10s %+7.1f %%\n", "geometric mean", "", "", "",
            100.0 * (exp (sum / n) - 1.0));
  else
    fprintf (stderr, "None of these boards and times is in the baseline\n");
  return good && n > 0;
}
