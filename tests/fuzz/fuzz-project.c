/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever lies beside a board, the board is read. */

#include "bw-fuzz.h"

#include <string.h>

#include "board/bw-board-reader.h"
#include "board/bw-module-edits.h"
#include "board/bw-settings-edit.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* Where settings can be edited at all, the edit is in force. */
static void
check_edit (GBytes *bytes,
            GBytes *settings)
{
  g_autoptr (GBytes) edited = bw_settings_edit (settings, "f", BW_SETTINGS_MODULES, "R1",
                                               "\"Edited\"", NULL);
  g_autoptr (BwBoard) board = NULL;
  gint32 module;

  if (edited == NULL)
    return;
  board = bw_board_new_with_project (bytes, NULL, NULL, edited, "f", NULL);
  module = board != NULL ? board->footprints[bw_board_find (board, "R1")].module : -1;
  if (module < 0 || !g_str_equal (board->modules[module].name, "Edited"))
    fuzz_fail ("the edit is not there");
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const char board_text[] =
    "(kicad_pcb (version 20241229) (net 1 \"GND\") (net 2 \"/a\") (net 3 \"/a b\")"
    " (footprint a (layer F.Cu) (at 0 0) (uuid u1) (sheetname \"/s/\") (property Reference R1)"
    "  (component_classes (class tall)))"
    " (footprint b (layer B.Cu) (at 9 0) (uuid u2) (property Reference U1))"
    " (group g (uuid g1) (members u1))"
    " (zone (layers F.Cu) (name low) (polygon (pts (xy 0 0) (xy 9 0) (xy 9 9)))))";
  g_autoptr (GBytes) bytes = g_bytes_new_static (board_text, strlen (board_text));
  g_autoptr (GBytes) beside = g_bytes_new_static (data, size);
  g_autoptr (BwBoard) board = bw_board_new_with_project (bytes, beside, beside, beside, "f",
                                                        NULL);

  if (board == NULL || board->n_nets != 3 || board->n_footprints != 2 || board->n_net_classes == 0)
    fuzz_fail ("the board was not read");
  for (guint32 i = 0; i < board->n_footprints; i++)
    if (board->footprints[i].module >= (gint32) board->n_modules)
      fuzz_fail ("a module that is not there");
  check_edit (bytes, beside);
  for (guint32 i = 0; i < board->n_nets; i++)
    if (board->nets[i].net_class >= board->n_net_classes)
      fuzz_fail ("a class that is not there");
  return 0;
}
