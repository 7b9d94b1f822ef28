/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "server/bw-grabs.h"
#include "server/bw-server-clients.h"
#include "server/bw-server-people.h"

/* NULL: the board is not shared, or not any more since the application ends. */
static BwServer *
server_of (BwWindow *self)
{
  return self->shared_id ? bw_sharing_get_server (self->sharing) : NULL;
}

/* The others see what is pointed at and selected here */

static void
on_motion (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           gpointer                  user_data)
{
  BwWindow *self = user_data;
  BwServer *server = server_of (self);
  BwPoint at;

  if (!server)
    return;
  at = bw_canvas_get_point (self->canvas, x, y);
  bw_server_point (server, self->shared_id, &at);
}

static void
on_leave (GtkEventControllerMotion *controller,
          gpointer                  user_data)
{
  BwWindow *self = user_data;
  BwServer *server = server_of (self);

  if (server)
    bw_server_point (server, self->shared_id, NULL);
}

static void
on_selected (BwWindow *self)
{
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);
  BwServer *server = server_of (self);
  g_autofree guint32 *parts = server ? bw_selection_list (selection) : NULL;

  if (server)
    bw_server_select (server, self->shared_id, parts, selection->n_selected);
}

/* They are seen here */

static void
on_people_changed (BwWindow   *self,
                   const char *id)
{
  g_autoptr (GPtrArray) people = NULL;

  if (g_strcmp0 (id, self->shared_id) != 0 || !server_of (self))
    return;
  people = bw_server_list_people (server_of (self), id);
  bw_canvas_set_people (self->canvas, people);
  /* What waited for them to let go is kept now. */
  if (self->others_dragged && !bw_window_others_drag (self))
    bw_window_keep_soon (self);
  self->others_dragged = bw_window_others_drag (self);
}

gboolean
bw_window_others_drag (BwWindow *self)
{
  BwServer *server = server_of (self);

  return server && bw_server_others_drag (server, self->shared_id);
}

void
bw_window_update_people (BwWindow *self)
{
  const char *id = self->session ? bw_sharing_get_id (self->sharing, BW_FEED (self->session))
                                 : NULL;

  if (g_strcmp0 (id, self->shared_id) == 0)
    return;
  g_free (self->shared_id);
  self->shared_id = g_strdup (id);
  bw_canvas_set_people (self->canvas, NULL);
  if (!id)
    return;
  bw_server_join (server_of (self), id, NULL);
  on_selected (self);
}

void
bw_window_init_people (BwWindow *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), motion);
  g_signal_connect_object (self->canvas, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sharing, "people-changed", G_CALLBACK (on_people_changed), self,
                           G_CONNECT_SWAPPED);
}

/* One hand at a time */

static const char *
part_name (BwWindow *self,
           guint32   footprint)
{
  return self->board->footprints[footprint].key;
}

static void
tell_holder (BwWindow *self,
             guint32   footprint)
{
  const char *holder = bw_canvas_get_holder (self->canvas, footprint);
  g_autofree char *text = NULL;

  /* Translators: a person, and a part that this person drags: "Ann holds R7". */
  text = g_strdup_printf (_("%s holds %s"), holder ? holder : _("Somebody"),
                          part_name (self, footprint));
  bw_status_bar_tell (self->status_bar, text);
}

gboolean
bw_window_grab (BwWindow      *self,
                const guint32 *parts,
                guint          n)
{
  BwServer *server = server_of (self);

  if (!server || bw_server_grab (server, self->shared_id, parts, MIN (n, BW_GRABS_MAX)))
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (!bw_window_may_move (self, parts[i]))
      break;
  return FALSE;
}

void
bw_window_let_go (BwWindow *self)
{
  BwServer *server = server_of (self);

  if (server)
    bw_server_grab (server, self->shared_id, NULL, 0);
}

gboolean
bw_window_may_move (BwWindow *self,
                    guint32   footprint)
{
  BwServer *server = server_of (self);

  if (!server || bw_server_may_move (server, self->shared_id, footprint))
    return TRUE;
  tell_holder (self, footprint);
  return FALSE;
}

/* Who did what */

static char *
dup_person_name (BwWindow *self,
                 guint32   number)
{
  BwServer *server = server_of (self);
  g_autoptr (GPtrArray) clients = server ? bw_server_list_clients (server) : NULL;

  for (guint i = 0; clients && i < clients->len; i++)
    {
      const BwServerClient *client = g_ptr_array_index (clients, i);

      if (client->number == number)
        return g_strdup (client->name);
    }
  return g_strdup (_("Somebody"));
}

/* With the person's name in place of the first %s, and the part's of the second. */
static const char *
deed_format (BwCommandKind kind)
{
  switch (kind)
    {
    case BW_COMMAND_START:
      return _("%s started the run");
    case BW_COMMAND_PAUSE:
      return _("%s paused the run");
    case BW_COMMAND_RESUME:
      return _("%s resumed the run");
    case BW_COMMAND_STEP:
      return _("%s went one step on");
    case BW_COMMAND_STOP:
      return _("%s stopped the run");
    case BW_COMMAND_RESTART:
      return _("%s restarted the run");
    case BW_COMMAND_UNTANGLE:
      return _("%s had the parts untangled");
    case BW_COMMAND_MOVE:
      return _("%s moved %s");
    case BW_COMMAND_ROTATE:
      return _("%s rotated %s");
    case BW_COMMAND_FLIP:
      return _("%s flipped %s");
    case BW_COMMAND_LOCK:
      return _("%s locked %s");
    case BW_COMMAND_UNLOCK:
      return _("%s unlocked %s");
    case BW_COMMAND_SET:
    case BW_COMMAND_WEIGH:
    case BW_COMMAND_CHOOSE:
    default:
      /* Translators: of what a run weighs: how much a mm of something counts */
      return _("%s changed a weight");
    }
}

void
bw_window_note_run (BwWindow         *self,
                    const BwLogEntry *entry)
{
  g_autofree char *name = entry->command.origin == BW_ORIGIN_REMOTE
                            ? dup_person_name (self, entry->command.actor)
                            : NULL;

  bw_window_remember_run (self, entry->epoch, name);
}

void
bw_window_note_deed (BwWindow         *self,
                     const BwLogEntry *entry)
{
  const BwCommand *command = &entry->command;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  const char *part = "";

  if (command->origin != BW_ORIGIN_REMOTE)
    return;
  if (bw_command_kind_has_part (command->kind))
    {
      if (command->footprint >= self->board->n_footprints)
        return;
      part = part_name (self, command->footprint);
    }
  name = dup_person_name (self, command->actor);
  bw_window_remember_deed (self, entry, name);
  text = g_strdup_printf (deed_format (command->kind), name, part);
  bw_status_bar_tell (self->status_bar, text);
}
