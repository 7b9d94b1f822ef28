/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "cli/bw-cli-private.h"
#include "config.h"

typedef struct
{
  guint n_back;
  guint n_locked;
  guint n_held;
  guint n_pads;
} BwCliCounts;

static BwCliCounts
count (const BwBoard *board)
{
  BwCliCounts counts = { 0 };

  for (guint i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];

      counts.n_back += footprint->pose.side == BW_SIDE_BACK;
      counts.n_locked += footprint->locked;
      counts.n_held += footprint->hold != BW_HOLD_NONE;
      counts.n_pads += footprint->n_pads;
    }
  return counts;
}

static void
print_json (const BwBoard *board,
            const BwFrame *frame)
{
  BwCliCounts counts = count (board);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

#define ADD(type, name, value) \
  (json_builder_set_member_name (builder, name), json_builder_add_##type##_value (builder, value))

  json_builder_begin_object (builder);
  ADD (string, "name", board->name);
  ADD (int, "version", board->version);
  ADD (int, "footprints", board->n_footprints);
  ADD (int, "back", counts.n_back);
  ADD (int, "locked", counts.n_locked);
  ADD (int, "held", counts.n_held);
  ADD (int, "pads", counts.n_pads);
  ADD (int, "nets", board->n_nets);
  ADD (int, "modules", board->n_modules);
  ADD (int, "outlines", board->n_outlines);
  ADD (int, "keepouts", board->n_keepouts);
  ADD (int, "tracks", board->n_tracks);
  ADD (double, "width_mm", bw_nm_to_mm ((gint64) board->box.x1_nm - board->box.x0_nm));
  ADD (double, "height_mm", bw_nm_to_mm ((gint64) board->box.y1_nm - board->box.y0_nm));
  ADD (double, "hpwl_mm", frame->hpwl_mm);
  ADD (int, "overlaps", frame->overlaps);
  ADD (int, "outside", frame->outside);
  ADD (int, "locked_conflicts", frame->locked_conflicts);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; board->notes[i] != NULL; i++)
    json_builder_add_string_value (builder, board->notes[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
#undef ADD

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

static void
print_text (const BwBoard *board,
            const BwFrame *frame)
{
  BwCliCounts counts = count (board);

  g_print (_("%s (file format %d)\n"), board->name, board->version);
  if (board->n_outlines > 0)
    g_print (_("  board        %.2f × %.2f mm\n"),
             bw_nm_to_mm ((gint64) board->box.x1_nm - board->box.x0_nm),
             bw_nm_to_mm ((gint64) board->box.y1_nm - board->box.y0_nm));
  else
    g_print ("%s", _("  board        no closed outline\n"));
  g_print (_("  footprints   %u (%u on the back, %u locked, %u held in all)\n"),
           board->n_footprints, counts.n_back, counts.n_locked, counts.n_held);
  g_print (_("  pads         %u\n"), counts.n_pads);
  g_print (_("  nets         %u\n"), board->n_nets);
  g_print (_("  modules      %u\n"), board->n_modules);
  g_print (_("  tracks       %u\n"), board->n_tracks);
  g_print (_("  wire length  %.1f mm (half perimeter)\n"), frame->hpwl_mm);
  g_print (_("  overlaps     %u (and %u among held parts)\n"), frame->overlaps,
           frame->locked_conflicts);
  g_print (_("  outside      %u\n"), frame->outside);
}

int
bw_cli_info (int    argc,
             char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON object"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *path = NULL;
  g_autoptr (BwBoard) board = NULL;
  g_autoptr (BwSession) session = NULL;

  if (!bw_cli_parse (argc, argv, "info", _("Says what a board holds."), entries, NULL, &path))
    return BW_EXIT_USAGE;
  board = bw_cli_load (path);
  if (board == NULL)
    return BW_EXIT_FAILED;

  session = bw_session_new (board);
  if (json)
    print_json (board, bw_session_get_frame (session));
  else
    print_text (board, bw_session_get_frame (session));
  return BW_EXIT_DONE;
}
