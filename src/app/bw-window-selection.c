/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <string.h>

#include "app/bw-popover.h"

/* Those on nets with more pads are not meant: supplies, which join all. */
#define N_PINS_MAX 60

static void
select_flags (BwWindow     *self,
              const guint8 *flags)
{
  bw_canvas_select_parts (self->canvas, flags, FALSE);
}

static void
on_select_all (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autofree guint8 *flags = g_malloc (self->board->n_footprints + 1);

  memset (flags, TRUE, self->board->n_footprints);
  select_flags (self, flags);
}

static void
on_deselect (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  BwWindow *self = user_data;

  if (!bw_canvas_cancel_move (self->canvas) && !bw_canvas_cancel_band (self->canvas))
    bw_canvas_select (self->canvas, -1);
}

/* And what is joined to it by nets. */
static void
on_select_connected (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  BwWindow *self = user_data;
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);
  g_autofree guint8 *flags = g_memdup2 (selection->flags, selection->n_parts + 1);

  for (guint32 n = 0; n < self->board->n_nets; n++)
    {
      const BwNet *net = &self->board->nets[n];
      gboolean joined = FALSE;

      if (net->power || net->n_pins > N_PINS_MAX)
        continue;
      for (guint32 i = 0; i < net->n_pins; i++)
        joined |= selection->flags[net->pins[i].footprint];
      for (guint32 i = 0; joined && i < net->n_pins; i++)
        flags[net->pins[i].footprint] = TRUE;
    }
  select_flags (self, flags);
}

/* And what is in the same modules. */
static void
on_select_same_module (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  BwWindow *self = user_data;
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);
  g_autofree guint8 *flags = g_memdup2 (selection->flags, selection->n_parts + 1);
  g_autofree gboolean *chosen = g_new0 (gboolean, self->board->n_modules + 1);

  for (guint32 i = 0; i < selection->n_parts; i++)
    if (selection->flags[i] && self->board->footprints[i].module >= 0)
      chosen[self->board->footprints[i].module] = TRUE;
  for (guint32 i = 0; i < selection->n_parts; i++)
    if (self->board->footprints[i].module >= 0 && chosen[self->board->footprints[i].module])
      flags[i] = TRUE;
  select_flags (self, flags);
}

static void
on_select_module (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  BwWindow *self = user_data;
  gint32 module = (gint32) g_variant_get_uint32 (parameter);
  g_autofree guint8 *flags = g_malloc (self->board->n_footprints + 1);

  for (guint32 i = 0; i < self->board->n_footprints; i++)
    flags[i] = self->board->footprints[i].module == module;
  select_flags (self, flags);
}

static void
on_place_selection (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  bw_window_submit_move (user_data, BW_COMMAND_START, TRUE);
}

static void
on_untangle_selection (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  bw_window_submit_move (user_data, BW_COMMAND_UNTANGLE, TRUE);
}

void
bw_window_show_selection (BwWindow *self)
{
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);
  g_autofree guint32 *parts = bw_selection_list (selection);
  BwSelectionSummary summary = { .n_parts = selection->n_selected };
  g_autofree char *rules = bw_window_dup_rules (self);
  GdkRectangle place;

  for (guint i = 0; i < selection->n_selected; i++)
    {
      BwPose pose = bw_window_get_pose (self, parts[i]);

      summary.n_front += pose.side == BW_SIDE_FRONT;
      summary.n_held += (guint) bw_window_is_held (self, parts[i]);
      summary.n_locked += self->board->footprints[parts[i]].hold == BW_HOLD_LOCKED;
    }
  bw_canvas_reveal (self->canvas, selection->last);
  if (!bw_canvas_get_place (self->canvas, selection->last, &place))
    return;
  if (!self->selection_popover)
    self->selection_popover = bw_selection_popover_new (GTK_WIDGET (self->canvas));
  bw_selection_popover_show (self->selection_popover, &summary, rules);
  bw_popover_popup_at (GTK_POPOVER (self->selection_popover), &place);
}

void
bw_window_update_selection (BwWindow *self)
{
  static const char *const actions[] = { "deselect", "select-connected", "select-same-module" };
  BwRunState state = self->session ? bw_session_get_state (self->session) : BW_RUN_IDLE;
  gboolean selected = self->session && bw_canvas_get_selected (self->canvas) >= 0;
  gboolean may_run = selected && state != BW_RUN_RUNNING && state != BW_RUN_PAUSED
                     && !bw_canvas_get_past (self->canvas);

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    bw_window_set_action_enabled (self, actions[i], selected);
  bw_window_set_action_enabled (self, "select-all", self->session != NULL);
  bw_window_set_action_enabled (self, "select-found", self->session != NULL);
  bw_window_set_action_enabled (self, "select-module", self->session != NULL);
  bw_window_set_action_enabled (self, "place-selection", may_run);
  bw_window_set_action_enabled (self, "untangle-selection", may_run);
}

const GActionEntry bw_window_selection_actions[] = {
  { .name = "select-all", .activate = on_select_all },
  { .name = "deselect", .activate = on_deselect },
  { .name = "select-connected", .activate = on_select_connected },
  { .name = "select-same-module", .activate = on_select_same_module },
  { .name = "select-module", .activate = on_select_module, .parameter_type = "u" },
  { .name = "place-selection", .activate = on_place_selection },
  { .name = "untangle-selection", .activate = on_untangle_selection },
};
const guint bw_window_n_selection_actions = G_N_ELEMENTS (bw_window_selection_actions);
