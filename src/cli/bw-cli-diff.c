/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <math.h>

#include "board/bw-board-diff.h"
#include "board/bw-printable.h"
#include "cli/bw-cli-json.h"
#include "cli/bw-cli-private.h"
#include "config.h"

/* As diff(1) has it, so that scripts can tell a difference from trouble. */
typedef enum
{
  BW_DIFF_SAME = 0,
  BW_DIFF_DIFFERENT = 1,
  BW_DIFF_TROUBLE = 2,
} BwDiffExit;

typedef struct
{
  guint moved;
  guint rotated;
  guint flipped;
  guint added;
  guint missing;
} Counts;

static double
degrees (gint32 cdeg)
{
  return cdeg / 100.0;
}

static double
distance_mm (const BwPartChange *change)
{
  BwPoint p = change->before->pose.at, q = change->after->pose.at;

  return hypot (bw_nm_to_mm ((gint64) q.x_nm - p.x_nm), bw_nm_to_mm ((gint64) q.y_nm - p.y_nm));
}

static Counts
count (GArray *changes)
{
  Counts counts = { 0 };

  for (guint i = 0; i < changes->len; i++)
    {
      const BwPartChange *change = &g_array_index (changes, BwPartChange, i);

      counts.moved += change->moved;
      counts.rotated += change->turned_cdeg != 0;
      counts.flipped += change->flipped;
      counts.added += change->before == NULL;
      counts.missing += change->after == NULL;
    }
  return counts;
}

static void
add_pose (JsonBuilder       *builder,
          const char        *name,
          const BwFootprint *footprint)
{
  const BwPose *pose = &footprint->pose;

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "x_mm");
  json_builder_add_double_value (builder, bw_nm_to_mm (pose->at.x_nm));
  json_builder_set_member_name (builder, "y_mm");
  json_builder_add_double_value (builder, bw_nm_to_mm (pose->at.y_nm));
  json_builder_set_member_name (builder, "rotation_deg");
  json_builder_add_double_value (builder, degrees (pose->rotation_cdeg));
  json_builder_set_member_name (builder, "side");
  json_builder_add_string_value (builder, pose->side == BW_SIDE_BACK ? "back" : "front");
  json_builder_end_object (builder);
}

static void
add_change (JsonBuilder        *builder,
            const BwPartChange *change)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "reference");
  json_builder_add_string_value (builder, change->key);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  if (change->before == NULL)
    json_builder_add_string_value (builder, "added");
  if (change->after == NULL)
    json_builder_add_string_value (builder, "missing");
  if (change->moved)
    json_builder_add_string_value (builder, "moved");
  if (change->turned_cdeg != 0)
    json_builder_add_string_value (builder, "rotated");
  if (change->flipped)
    json_builder_add_string_value (builder, "flipped");
  json_builder_end_array (builder);
  if (change->before != NULL)
    add_pose (builder, "old", change->before);
  if (change->after != NULL)
    add_pose (builder, "new", change->after);
  json_builder_end_object (builder);
}

static void
print_json (GArray *changes)
{
  Counts counts = count (changes);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

#define ADD(name) \
  (json_builder_set_member_name (builder, #name), json_builder_add_int_value (builder, counts.name))

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, changes->len == 0);
  ADD (moved);
  ADD (rotated);
  ADD (flipped);
  ADD (added);
  ADD (missing);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    add_change (builder, &g_array_index (changes, BwPartChange, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
#undef ADD
  bw_cli_json_print (builder);
}

static void
print_change (const BwPartChange *change)
{
  g_autofree char *key = bw_dup_printable (change->key);
  g_autoptr (GString) line = g_string_new (NULL);

  if (change->before == NULL)
    /* Translators: said of a part that only the newer of two boards has. */
    g_string_append (line, _("added"));
  else if (change->after == NULL)
    /* Translators: said of a part that only the older of two boards has. */
    g_string_append (line, _("missing"));
  if (change->moved)
    g_string_append_printf (line, _("moved by %.3f mm"), distance_mm (change));
  if (change->turned_cdeg != 0)
    {
      g_string_append (line, line->len > 0 ? ", " : "");
      g_string_append_printf (line, _("rotated by %+g°"), degrees (change->turned_cdeg));
    }
  if (change->flipped)
    {
      g_string_append (line, line->len > 0 ? ", " : "");
      g_string_append (line, change->after->pose.side == BW_SIDE_BACK ? _("flipped to the back")
                                                                      : _("flipped to the front"));
    }
  g_print ("%s: %s\n", key, line->str);
}

static void
print_text (GArray *changes)
{
  Counts counts = count (changes);

  for (guint i = 0; i < changes->len; i++)
    print_change (&g_array_index (changes, BwPartChange, i));
  if (changes->len == 0)
    g_print ("%s\n", _("All parts lie where they were."));
  else
    g_print (_("%u moved, %u rotated, %u flipped, %u added, %u missing\n"), counts.moved,
             counts.rotated, counts.flipped, counts.added, counts.missing);
}

int
bw_cli_diff (int    argc,
             char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON object"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) paths = NULL;
  g_autoptr (BwBoard) before = NULL;
  g_autoptr (BwBoard) after = NULL;
  g_autoptr (GArray) changes = NULL;

  if (!bw_cli_parse_files (argc, argv, "diff", "OLD NEW",
                           _("Says which parts of a board were moved, rotated, flipped, added or "
                             "removed.\nExit status: 0 all lie where they were, 1 some do not, "
                             "2 trouble."),
                           entries, NULL, &paths))
    return BW_DIFF_TROUBLE;
  before = bw_cli_load (paths[0]);
  after = before != NULL ? bw_cli_load (paths[1]) : NULL;
  if (after == NULL)
    return BW_DIFF_TROUBLE;

  changes = bw_board_diff (before, after);
  if (json)
    print_json (changes);
  else
    print_text (changes);
  return changes->len == 0 ? BW_DIFF_SAME : BW_DIFF_DIFFERENT;
}
