/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the window keeps its frame rate: what the main thread does while a board is loaded and
 * shown for the first time, while it is placed, and while it is saved.
 *
 * usage: bench-window [--seconds S] [--hold] FILE
 * needs a display, and GSETTINGS_SCHEMA_DIR where the schema is not installed. Works on a copy of
 * FILE. Prints of each stage: the frame clock's ticks a second and how many came late, the
 * pictures of the board a second and the mean time of one in its thread, the longest time between
 * two ticks, and the longest iteration of the main loop, GTK's painting apart, also in time of the
 * processor: that is what a machine with other work to do can tell. With --hold nothing runs: that
 * is what the desktop is able to. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "app/bw-application.h"
#include "app/bw-window.h"

#define PAINTED "painted in "
#define STAGE_SECONDS_MAX 60
#define INTERVAL_US (G_USEC_PER_SEC / 60)
#define LONG_US 4000

typedef enum
{
  STAGE_LOAD,
  STAGE_SHOW,
  STAGE_RUN,
  STAGE_SAVE,
  N_STAGES
} Stage;

static const char *const stage_names[N_STAGES] = { "load", "show", "run", "save" };

typedef struct
{
  gint64 begin_us;
  gint64 end_us;
  guint n_ticks;
  gint64 last_tick_us;
  gint64 longest_gap_us;
  guint n_late;               /* ticks that came more than half an interval late */
  gint64 longest_us;          /* iteration, painting left out */
  gint64 longest_cpu_us;      /* the same, in time of the processor */
  guint n_long;               /* iterations over LONG_US of that */
  gint64 longest_painting_us; /* of the frame clock alone */
  gint64 busy_us;             /* all iterations, painting and all */
} Figures;

static double run_s = 5;
static gboolean hold;
static char *path;

static Stage stage;
static Figures figures[N_STAGES];
static gint n_pictures; /* atomic: painters count in threads of their own */
static gint n_pictures_before;
static double paint_ms;
static GMutex paint_lock;

static gint64 iteration_begin_us;
static gint64 iteration_begin_cpu_us;
static gint64 painting_begin_us;
static gint64 painting_begin_cpu_us;
static gint64 painting_us;
static gint64 painting_cpu_us;

/* Of the thread that asks. */
static gint64
cpu_us (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (gint64) t.tv_sec * G_USEC_PER_SEC + t.tv_nsec / 1000;
}

/* The time from here to the next call is one iteration of the main loop. */
static gint
poll_measured (GPollFD *fds,
               guint    n_fds,
               gint     timeout_ms)
{
  gint64 now_us = g_get_monotonic_time ();
  Figures *f = &figures[stage];
  gint n_ready;

  if (iteration_begin_us > 0 && f->begin_us > 0 && iteration_begin_us >= f->begin_us)
    {
      gint64 took_cpu_us = cpu_us () - iteration_begin_cpu_us - painting_cpu_us;

      f->longest_us = MAX (f->longest_us, now_us - iteration_begin_us - painting_us);
      f->longest_cpu_us = MAX (f->longest_cpu_us, took_cpu_us);
      f->n_long += took_cpu_us > LONG_US;
      f->busy_us += now_us - iteration_begin_us;
    }
  n_ready = g_poll (fds, n_fds, timeout_ms);
  iteration_begin_us = g_get_monotonic_time ();
  iteration_begin_cpu_us = cpu_us ();
  painting_us = painting_cpu_us = 0;
  return n_ready;
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && g_str_has_prefix (fields[i].value, PAINTED))
      {
        g_atomic_int_inc (&n_pictures);
        g_mutex_lock (&paint_lock);
        paint_ms += g_ascii_strtod ((const char *) fields[i].value + strlen (PAINTED), NULL);
        g_mutex_unlock (&paint_lock);
        return G_LOG_WRITER_HANDLED;
      }
  return g_log_writer_default (level, fields, n_fields, user_data);
}

static void
on_before_paint (GdkFrameClock *clock,
                 gpointer       user_data)
{
  Figures *f = &figures[stage];

  painting_begin_us = g_get_monotonic_time ();
  painting_begin_cpu_us = cpu_us ();
  f->n_ticks++;
  if (f->last_tick_us > 0)
    {
      f->longest_gap_us = MAX (f->longest_gap_us, painting_begin_us - f->last_tick_us);
      f->n_late += painting_begin_us - f->last_tick_us > INTERVAL_US * 3 / 2;
    }
  f->last_tick_us = painting_begin_us;
}

