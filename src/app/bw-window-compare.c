/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "app/bw-compare-window.h"

/* More than anybody finds again in a list; the oldest are forgotten first. */
#define MAX_MARKS 20

/* What can be compared, oldest first, with a name for each. */
typedef struct
{
  GPtrArray *frames;
  GStrvBuilder *names;
} Moments;

static char *
name_moment (const BwFrame *frame)
{
  if (frame->epoch == 0)
    return g_strdup (_("Before the First Run"));
  /* Translators: a moment of a run, by two numbers. */
  return g_strdup_printf (_("Run %u, iteration %u"), frame->epoch, frame->iteration);
}

static void
add (Moments    *moments,
     BwFrame    *frame,
     const char *name)
{
  g_ptr_array_add (moments->frames, bw_frame_ref (frame));
  g_strv_builder_add (moments->names, name);
}

/* FALSE: no run was before this one. */
static gboolean
add_ends (BwWindow *self,
          Moments  *moments)
{
  g_autoptr (GPtrArray) ends =
    bw_run_history_dup_ends (bw_session_get_history (self->session));

  for (guint i = 0; i < ends->len; i++)
    {
      BwFrame *frame = ends->pdata[i];
      g_autofree char *end = frame->epoch == 0
                               ? name_moment (frame)
                               /* Translators: the number of a run. */
                               : g_strdup_printf (_("End of Run %u"), frame->epoch);

      add (moments, frame, end);
    }
  return ends->len > 0;
}

static void
add_trials (BwWindow *self,
            Moments  *moments)
{
  for (guint i = 0; self->trials && i < bw_trials_n_done (self->trials); i++)
    {
      g_autofree char *name = g_strdup_printf (_("Seed %u"),
                                               (guint) bw_trials_get_seed (self->trials, i));

      add (moments, bw_trials_get_frame (self->trials, i), name);
    }
}

static void
on_mark (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  BwFrame *frame = bw_canvas_get_frame (self->canvas);
  g_autofree char *name = name_moment (frame);
  g_autofree char *message = NULL;

  if (self->marks && self->marks->len == MAX_MARKS)
    g_ptr_array_remove_index (self->marks, 0);
  if (!self->marks)
    self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  g_ptr_array_add (self->marks, bw_frame_ref (frame));
  /* Translators: a moment of a run. */
  message = g_strdup_printf (_("Marked for comparing: %s"), name);
  bw_toast_show (self->toast, message, _("Compare"), "win.compare");
}

static void
add_named (Moments *moments,
           BwFrame *frame)
{
  g_autofree char *name = name_moment (frame);

  add (moments, frame, name);
}

/* The first frame of this run, where there is no other. */
static void
add_start (BwWindow *self,
           Moments  *moments)
{
  g_autoptr (GPtrArray) frames = bw_run_history_dup (bw_session_get_history (self->session), NULL);

  add_named (moments, frames->len > 0 ? frames->pdata[0] : bw_session_get_frame (self->session));
}

/* What is looked at, or was marked last, or how the run before ended, with what is now. */
static void
on_compare (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GPtrArray) frames =
    g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Moments moments = { frames, builder };
  g_auto (GStrv) names = NULL;
  GtkWindow *window;

  add_trials (self, &moments);
  if (!add_ends (self, &moments))
    add_start (self, &moments);
  for (guint i = 0; self->marks && i < self->marks->len; i++)
    add_named (&moments, self->marks->pdata[i]);
  if (bw_canvas_get_past (self->canvas))
    add_named (&moments, bw_canvas_get_frame (self->canvas));
  add (&moments, bw_session_get_frame (self->session), _("Now"));
  names = g_strv_builder_end (builder);
  window = GTK_WINDOW (bw_compare_window_new (GTK_WINDOW (self), self->board, frames,
                                              (const char *const *) names, frames->len - 2,
                                              frames->len - 1));
  gtk_window_present (window);
}

void
bw_window_forget_marks (BwWindow *self)
{
  g_clear_pointer (&self->marks, g_ptr_array_unref);
}

const GActionEntry bw_window_compare_actions[] = {
  { .name = "mark", .activate = on_mark },
  { .name = "compare", .activate = on_compare },
};
const guint bw_window_n_compare_actions = G_N_ELEMENTS (bw_window_compare_actions);
