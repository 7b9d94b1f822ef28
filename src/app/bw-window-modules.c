/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which module a part is in, and the colours of modules: changed in the settings beside the board,
 * and on show then. */

#include "app/bw-window-private.h"

#include <string.h>

#include "board/bw-module-edits.h"
#include "board/bw-settings-edit.h"

typedef struct
{
  GFile *file;
  char *object;
  char *key;
  char *before;        /* as the file had it */
  char *after;
  gboolean remembered; /* it can be undone, or is no undo itself */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_object_unref (edit->file);
  g_free (edit->object);
  g_free (edit->key);
  g_free (edit->before);
  g_free (edit->after);
  g_free (edit);
}

static GBytes *
edit_settings (GBytes     *settings,
               const char *name,
               gpointer    user_data,
               GError    **error)
{
  Edit *edit = user_data;

  edit->before = bw_settings_dup_member (settings, edit->object, edit->key);
  return bw_settings_edit (settings, name, edit->object, edit->key, edit->after, error);
}

/* Modules may share a name, and then a colour. */
static void
show_color (BwWindow   *self,
            const char *name,
            guint32     color)
{
  for (guint32 i = 0; i < self->board->n_modules; i++)
    if (g_str_equal (self->board->modules[i].name, name))
      bw_board_set_module_color (self->board, i, color);
  bw_canvas_update_colors (self->canvas);
  bw_side_panel_update_colors (self->side_panel);
  if (self->shared_id)
    bw_server_tell_colors (bw_sharing_get_server (self->sharing), self->shared_id);
}

/* Of the text of a value; NULL: none. */
static guint32
read_color (const char *text)
{
  g_autofree char *inner = text && text[0] == '"' ? g_strndup (text + 1, strlen (text) - 2) : NULL;

  return inner ? bw_module_color_parse (inner) : 0;
}

static gboolean
is_color (const char *object)
{
  return g_str_equal (object, BW_SETTINGS_COLORS);
}

static void
take_over (BwWindow   *self,
           const Edit *edit)
{
  if (edit->remembered && g_strcmp0 (edit->before, edit->after) != 0)
    bw_window_remember_setting (self, &(BwSettingEdit) { edit->object, edit->key, edit->before,
                                                         edit->after });
  if (is_color (edit->object))
    show_color (self, edit->key, read_color (edit->after));
  else if (bw_window_why_not_read_again (self) == NULL)
    bw_window_read_again (self);
}

static void
on_edited (gpointer      owner,
           gpointer      edit_data,
           const GError *error)
{
  BwWindow *self = owner;
  const Edit *edit = edit_data;

  /* A board that was read again meanwhile is of the same file. */
  if (self->closing || !self->session || !g_file_equal (self->file, edit->file))
    return;
  if (!error)
    {
      take_over (self, edit);
      return;
    }
  if (is_color (edit->object))
    show_color (self, edit->key, read_color (edit->before));
  bw_window_show_error (self, error->message, NULL, NULL);
}

static void
edit_setting (BwWindow   *self,
              const char *object,
              const char *key,
              const char *value,
              gboolean    remembered)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->file = g_object_ref (self->file);
  edit->object = g_strdup (object);
  edit->key = g_strdup (key);
  edit->after = g_strdup (value);
  edit->remembered = remembered;
  bw_edit_queue_push (self->setting_edits, self->file, edit);
}

void
bw_window_choose_module (BwWindow   *self,
                         guint32     footprint,
                         const char *module)
{
  g_autofree char *value = module[0] != '\0' ? bw_settings_quote (module) : NULL;

  edit_setting (self, BW_SETTINGS_MODULES, self->board->footprints[footprint].key, value, TRUE);
}

const char *
bw_window_why_not_redo_setting (BwWindow            *self,
                                const BwSettingEdit *edit)
{
  return is_color (edit->object) ? NULL : bw_window_why_not_read_again (self);
}

void
bw_window_redo_setting (BwWindow            *self,
                        const BwSettingEdit *edit,
                        gboolean             before)
{
  edit_setting (self, edit->object, edit->key, before ? edit->before : edit->after, FALSE);
}

/* While it is being chosen: nothing is written yet. */
static void
on_try_module_color (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  BwWindow *self = user_data;
  guint32 module, color;

  g_variant_get (parameter, "(uu)", &module, &color);
  if (self->session && module < self->board->n_modules)
    show_color (self, self->board->modules[module].name, color);
}

static void
on_color_module (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  BwWindow *self = user_data;
  guint32 module, color;
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;

  g_variant_get (parameter, "(uu)", &module, &color);
  if (!self->session || module >= self->board->n_modules)
    return;
  text = bw_module_color_print (color);
  value = color != 0 ? bw_settings_quote (text) : NULL;
  edit_setting (self, BW_SETTINGS_COLORS, self->board->modules[module].name, value, TRUE);
}

void
bw_window_init_modules (BwWindow *self)
{
  self->setting_edits = bw_edit_queue_new (self, edit_settings, edit_free, on_edited);
}

const GActionEntry bw_window_module_actions[] = {
  { .name = "try-module-color", .activate = on_try_module_color, .parameter_type = "(uu)" },
  { .name = "color-module", .activate = on_color_module, .parameter_type = "(uu)" },
};
const guint bw_window_n_module_actions = G_N_ELEMENTS (bw_window_module_actions);
