/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-poller.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/epoll.h>
#include <unistd.h>

/* Taken from the system at once; the others have their turn in the main loop's next one. */
#define MAX_EVENTS 256

struct _BwPoller
{
  GSource *source;
  int fd;
  gboolean dispatching;
  GPtrArray *removed; /* (element-type BwPollerWatch): an event may still name them */
};

struct _BwPollerWatch
{
  BwPoller *poller;
  int fd;
  BwPollerFunc func; /* NULL once removed */
  gpointer user_data;
};

static GIOCondition
condition_of (guint32 events)
{
  GIOCondition condition = 0;

  if ((events & EPOLLIN) != 0)
    condition |= G_IO_IN;
  if ((events & EPOLLOUT) != 0)
    condition |= G_IO_OUT;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0)
    condition |= G_IO_IN | G_IO_OUT;
  return condition;
}

static gboolean
on_ready (gint         fd,
          GIOCondition condition,
          gpointer     user_data)
{
  BwPoller *self = user_data;
  struct epoll_event events[MAX_EVENTS];
  int n = epoll_wait (self->fd, events, MAX_EVENTS, 0);

  self->dispatching = TRUE;
  for (int i = 0; i < n; i++)
    {
      BwPollerWatch *watch = events[i].data.ptr;

      if (watch->func != NULL)
        watch->func (condition_of (events[i].events), watch->user_data);
    }
  self->dispatching = FALSE;
  g_ptr_array_set_size (self->removed, 0);
  return G_SOURCE_CONTINUE;
}

BwPoller *
bw_poller_new (GMainContext *context)
{
  BwPoller *self = g_new0 (BwPoller, 1);

  self->fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->fd < 0)
    g_error ("Cannot watch sockets: %s", g_strerror (errno));

  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->source = g_unix_fd_source_new (self->fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_ready), self, NULL);
  g_source_attach (self->source, context);
  return self;
}

void
bw_poller_free (BwPoller *self)
{
  if (self == NULL)
    return;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_ptr_array_unref (self->removed);
  close (self->fd);
  g_free (self);
}

static gboolean
control (BwPollerWatch *watch,
         int            operation,
         guint32        events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  return epoll_ctl (watch->poller->fd, operation, watch->fd, &event) == 0;
}

BwPollerWatch *
bw_poller_add (BwPoller    *self,
               int          fd,
               BwPollerFunc func,
               gpointer     user_data)
{
  BwPollerWatch *watch = g_new (BwPollerWatch, 1);

  *watch = (BwPollerWatch) { self, fd, func, user_data };
  if (control (watch, EPOLL_CTL_ADD, EPOLLIN))
    return watch;

  g_free (watch);
  return NULL;
}

void
bw_poller_set_writing (BwPollerWatch *watch,
                       gboolean       wanted)
{
  control (watch, EPOLL_CTL_MOD, wanted ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

void
bw_poller_remove (BwPollerWatch *watch)
{
  control (watch, EPOLL_CTL_DEL, 0);
  watch->func = NULL;
  if (watch->poller->dispatching)
    g_ptr_array_add (watch->poller->removed, watch);
  else
    g_free (watch);
}
