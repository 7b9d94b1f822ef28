/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-view-state.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>

#include "base/bw-geometry.h"
#include "render/bw-camera.h"

#define N_BOARDS_MAX 200

/* More than that many boards take; what is larger is none of ours. */
#define MAX_BYTES (1024 * 1024)

#define KEY_WHOLE "whole"
#define KEY_X "center-x-mm"
#define KEY_Y "center-y-mm"
#define KEY_SCALE "scale-px-per-mm"
#define KEY_FLIPPED "flipped"
#define KEY_LAYERS "layers"

/* Of one process; another one's may be lost, and nothing else. */
static GMutex mutex;

void
bw_view_state_free (BwViewState *self)
{
  g_strfreev (self->layers);
  g_free (self);
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "boardwalk", "views", NULL);
}

/* Groups are in the order in which they were written last. An unreadable file is an empty one. */
static GKeyFile *
load (const char *path)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size <= MAX_BYTES
      && g_file_get_contents (path, &text, &length, NULL))
    g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, NULL);
  return file;
}

static char *
dup_group (GFile *board_file)
{
  g_autofree char *uri = g_file_get_uri (board_file);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
}

/* FALSE: there is none within these bounds. */
static gboolean
read_number (GKeyFile   *file,
             const char *group,
             const char *key,
             double      min,
             double      max,
             double     *value_out)
{
  g_autoptr (GError) error = NULL;

  *value_out = g_key_file_get_double (file, group, key, &error);
  return !error && *value_out >= min && *value_out <= max;
}

BwViewState *
bw_view_state_read (GFile *board_file)
{
  const double far_mm = bw_nm_to_mm (BW_COORD_MAX_NM);
  g_autofree char *path = dup_path ();
  g_autofree char *group = dup_group (board_file);
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (BwViewState) self = g_new0 (BwViewState, 1);

  g_mutex_lock (&mutex);
  file = load (path);
  g_mutex_unlock (&mutex);
  if (!g_key_file_has_group (file, group))
    return NULL;
  self->whole = g_key_file_get_boolean (file, group, KEY_WHOLE, NULL);
  self->flipped = g_key_file_get_boolean (file, group, KEY_FLIPPED, NULL);
  self->layers = g_key_file_get_string_list (file, group, KEY_LAYERS, NULL, NULL);
  if (!self->whole
      && (!read_number (file, group, KEY_X, -far_mm, far_mm, &self->center_x_mm)
          || !read_number (file, group, KEY_Y, -far_mm, far_mm, &self->center_y_mm)
          || !read_number (file, group, KEY_SCALE, BW_CAMERA_MIN_SCALE, BW_CAMERA_MAX_SCALE,
                           &self->scale_px_per_mm)))
    return NULL;
  return g_steal_pointer (&self);
}

static void
forget_oldest (GKeyFile *file)
{
  gsize n;
  g_auto (GStrv) groups = g_key_file_get_groups (file, &n);

  for (gsize i = 0; i + N_BOARDS_MAX < n; i++)
    g_key_file_remove_group (file, groups[i], NULL);
}

gboolean
bw_view_state_write (GFile             *board_file,
                     const BwViewState *self,
                     GError           **error)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *group = dup_group (board_file);
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *text = NULL;
  gboolean good;
  gsize length;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int error_number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "%s: %s", folder,
                   g_strerror (error_number));
      return FALSE;
    }
  g_mutex_lock (&mutex);
  file = load (path);
  g_key_file_remove_group (file, group, NULL);
  g_key_file_set_boolean (file, group, KEY_WHOLE, self->whole);
  g_key_file_set_double (file, group, KEY_X, self->center_x_mm);
  g_key_file_set_double (file, group, KEY_Y, self->center_y_mm);
  g_key_file_set_double (file, group, KEY_SCALE, self->scale_px_per_mm);
  g_key_file_set_boolean (file, group, KEY_FLIPPED, self->flipped);
  if (self->layers)
    g_key_file_set_string_list (file, group, KEY_LAYERS, (const char *const *) self->layers,
                                g_strv_length (self->layers));
  forget_oldest (file);
  text = g_key_file_to_data (file, &length, NULL);
  good = g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
  g_mutex_unlock (&mutex);
  return good;
}
