/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small boards for tests that need a whole one. */

#pragma once

#include <glib.h>

#include "board/bw-board-reader.h"

/* A 40 x 30 mm board with `n_parts` two-pin parts R1, R2, … in a chain of nets, all on one spot,
 * and a locked connector J1 at the left; `tracks`: one track on the first net. */
static inline char *
bw_test_board_text (guint    n_parts,
                    gboolean tracks)
{
  GString *text = g_string_new (
    "(kicad_pcb (version 20241229) (generator \"test\")\n"
    "  (general (thickness 1.6))\n"
    "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user)"
    " (5 \"F.SilkS\" user) (31 \"F.CrtYd\" user) (29 \"B.CrtYd\" user) (35 \"F.Fab\" user))\n"
    "  (net 0 \"\")\n");

  for (guint i = 0; i <= n_parts; i++)
    g_string_append_printf (text, "  (net %u \"N%u\")\n", i + 1, i + 1);
  g_string_append (text,
    "  (gr_rect (start 0 0) (end 40 30) (stroke (width 0.1) (type solid)) (layer \"Edge.Cuts\"))\n"
    "  (footprint \"test:J\" (locked yes) (layer \"F.Cu\") (at 5 15)\n"
    "    (property \"Reference\" \"J1\" (at 0 0) (layer \"F.SilkS\"))\n"
    "    (fp_rect (start -2 -3) (end 2 3) (layer \"F.CrtYd\"))\n"
    "    (pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 1 \"N1\")))\n");
  for (guint i = 1; i <= n_parts; i++)
    g_string_append_printf (text,
      "  (footprint \"test:R\" (layer \"F.Cu\") (at 20 15)\n"
      "    (property \"Reference\" \"R%u\" (at 0 -1) (layer \"F.SilkS\"))\n"
      "    (fp_rect (start -1 -0.5) (end 1 0.5) (layer \"F.CrtYd\"))\n"
      "    (pad \"1\" smd rect (at -0.5 0) (size 0.5 0.6) (layers \"F.Cu\") (net %u \"N%u\"))\n"
      "    (pad \"2\" smd rect (at 0.5 0) (size 0.5 0.6) (layers \"F.Cu\") (net %u \"N%u\")))\n",
      i, i, i, i + 1, i + 1);
  if (tracks)
    g_string_append (text, "  (segment (start 5 15) (end 9 15) (width 0.2)"
                           " (layer \"F.Cu\") (net 1))\n");
  g_string_append (text, ")\n");
  return g_string_free (text, FALSE);
}

static inline BwBoard *
bw_test_board_new (guint    n_parts,
                   gboolean tracks)
{
  char *text = bw_test_board_text (n_parts, tracks);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);

  g_assert_no_error (error);
  return board;
}
