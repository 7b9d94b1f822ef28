/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells the thread sanitizer what GLib orders.
 *
 * GLib's locks are futexes of its own, in a library that is not instrumented: the sanitizer sees
 * neither them nor what is handed over by a task, and calls each use of them a race. The functions
 * here take the place of GLib's for what the tests link, call those, and add nothing but the order
 * that GLib documents. Linked into tests only where they are built with -Db_sanitize=thread. */

#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);
const char *__tsan_default_suppressions (void);

/* The source of a task's end, which GLib makes in the task's thread and frees in its context's. */
const char *
__tsan_default_suppressions (void)
{
  return "race:g_task_attach_source\n";
}

/* The function that this one takes the place of. */
#define REAL(name) (__extension__ (__typeof__ (&(name))) real (#name))

static void *
real (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end_time)
{
  gboolean is_signalled;

  __tsan_release (mutex);
  is_signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return is_signalled;
}

gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean is_last;

  __tsan_release ((void *) count);
  is_last = REAL (g_atomic_ref_count_dec) (count);
  if (is_last)
    __tsan_acquire ((void *) count);
  return is_last;
}

void
g_async_queue_lock (GAsyncQueue *queue)
{
  REAL (g_async_queue_lock) (queue);
  __tsan_acquire (queue);
}

void
g_async_queue_unlock (GAsyncQueue *queue)
{
  __tsan_release (queue);
  REAL (g_async_queue_unlock) (queue);
}

void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  __tsan_release (queue);
  REAL (g_async_queue_push) (queue, data);
}

void
g_async_queue_push_front (GAsyncQueue *queue,
                          gpointer     data)
{
  __tsan_release (queue);
  REAL (g_async_queue_push_front) (queue, data);
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_try_pop) (queue);

  __tsan_acquire (queue);
  return data;
}

/* A task: from who runs it to its thread, and from there to who gets its result. */
typedef struct
{
  GAsyncReadyCallback callback;
  gpointer user_data;
} Result;

static void
get_result (GObject      *source,
            GAsyncResult *task,
            gpointer      user_data)
{
  Result result = *(Result *) user_data;

  __tsan_acquire (task);
  g_free (user_data);
  result.callback (source, task, result.user_data);
}

GTask *
(g_task_new) (gpointer             source,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  Result *result;

  if (callback == NULL)
    return REAL (g_task_new) (source, cancellable, NULL, user_data);
  result = g_new (Result, 1);
  *result = (Result) { callback, user_data };
  return REAL (g_task_new) (source, cancellable, get_result, result);
}

static void
run_task (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  gpointer function = g_object_get_data (G_OBJECT (task), "bw-tsan-function");

  __tsan_acquire (task);
  (__extension__ (GTaskThreadFunc) function) (task, source, data, cancellable);
  __tsan_release (task);
}

void
g_task_run_in_thread (GTask           *task,
                      GTaskThreadFunc  function)
{
  g_object_set_data (G_OBJECT (task), "bw-tsan-function", __extension__ (gpointer) function);
  __tsan_release (task);
  REAL (g_task_run_in_thread) (task, run_task);
}

void
g_task_return_boolean (GTask    *task,
                       gboolean  result)
{
  __tsan_release (task);
  REAL (g_task_return_boolean) (task, result);
}

void
g_task_return_int (GTask  *task,
                   gssize  result)
{
  __tsan_release (task);
  REAL (g_task_return_int) (task, result);
}

void
g_task_return_pointer (GTask          *task,
                       gpointer        result,
                       GDestroyNotify  destroy)
{
  __tsan_release (task);
  REAL (g_task_return_pointer) (task, result, destroy);
}

void
g_task_return_error (GTask  *task,
                     GError *error)
{
  __tsan_release (task);
  REAL (g_task_return_error) (task, error);
}

/* A source: from who attaches it to the thread of its context. */
typedef struct
{
  GSourceFunc function;
  gpointer data;
  GDestroyNotify notify;
} Call;

static gboolean
call (gpointer data)
{
  Call *self = data;

  __tsan_acquire (g_main_current_source ());
  return self->function (self->data);
}

static void
free_call (gpointer data)
{
  Call *self = data;

  if (self->notify != NULL)
    self->notify (self->data);
  g_free (self);
}

/* Of others the function may be of another type. */
static gboolean
is_plain (GSource *source)
{
  return source->source_funcs == &g_idle_funcs || source->source_funcs == &g_timeout_funcs;
}

void
g_source_set_callback (GSource        *source,
                       GSourceFunc     function,
                       gpointer        data,
                       GDestroyNotify  notify)
{
  Call *self;

  if (!is_plain (source))
    {
      REAL (g_source_set_callback) (source, function, data, notify);
      return;
    }
  self = g_new (Call, 1);
  *self = (Call) { function, data, notify };
  REAL (g_source_set_callback) (source, call, self, free_call);
}

static char attached;

guint
g_source_attach (GSource      *source,
                 GMainContext *context)
{
  guint id;

  /* The list of the context's sources grows under a lock of its own. */
  __tsan_release (source);
  __tsan_acquire (&attached);
  id = REAL (g_source_attach) (source, context);
  __tsan_release (&attached);
  return id;
}
