/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <string.h>

#include "board/bw-printable.h"
#include "cli/bw-cli-json.h"
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
count (const BwBoard       *board,
       const BwConstraints *constraints)
{
  BwCliCounts counts = { 0 };

  for (guint i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];

      counts.n_back += footprint->pose.side == BW_SIDE_BACK;
      counts.n_locked += footprint->locked;
      counts.n_held += bw_constraints_holds (constraints, board, i);
      counts.n_pads += footprint->n_pads;
    }
  return counts;
}

/* Why parts stay where they are. */
static const struct { const char *json_name; const char *label; } reasons[] = {
  [BW_HOLD_NONE] = { "rule", N_("by a rule") },
  [BW_HOLD_LOCKED] = { "locked", N_("locked") },
  [BW_HOLD_NO_NETS] = { "no_nets", N_("without nets") },
  [BW_HOLD_MOUNTING_HOLE] = { "mounting_hole", N_("mounting holes") },
  [BW_HOLD_BOARD_ONLY] = { "board_only", N_("not in the schematic") },
  [BW_HOLD_AT_EDGE] = { "at_edge", N_("well at the edge") },
  [BW_HOLD_CARRIER] = { "carrier", N_("pins of the board") },
};

/* The names of those that are held for this reason. */
static GPtrArray *
list_held (const BwBoard       *board,
           const BwConstraints *constraints,
           guint                reason)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < board->n_footprints; i++)
    if (board->footprints[i].hold == reason && bw_constraints_holds (constraints, board, i))
      g_ptr_array_add (keys, (gpointer) board->footprints[i].key);
  return keys;
}

typedef struct
{
  const char *json_name;
  const char *label;
  gint32 nm;             /* -1: not told */
} BwCliRule;

#define N_RULES 7

static void
list_rules (const BwBoard *board,
            BwCliRule      rules_out[N_RULES])
{
  const BwRules *rules = &board->rules;
  const BwCliRule all[N_RULES] = {
    { "courtyard_clearance_mm", N_("between courtyards"), rules->courtyard_clearance_nm },
    { "physical_clearance_mm", N_("between whatever is there"), rules->physical_clearance_nm },
    { "edge_clearance_mm", N_("copper to the board’s edge"), rules->edge_clearance_nm },
    { "clearance_mm", N_("copper to copper"), rules->clearance_nm },
    { "hole_clearance_mm", N_("copper to holes"), rules->hole_clearance_nm },
    { "hole_to_hole_mm", N_("hole to hole"), rules->hole_to_hole_nm },
    { "silk_clearance_mm", N_("around silkscreen"), rules->silk_clearance_nm },
  };

  memcpy (rules_out, all, sizeof all);
}

static guint
count_with_own_rules (const BwBoard *board)
{
  guint n = 0;

  for (guint32 i = 0; i < board->n_footprints; i++)
    n += board->footprints[i].courtyard_clearance_nm >= 0 ||
         board->footprints[i].edge_clearance_nm >= 0;
  return n;
}

/* By module, how many parts it has. (transfer full) */
static guint *
count_parts (const BwBoard *board)
{
  guint *parts = g_new0 (guint, (gsize) board->n_modules + 1);

  for (guint32 i = 0; i < board->n_footprints; i++)
    if (board->footprints[i].module >= 0)
      parts[board->footprints[i].module]++;
  return parts;
}

