/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a picture of a board takes, in milliseconds, while all parts move: ratsnest,
 * overlaps and references on, in light and dark, the whole board in view and a twentieth of it.
 * What passes from its begin to its end, which other programs make longer, and what all processors
 * work for it; of both the mean and the best. How much is drawn at which size is in the head of
 * render/bw-painter.h.
 *
 * usage: bench-canvas [--picture FOLDER] [N | FILE]…
 * Made boards of N parts, and the files' boards. With a folder, the last picture of each goes
 * there. */

#include <math.h>
#include <string.h>
#include <time.h>

#include "board/bw-board-reader.h"
#include "render/bw-painter.h"

#define WIDTH 1280
#define HEIGHT 800
#define N_FRAMES 30
#define PITCH_MM 4.0

static const char *picture_folder;

static double
time_ms (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* By one clock. */
typedef struct
{
  clockid_t clock;
  double start_ms;
  double total_ms;
  double best_ms;
} Watch;

static void
watch_stop (Watch *watch)
{
  double passed_ms = time_ms (watch->clock) - watch->start_ms;

  watch->total_ms += passed_ms;
  watch->best_ms = fmin (watch->best_ms, passed_ms);
}

/* Two pads, or two rows of them, with a line of silkscreen on either side. */
static void
add_footprint (GString *text,
               guint    index,
               guint    n_parts,
               guint    columns,
               guint    n_pads)
{
  double x = (index % columns + 0.5) * PITCH_MM;
  double y = (index / columns + 0.5) * PITCH_MM;
  double pitch = 3.0 / fmax (n_pads / 2, 1);

  g_string_append_printf (text,
                          "(footprint \"made\" (layer \"%s\") (at %g %g %u)\n"
                          "(fp_text reference \"%c%u\" (at 0 0) (layer \"F.SilkS\"))\n"
                          "(fp_rect (start -1.7 -1.2) (end 1.7 1.2) (stroke (width 0.05) "
                          "(type default)) (fill none) (layer \"F.CrtYd\"))\n"
                          "(fp_line (start -1.5 -1) (end 1.5 -1) (stroke (width 0.12) "
                          "(type default)) (layer \"F.SilkS\"))\n"
                          "(fp_line (start -1.5 1) (end 1.5 1) (stroke (width 0.12) "
                          "(type default)) (layer \"F.SilkS\"))\n",
                          index % 10 == 0 ? "B.Cu" : "F.Cu", x, y, index % 4 * 90,
                          n_pads > 2 ? 'U' : 'R', index);
  for (guint pad = 0; pad < n_pads; pad++)
    {
      /* Each net joins parts that were neighbours once. */
      guint net = (index + pad * 7) % n_parts / 3 + 1;

      g_string_append_printf (text,
                              "(pad \"%u\" smd roundrect (at %g %g) (size %g 0.7) "
                              "(layers \"F.Cu\") (roundrect_rratio 0.25) (net %u \"N%u\"))\n",
                              pad + 1, (pad / 2 + 0.5) * pitch - 1.5, pad % 2 ? 0.7 : -0.7,
                              pitch * 0.6, net, net);
    }
  g_string_append (text, ")\n");
}

static BwBoard *
make_board (guint n_parts)
{
  g_autoptr (GString) text = g_string_new ("(kicad_pcb (version 20221018) (generator made)\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint columns = (guint) ceil (sqrt (n_parts * 1.6));
  guint rows = (n_parts + columns - 1) / columns;
  BwBoard *board;

  g_string_append (text, "(net 0 \"\")\n");
  for (guint i = 1; i <= n_parts / 3 + 1; i++)
    g_string_append_printf (text, "(net %u \"N%u\")\n", i, i);
  g_string_append_printf (text, "(gr_rect (start 0 0) (end %g %g) (stroke (width 0.1) "
                          "(type default)) (fill none) (layer \"Edge.Cuts\"))\n",
                          columns * PITCH_MM, rows * PITCH_MM);
  for (guint i = 0; i < n_parts; i++)
    add_footprint (text, i, n_parts, columns, i % 12 == 0 ? 16 : 2);
  g_string_append (text, ")\n");
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  board = bw_board_new_from_bytes (bytes, "made.kicad_pcb", &error);
  if (!board)
    g_error ("%s", error->message);
  return board;
}

/* Every part somewhere near where it was, another place in each frame. */
static void
move_parts (const BwBoard *board,
            BwPose        *poses,
            guint          frame)
{
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      poses[i] = board->footprints[i].pose;
      poses[i].at.x_nm += (int) (2e6 * sin (frame * 0.2 + i));
      poses[i].at.y_nm += (int) (2e6 * cos (frame * 0.2 + i * 1.7));
    }
}

static void
keep_picture (cairo_surface_t *surface,
              const char      *name,
              const char      *view,
              BwStyle          style)
{
  g_autofree char *file = g_strdup_printf ("%s-%s-%s.png", name, view,
                                           style == BW_STYLE_DARK ? "dark" : "light");
  g_autofree char *path = NULL;

  if (!picture_folder)
    return;
  path = g_build_filename (picture_folder, file, NULL);
  if (cairo_surface_write_to_png (surface, path) != CAIRO_STATUS_SUCCESS)
    g_printerr ("%s could not be written\n", path);
}

static void
measure (BwPainter     *painter,
         const BwBoard *board,
         const char    *name,
         BwStyle        style,
         double         zoom)
{
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  cairo_surface_t *below = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  BwCamera camera = bw_camera_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (below);
  Watch passed = { .clock = CLOCK_MONOTONIC, .best_ms = G_MAXDOUBLE };
  Watch worked = { .clock = CLOCK_PROCESS_CPUTIME_ID, .best_ms = G_MAXDOUBLE };
  double start_ms, board_ms;

  bw_painter_set_theme (painter, bw_theme_get (style));
  bw_camera_fit (&camera, &board->box, 20);
  bw_camera_zoom_at (&camera, WIDTH / 2.0, HEIGHT / 2.0, zoom);
  start_ms = time_ms (CLOCK_PROCESS_CPUTIME_ID);
  bw_painter_paint_board (painter, cr, &camera);
  board_ms = time_ms (CLOCK_PROCESS_CPUTIME_ID) - start_ms;
  cairo_destroy (cr);

  /* The first draws references that are kept, as the first in a window does. */
  for (guint frame = 0; frame <= N_FRAMES; frame++)
    {
      move_parts (board, poses, frame);
      passed.start_ms = time_ms (passed.clock);
      worked.start_ms = time_ms (worked.clock);
      bw_painter_set_poses (painter, poses);
      cr = cairo_create (surface);
      cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
      cairo_set_source_surface (cr, below, 0, 0);
      cairo_paint (cr);
      cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
      bw_painter_paint_parts (painter, cr, &camera);
      cairo_destroy (cr);
      if (frame == 0)
        continue;
      watch_stop (&passed);
      watch_stop (&worked);
    }
  g_print ("%-28.28s %6u parts  %-5s %-6s  frame %6.2f ms, best %6.2f  work %6.2f ms, best %6.2f  "
           "board below %6.2f ms\n",
           name, board->n_footprints, style == BW_STYLE_DARK ? "dark" : "light",
           zoom > 1 ? "zoomed" : "whole", passed.total_ms / N_FRAMES, passed.best_ms,
           worked.total_ms / N_FRAMES, worked.best_ms, board_ms);
  keep_picture (surface, name, zoom > 1 ? "zoomed" : "whole", style);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (below);
}

static void
measure_board (const BwBoard *board,
               const char    *name)
{
  for (int style = BW_STYLE_LIGHT; style <= BW_STYLE_DARK; style++)
    {
      g_autoptr (BwPainter) painter = bw_painter_new (board);

      measure (painter, board, name, style, 1);
      measure (painter, board, name, style, sqrt (20));
    }
}

static gboolean
measure_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_load (file, NULL, &error);

  if (!board)
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  measure_board (board, name);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  gboolean all = TRUE;

  for (int i = 1; i < argc; i++)
    {
      guint64 n_parts = g_ascii_strtoull (argv[i], NULL, 10);

      if (g_str_equal (argv[i], "--picture") && i + 1 < argc)
        picture_folder = argv[++i];
      else if (n_parts > 0)
        {
          g_autoptr (BwBoard) board = make_board ((guint) MIN (n_parts, 1000000));
          g_autofree char *name = g_strdup_printf ("made-%u", board->n_footprints);

          measure_board (board, name);
        }
      else
        all &= measure_file (argv[i]);
    }
  return all ? 0 : 1;
}
