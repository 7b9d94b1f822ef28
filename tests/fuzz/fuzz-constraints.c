/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a user asks of a board, it is refused with its line, or can be checked and asked of the
 * optimizer. */

#include "bw-fuzz.h"

#include <string.h>

#include "board/bw-board-reader.h"
#include "session/bw-problem-builder.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
check_rules (const BwBoard       *board,
             const BwConstraints *constraints)
{
  for (guint i = 0; i < constraints->n_rules; i++)
    {
      const BwConstraint *rule = &constraints->rules[i];

      if (rule->n_parts == 0 || rule->name == NULL)
        fuzz_fail ("a rule about nothing");
      for (guint k = 0; k < rule->n_parts; k++)
        if (rule->parts[k] >= board->n_footprints)
          fuzz_fail ("a part that is not there");
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const char board_text[] =
    "(kicad_pcb (version 20241229) (net 1 \"GND\") (net 2 \"/a\")"
    " (footprint a (layer F.Cu) (at 0 0) (uuid u1) (sheetname \"/s/\") (property Reference R1)"
    "  (property Value 1k) (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net 1 GND)))"
    " (footprint b (layer B.Cu) (at 9 0) (uuid u2) (property Reference U1)"
    "  (pad 1 smd rect (at 0 0) (size 1 1) (layers B.Cu) (net 1 GND)))"
    " (gr_rect (start -5 -5) (end 20 20) (layer Edge.Cuts)))";
  g_autoptr (GBytes) bytes = g_bytes_new_static (board_text, strlen (board_text));
  g_autoptr (GBytes) text = g_bytes_new_static (data, size);
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "f", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwConstraints) constraints =
    bw_constraints_new_from_bytes (board, text, "f.boardwalk.json", &error);
  g_autoptr (GArray) violations = NULL;
  g_autofree BwPose *poses = NULL;

  if (constraints == NULL)
    {
      if (error == NULL || !g_str_has_prefix (error->message, "f.boardwalk.json:"))
        fuzz_fail ("refused without a line");
      return 0;
    }
  check_rules (board, constraints);
  poses = bw_board_dup_poses (board);
  violations = bw_constraints_check (constraints, board, poses);
  bw_board_problem_free (bw_board_problem_new (board, &(BwProblemOptions) {
    .constraints = constraints }));
  return 0;
}
