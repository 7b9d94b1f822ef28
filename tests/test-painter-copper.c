/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copper is shown as a save leaves it. */

#include <string.h>

#include "bw-test-board.h"
#include "render/bw-painter.h"

#define N_PARTS 2

/* The test board's track goes from (5, 15) to (9, 15), on a net of J1 and R1. */
static gboolean
shows_the_track (BwPainter *painter)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 300);
  cairo_t *cr = cairo_create (surface);
  BwCamera camera = bw_camera_new (400, 300);
  const guchar *row;
  gboolean shown;

  camera.center_x_mm = 20;
  camera.center_y_mm = 15;
  camera.scale_px_per_mm = 10;
  bw_painter_paint_board (painter, cr, &camera);
  cairo_surface_flush (surface);
  row = cairo_image_surface_get_data (surface) + 150 * cairo_image_surface_get_stride (surface);
  shown = memcmp (row + 4 * 80, row + 4 * 300, 3) != 0;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return shown;
}

static void
move (BwBoard    *board,
      BwPainter  *painter,
      const char *reference,
      gint32      by_nm)
{
  g_autofree BwPose *poses = bw_board_dup_poses (board);

  poses[bw_board_find (board, reference)].at.x_nm += by_nm;
  bw_painter_set_poses (painter, poses);
}

static void
tracks_go_with_their_parts_and_come_back_with_them (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, TRUE);
  g_autoptr (BwPainter) painter = bw_painter_new (board);
  guint copper = bw_painter_get_copper (painter);

  bw_painter_set_tracks (painter, BW_TRACKS_RIP_UP);
  g_assert_true (shows_the_track (painter));
  g_assert_cmpuint (bw_painter_get_copper (painter), ==, copper);
  /* R2 is not on its net. */
  move (board, painter, "R2", 1000000);
  g_assert_true (shows_the_track (painter));
  move (board, painter, "R1", 1000000);
  g_assert_false (shows_the_track (painter));
  copper = bw_painter_get_copper (painter);
  move (board, painter, "R1", 2000000);
  g_assert_cmpuint (bw_painter_get_copper (painter), ==, copper);
  move (board, painter, "R1", 0);
  g_assert_cmpuint (bw_painter_get_copper (painter), !=, copper);
  g_assert_true (shows_the_track (painter));
}

static void
tracks_that_are_kept_stay (void)
{
  static const BwTracks kept[] = { BW_TRACKS_REFUSE, BW_TRACKS_KEEP, BW_TRACKS_LOCK };
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, TRUE);
  g_autoptr (BwPainter) painter = bw_painter_new (board);

  move (board, painter, "R1", 1000000);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      bw_painter_set_tracks (painter, kept[i]);
      g_assert_true (shows_the_track (painter));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/painter-copper/tracks go with their parts, and come back with them",
                   tracks_go_with_their_parts_and_come_back_with_them);
  g_test_add_func ("/painter-copper/tracks that are kept stay", tracks_that_are_kept_stay);
  return g_test_run ();
}
