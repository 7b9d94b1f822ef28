/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include "app/bw-settings.h"

/* The actions' names without this are the layers' in the settings. */
#define PREFIX "show-"

static const struct
{
  const char *action;
  BwShow flag;
} layers[] = {
  { PREFIX "grid", BW_SHOW_GRID },
  { PREFIX "ratsnest", BW_SHOW_RATSNEST },
  { PREFIX "power-nets", BW_SHOW_POWER_NETS },
  { PREFIX "trails", BW_SHOW_TRAILS },
  { PREFIX "forces", BW_SHOW_FORCES },
  { PREFIX "pads", BW_SHOW_PADS },
  { PREFIX "references", BW_SHOW_LABELS },
  { PREFIX "modules", BW_SHOW_MODULES },
  { PREFIX "heat", BW_SHOW_HEAT },
  { PREFIX "tracks", BW_SHOW_TRACKS },
  { PREFIX "zones", BW_SHOW_ZONES },
  { PREFIX "drawings", BW_SHOW_DRAWINGS },
  { PREFIX "areas", BW_SHOW_AREAS },
  { PREFIX "minimap", BW_SHOW_MINIMAP },
};

GStrv
bw_window_dup_layers (BwWindow *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  BwShow show = bw_canvas_get_show (self->canvas);

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    if (show & layers[i].flag)
      g_strv_builder_add (names, layers[i].action + strlen (PREFIX));
  return g_strv_builder_end (names);
}

static void
remember (BwWindow *self)
{
  GSettings *settings = bw_settings_get ();
  g_auto (GStrv) names = bw_window_dup_layers (self);

  if (settings)
    g_settings_set_strv (settings, BW_SETTINGS_LAYERS, (const char *const *) names);
}

static void
change_show (GSimpleAction *action,
             GVariant      *value,
             gpointer       user_data)
{
  BwWindow *self = user_data;
  BwShow show = bw_canvas_get_show (self->canvas);

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), layers[i].action))
      show = g_variant_get_boolean (value) ? show | layers[i].flag : show & ~layers[i].flag;
  bw_canvas_set_show (self->canvas, show);
  g_simple_action_set_state (action, value);
  remember (self);
}

static void
show_heat_of (BwWindow   *self,
              const char *kind)
{
  bw_canvas_set_heat (self->canvas, g_str_equal (kind, "congestion") ? BW_HEAT_CONGESTION
                                                                     : BW_HEAT_DENSITY);
}

static void
change_heat (GSimpleAction *action,
             GVariant      *value,
             gpointer       user_data)
{
  GSettings *settings = bw_settings_get ();
  const char *kind = g_variant_get_string (value, NULL);

  if (!g_str_equal (kind, "congestion") && !g_str_equal (kind, "density"))
    return;
  show_heat_of (user_data, kind);
  g_simple_action_set_state (action, value);
  if (settings)
    g_settings_set_string (settings, BW_SETTINGS_HEAT, kind);
}

static void
set_state (BwWindow   *self,
           const char *action,
           GVariant   *state)
{
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), action)), state);
}

void
bw_window_set_layers (BwWindow          *self,
                      const char *const *names)
{
  BwShow show = bw_canvas_get_show (self->canvas);

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      gboolean shown = names ? g_strv_contains (names, layers[i].action + strlen (PREFIX))
                             : (show & layers[i].flag) != 0;

      show = shown ? show | layers[i].flag : show & ~layers[i].flag;
      set_state (self, layers[i].action, g_variant_new_boolean (shown));
    }
  bw_canvas_set_show (self->canvas, show);
}

void
bw_window_init_layers (BwWindow *self)
{
  GSettings *settings = bw_settings_get ();
  g_auto (GStrv) names = NULL;
  g_autofree char *heat = NULL;

  if (settings)
    {
      names = g_settings_get_strv (settings, BW_SETTINGS_LAYERS);
      heat = g_settings_get_string (settings, BW_SETTINGS_HEAT);
      set_state (self, "heat", g_variant_new_string (heat));
      show_heat_of (self, heat);
    }
  bw_window_set_layers (self, (const char *const *) names);
}

void
bw_window_update_layers (BwWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    bw_window_set_action_enabled (self, layers[i].action, self->session != NULL);
  bw_window_set_action_enabled (self, "heat", self->session != NULL);
}

#define LAYER(layer) { .name = PREFIX layer, .state = "false", .change_state = change_show }

const GActionEntry bw_window_layer_actions[] = {
  LAYER ("grid"),       LAYER ("ratsnest"), LAYER ("power-nets"), LAYER ("trails"),
  LAYER ("forces"),     LAYER ("pads"),     LAYER ("references"), LAYER ("modules"),
  LAYER ("heat"),       LAYER ("tracks"),   LAYER ("zones"),      LAYER ("drawings"),
  LAYER ("areas"),      LAYER ("minimap"),
  { .name = "heat", .parameter_type = "s", .state = "'density'", .change_state = change_heat },
};
const guint bw_window_n_layer_actions = G_N_ELEMENTS (bw_window_layer_actions);