static void
add_lists (JsonBuilder   *builder,
           const BwBoard *board)
{
  g_autofree guint *parts = count_parts (board);
  BwCliRule rules[N_RULES];

  json_builder_set_member_name (builder, "module_list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < board->n_modules; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, board->modules[i].name);
      json_builder_set_member_name (builder, "parts");
      json_builder_add_int_value (builder, parts[i]);
      json_builder_set_member_name (builder, "inferred");
      json_builder_add_boolean_value (builder, board->modules[i].inferred);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  list_rules (board, rules);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_object (builder);
  for (guint i = 0; i < N_RULES; i++)
    if (rules[i].nm >= 0)
      {
        json_builder_set_member_name (builder, rules[i].json_name);
        json_builder_add_double_value (builder, bw_nm_to_mm (rules[i].nm));
      }
  json_builder_set_member_name (builder, "parts_with_own");
  json_builder_add_int_value (builder, count_with_own_rules (board));
  json_builder_end_object (builder);
}

static void
add_held (JsonBuilder         *builder,
          const BwBoard       *board,
          const BwConstraints *constraints)
{
  json_builder_set_member_name (builder, "held_parts");
  json_builder_begin_object (builder);
  for (guint reason = 0; reason < G_N_ELEMENTS (reasons); reason++)
    {
      g_autoptr (GPtrArray) keys = list_held (board, constraints, reason);

      if (keys->len == 0)
        continue;
      json_builder_set_member_name (builder, reasons[reason].json_name);
      json_builder_begin_array (builder);
      for (guint i = 0; i < keys->len; i++)
        json_builder_add_string_value (builder, keys->pdata[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
add_notes (JsonBuilder       *builder,
           const char *const *notes)
{
  for (guint i = 0; notes[i] != NULL; i++)
    json_builder_add_string_value (builder, notes[i]);
}

static void
print_json (const BwBoard *board,
            BwSession     *session)
{
  const BwFrame *frame = bw_session_get_frame (session);
  const BwConstraints *constraints = bw_session_get_constraints (session);
  BwCliCounts counts = count (board, constraints);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

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
  ADD (int, "areas", board->n_areas);
  ADD (int, "zones", board->n_zones);
  ADD (int, "tracks", board->n_tracks);
  ADD (double, "width_mm", bw_nm_to_mm ((gint64) board->box.x1_nm - board->box.x0_nm));
  ADD (double, "height_mm", bw_nm_to_mm ((gint64) board->box.y1_nm - board->box.y0_nm));
  bw_cli_json_add_measure (builder, "hpwl_mm", frame->hpwl_mm);
  bw_cli_json_add_layout (builder, board, frame);
  ADD (int, "overlaps", frame->overlaps);
  ADD (int, "outside", frame->outside);
  ADD (int, "locked_conflicts", frame->locked_conflicts);
  add_held (builder, board, constraints);
  add_lists (builder, board);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  add_notes (builder, board->notes);
  if (constraints != NULL)
    add_notes (builder, constraints->notes);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
#undef ADD
  bw_cli_json_print (builder);
}

static void
print_held (const BwBoard       *board,
            const BwConstraints *constraints)
{
  for (guint reason = 0; reason < G_N_ELEMENTS (reasons); reason++)
    {
      g_autoptr (GPtrArray) keys = list_held (board, constraints, reason);
      g_autofree char *names = NULL;
      g_autofree char *shown = NULL;

      if (keys->len == 0)
        continue;
      g_ptr_array_add (keys, NULL);
      names = g_strjoinv (", ", (char **) keys->pdata);
      shown = bw_dup_printable (names);
      /* Translators: why parts are held, and their names. */
      g_print (_("    held, %s: %s\n"), _(reasons[reason].label), shown);
    }
}

static void
print_modules (const BwBoard *board)
{
  g_autofree guint *parts = count_parts (board);

  if (board->n_modules > 0 && board->modules[0].inferred)
    g_print (_("  modules      %u, guessed from nets, references and values\n"), board->n_modules);
  else
    g_print (_("  modules      %u\n"), board->n_modules);
  for (guint i = 0; i < board->n_modules; i++)
    {
      g_autofree char *name = bw_dup_printable (board->modules[i].name);

      g_print (ngettext ("    %s: %u part\n", "    %s: %u parts\n", parts[i]), name, parts[i]);
    }
}

static void
print_rules (const BwBoard *board)
{
  guint n_own = count_with_own_rules (board);
  BwCliRule rules[N_RULES];
  gboolean any = n_own > 0;

  list_rules (board, rules);
  for (guint i = 0; i < N_RULES; i++)
    any |= rules[i].nm >= 0;
  if (!any)
    return;
  g_print ("%s", _("  rules\n"));
  for (guint i = 0; i < N_RULES; i++)
    if (rules[i].nm >= 0)
      /* Translators: a rule's name, and its length. */
      g_print (_("    %s: %g mm\n"), _(rules[i].label), bw_nm_to_mm (rules[i].nm));
  if (n_own > 0)
    g_print (ngettext ("    %u part has a rule of its own\n",
                       "    %u parts have rules of their own\n", n_own), n_own);
}

static void
print_text (const BwBoard *board,
            BwSession     *session)
{
  const BwFrame *frame = bw_session_get_frame (session);
  BwCliCounts counts = count (board, bw_session_get_constraints (session));
  g_autofree char *name = bw_dup_printable (board->name);

  g_print (_("%s (file format %d)\n"), name, board->version);
  if (board->n_outlines > 0)
    g_print (_("  board        %.2f × %.2f mm\n"),
             bw_nm_to_mm ((gint64) board->box.x1_nm - board->box.x0_nm),
             bw_nm_to_mm ((gint64) board->box.y1_nm - board->box.y0_nm));
  else
    g_print ("%s", _("  board        no closed outline\n"));
  g_print (_("  footprints   %u (%u on the back, %u locked, %u held in all)\n"),
           board->n_footprints, counts.n_back, counts.n_locked, counts.n_held);
  print_held (board, bw_session_get_constraints (session));
  g_print (_("  pads         %u\n"), counts.n_pads);
  g_print (_("  nets         %u\n"), board->n_nets);
  print_modules (board);
  print_rules (board);
  g_print (_("  tracks       %u\n"), board->n_tracks);
  g_print (_("  wire length  %.1f mm (half perimeter)\n"), frame->hpwl_mm);
  g_print (_("  crossings    %u (of the nets' shortest trees)\n"), frame->routability.crossings);
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
  g_autoptr (BwSession) session = NULL;
  BwBoard *board;

  if (!bw_cli_parse (argc, argv, "info", _("Says what a board holds."), entries, NULL, &path))
    return BW_EXIT_USAGE;
  session = bw_cli_open (path, NULL);
  if (session == NULL)
    return BW_EXIT_FAILED;

  board = bw_feed_get_board (BW_FEED (session));
  if (json)
    print_json (board, session);
  else
    print_text (board, session);
  return BW_EXIT_DONE;
}
