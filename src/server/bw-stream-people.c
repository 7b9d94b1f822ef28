/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What those who are at a stream are told of each other. */

#include "server/bw-stream-private.h"

/* How often others are told of cursors and selections, at most. */
#define PRESENCE_INTERVAL_MS 66

/* Who has so many messages waiting is told of the others later. */
#define MAX_OWED_FOR_PRESENCE 8

/* A hand that is not heard of for so long has let go. */
#define GRAB_PATIENCE_MS 10000

static gboolean
on_presence_due (gpointer user_data)
{
  BwStream *self = user_data;
  g_autoptr (GBytes) changes = NULL;
  g_autoptr (GBytes) all = NULL;
  gboolean more;

  bw_stream_clear_source (&self->presence_source);
  changes = bw_members_tell_changes (self->members, self->gone, self->grabs, &more);
  for (guint i = 0; i < self->viewers->len; i++)
    {
      BwViewer *viewer = g_ptr_array_index (self->viewers, i);

      if (bw_viewer_is_json (viewer) || !viewer->ready)
        continue;

      if (bw_peer_get_n_owed (viewer->peer) > MAX_OWED_FOR_PRESENCE)
        {
          viewer->uninformed = TRUE;
          more = TRUE;
        }
      else if (viewer->uninformed)
        {
          if (all == NULL)
            all = bw_members_tell_all (self->members, self->grabs);
          bw_peer_send (viewer->peer, all);
          viewer->uninformed = FALSE;
        }
      else if (changes != NULL)
        {
          bw_peer_send (viewer->peer, changes);
        }
    }
  if (self->own.here)
    self->events->people (self, bw_members_describe (self->members, self->grabs),
                          self->user_data);
  if (more)
    bw_stream_tell_presence (self);
  return G_SOURCE_REMOVE;
}

void
bw_stream_tell_presence (BwStream *self)
{
  gboolean nobody_listens = self->n_json == self->viewers->len && !self->own.here;

  if (nobody_listens)
    g_array_set_size (self->gone, 0);
  if (self->presence_source != NULL || nobody_listens)
    return;

  self->presence_source = g_timeout_source_new (PRESENCE_INTERVAL_MS);
  g_source_set_callback (self->presence_source, on_presence_due, self, NULL);
  g_source_attach (self->presence_source, g_main_context_get_thread_default ());
}

void
bw_stream_add_member (BwStream *self,
                      BwMember *member)
{
  g_ptr_array_add (self->members, member);
  if (member->here)
    bw_stream_tell_presence (self);
}

void
bw_stream_remove_member (BwStream *self,
                         BwMember *member)
{
  bw_grabs_set (self->grabs, member->number, NULL, 0, 0, NULL);
  g_ptr_array_remove (self->members, member);
  if (member->here)
    g_array_append_val (self->gone, member->number);
  bw_stream_tell_presence (self);
}

/* Who drags what */

guint
bw_stream_grab (BwStream      *self,
                BwViewer      *viewer,
                const guint32 *parts,
                guint          n,
                guint32       *taken_out)
{
  BwMember *member = &viewer->member;
  guint32 known[BW_GRABS_MAX];
  guint n_known = 0;

  for (guint i = 0; i < n && n_known < BW_GRABS_MAX; i++)
    {
      if (parts[i] < self->board->n_footprints)
        known[n_known++] = parts[i];
    }
  if (member->role < BW_ROLE_CONTROLLER)
    n_known = 0;

  member->changed |= BW_PERSON_GRABBED;
  bw_stream_tell_presence (self);
  return bw_grabs_set (self->grabs, member->number, known, n_known, g_get_monotonic_time (),
                       taken_out);
}

gboolean
bw_stream_may_move (BwStream *self,
                    BwViewer *viewer,
                    guint32   part)
{
  return bw_grabs_allow (self->grabs, viewer->member.number, part);
}

void
bw_stream_check_grabs (BwStream *self,
                       gint64    now_us)
{
  for (guint i = 0; i < self->viewers->len; i++)
    {
      BwMember *member = &((BwViewer *) g_ptr_array_index (self->viewers, i))->member;

      if (!bw_grabs_expire (self->grabs, member->number, now_us,
                            GRAB_PATIENCE_MS * G_GINT64_CONSTANT (1000)))
        continue;
      member->changed |= BW_PERSON_GRABBED;
      bw_stream_tell_presence (self);
    }
}

void
bw_stream_ask (BwStream              *self,
               BwViewer              *viewer,
               const BwViewerMessage *message)
{
  if (viewer->member.role < BW_ROLE_OWNER)
    bw_viewer_answer (viewer, message->cmd_id, "denied", NULL);
  else
    self->events->ask (self, viewer, message, self->user_data);
}

/* The window */

void
bw_stream_join (BwStream   *self,
                const char *name)
{
  bw_member_call (&self->own, name);
  if (!self->own.here)
    {
      self->own.here = TRUE;
      g_ptr_array_insert (self->members, 0, &self->own);
    }
  bw_stream_tell_presence (self);
}

void
bw_stream_point (BwStream      *self,
                 const BwPoint *cursor)
{
  bw_member_point (&self->own, cursor);
  bw_stream_tell_presence (self);
}

void
bw_stream_select (BwStream      *self,
                  const guint32 *parts,
                  guint          n)
{
  bw_member_select (&self->own, parts, n, self->board->n_footprints);
  bw_stream_tell_presence (self);
}

void
bw_stream_tell_own_grab (BwStream *self)
{
  self->own.changed |= BW_PERSON_GRABBED;
  bw_stream_tell_presence (self);
}
