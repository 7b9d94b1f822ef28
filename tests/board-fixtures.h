/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small boards in tests/data/boards, and boards made of a few lines. */

#pragma once

#include <math.h>
#include <string.h>

#include "board/bw-board-reader.h"

G_GNUC_UNUSED static GBytes *
fixture_bytes (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "boards", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

G_GNUC_UNUSED static BwBoard *
fixture_board (const char *name)
{
  g_autoptr (GBytes) bytes = fixture_bytes (name);
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, name, &error);

  g_assert_no_error (error);
  return board;
}

/* A board that has these lines between its head and its end; they begin in line 2. */
G_GNUC_UNUSED static BwBoard *
board_of (const char  *lines,
          GError     **error)
{
  g_autofree char *text =
    g_strdup_printf ("(kicad_pcb (version 20211014) (net 0 \"\") (net 1 \"A\") (net 2 \"B\")\n"
                     "%s)\n", lines);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return bw_board_new_from_bytes (bytes, "t.kicad_pcb", error);
}

G_GNUC_UNUSED static BwBoard *
good_board_of (const char *lines)
{
  g_autoptr (GError) error = NULL;
  BwBoard *board = board_of (lines, &error);

  g_assert_no_error (error);
  return board;
}

G_GNUC_UNUSED static double
ring_area_mm2 (const BwRing *ring)
{
  double area = 0.0;

  for (guint32 i = 0, j = ring->n_points - 1; i < ring->n_points; j = i++)
    area += (double) ring->points[j].x_nm * ring->points[i].y_nm -
            (double) ring->points[i].x_nm * ring->points[j].y_nm;
  return fabs (area) / 2e12;
}

G_GNUC_UNUSED static const BwFootprint *
footprint_of (const BwBoard *board,
              const char    *key)
{
  gint32 index = bw_board_find (board, key);

  g_assert_cmpint (index, >=, 0);
  return &board->footprints[index];
}

G_GNUC_UNUSED static void
assert_box (BwBox  box,
            double x0_mm,
            double y0_mm,
            double x1_mm,
            double y1_mm)
{
  g_assert_cmpfloat_with_epsilon (bw_nm_to_mm (box.x0_nm), x0_mm, 1e-5);
  g_assert_cmpfloat_with_epsilon (bw_nm_to_mm (box.y0_nm), y0_mm, 1e-5);
  g_assert_cmpfloat_with_epsilon (bw_nm_to_mm (box.x1_nm), x1_mm, 1e-5);
  g_assert_cmpfloat_with_epsilon (bw_nm_to_mm (box.y1_nm), y1_mm, 1e-5);
}
