/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-settings.h"

#define SCHEMA_ID "io.github.boardwalk_pcb.Boardwalk"

static GSettings *
create_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (!schema)
    {
      g_debug ("No schema %s: settings are not remembered", SCHEMA_ID);
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}

GSettings *
bw_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked_up;

  if (!looked_up)
    settings = create_settings ();
  looked_up = TRUE;
  return settings;
}