static void
on_after_paint (GdkFrameClock *clock,
                gpointer       user_data)
{
  gint64 took_us = g_get_monotonic_time () - painting_begin_us;

  painting_us += took_us;
  painting_cpu_us += cpu_us () - painting_begin_cpu_us;
  figures[stage].longest_painting_us = MAX (figures[stage].longest_painting_us, took_us);
}

static void
begin_stage (Stage next)
{
  stage = next;
  figures[stage].begin_us = g_get_monotonic_time ();
  n_pictures_before = g_atomic_int_get (&n_pictures);
  paint_ms = 0;
}

static void
end_stage (void)
{
  Figures *f = &figures[stage];
  int n = g_atomic_int_get (&n_pictures) - n_pictures_before;
  double took_s;

  f->end_us = g_get_monotonic_time ();
  took_s = (double) (f->end_us - f->begin_us) / 1e6;
  g_print ("%-5s %6.2f s  %5.1f ticks/s, %3u late  %5.1f pictures/s of %5.2f ms  "
           "longest gap %6.1f ms, iteration %6.2f ms (%.2f of the processor, %u over 4) + painting "
           "%6.2f ms  main thread %3.0f %%\n",
           stage_names[stage], took_s, f->n_ticks / took_s, f->n_late, n / took_s,
           n > 0 ? paint_ms / n : 0.0, (double) f->longest_gap_us / 1e3,
           (double) f->longest_us / 1e3, (double) f->longest_cpu_us / 1e3, f->n_long,
           (double) f->longest_painting_us / 1e3,
           (double) f->busy_us / 1e4 / took_s);
}

static const char *
run_state (GtkWindow *window)
{
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (window), "run-state");

  return state ? g_intern_string (g_variant_get_string (state, NULL)) : "none";
}

/* Ticks are asked for all the time: a desktop that is slower than the frames is seen. */
static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  GtkWindow *window = GTK_WINDOW (widget);
  GActionGroup *actions = G_ACTION_GROUP (window);
  double stage_s = (double) (g_get_monotonic_time () - figures[stage].begin_us) / 1e6;

  if (hold)
    gtk_widget_queue_draw (widget);
  if (stage_s > STAGE_SECONDS_MAX)
    g_error ("the %s took too long", stage_names[stage]);

  if (stage == STAGE_LOAD && g_str_equal (run_state (window), "idle"))
    {
      end_stage ();
      begin_stage (STAGE_SHOW);
    }
  else if (stage == STAGE_SHOW && stage_s > 1)
    {
      end_stage ();
      if (!hold)
        {
          g_action_group_activate_action (actions, "run", NULL);
          /* The question that a board with tracks asks first. */
          g_action_group_activate_action (actions, "keep-tracks", NULL);
        }
      begin_stage (STAGE_RUN);
    }
  else if (stage == STAGE_RUN && stage_s >= run_s)
    {
      end_stage ();
      g_action_group_activate_action (actions, "stop", NULL);
      begin_stage (STAGE_SAVE);
      if (!hold)
        g_action_group_activate_action (actions, "save", NULL);
    }
  else if (stage == STAGE_SAVE && !g_str_equal (run_state (window), "running") && stage_s > 1)
    {
      end_stage ();
      gtk_window_destroy (window);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static void
on_realize (GtkWidget *window,
            gpointer   user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), NULL);
}

static void
on_window (GtkApplication *application,
           GtkWindow      *window,
           gpointer        user_data)
{
  if (!BW_IS_WINDOW (window))
    return;
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), on_tick, NULL, NULL);
}

static void
copy_board (const char *from,
            const char *folder)
{
  g_autofree char *name = g_path_get_basename (from);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = NULL;
  g_autoptr (GError) error = NULL;

  path = g_build_filename (folder, name, NULL);
  target = g_file_new_for_path (path);
  if (!g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  const GOptionEntry entries[] = {
    { "seconds", 's', 0, G_OPTION_ARG_DOUBLE, &run_s, "How long to look at the run", "S" },
    { "hold", 0, 0, G_OPTION_ARG_NONE, &hold, "Run nothing: draw the window only", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (BwApplication) application = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    g_error ("%s", error ? error->message : "usage: bench-window [--seconds S] [--hold] FILE");
  folder = g_dir_make_tmp ("boardwalk-bench-XXXXXX", NULL);
  copy_board (argv[1], folder);
  /* What it remembers goes with it. */
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);

  g_log_set_writer_func (write_log, NULL, NULL);
  g_main_context_set_poll_func (NULL, poll_measured);
  begin_stage (STAGE_LOAD);
  application = bw_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application))
                           | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window), NULL);
  status = g_application_run (G_APPLICATION (application), 2, (char *[]) { argv[0], path, NULL });
  remove_folder (folder);
  g_free (path);
  return status;
}
