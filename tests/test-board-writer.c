/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-fixtures.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bw-random.h"
#include "board/bw-board-writer.h"
#include "board/bw-splice.h"

static const char *const fixtures[] = {
  "v4.kicad_pcb", "v5.kicad_pcb", "v6.kicad_pcb", "v7.kicad_pcb",
  "v8.kicad_pcb", "v9.kicad_pcb", "v10.kicad_pcb",
};

static BwBoard *
save_and_read (BwBoard      *board,
               const BwPose *poses)
{
  g_autoptr (GBytes) bytes = bw_board_splice_poses (board, poses);
  g_autoptr (GError) error = NULL;
  BwBoard *again = bw_board_new_from_bytes (bytes, "saved", &error);

  g_assert_no_error (error);
  return again;
}

static void
a_board_that_did_not_change_is_the_same_file (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (BwBoard) board = fixture_board (fixtures[i]);
      g_autofree BwPose *poses = bw_board_dup_poses (board);
      g_autoptr (GBytes) bytes = bw_board_splice_poses (board, poses);

      g_assert_true (g_bytes_equal (bytes, bw_board_get_bytes (board)));
      poses[0].rotation_cdeg += BW_FULL_TURN_CDEG;
      g_bytes_unref (bytes);
      bytes = bw_board_splice_poses (board, poses);
      g_assert_true (g_bytes_equal (bytes, bw_board_get_bytes (board)));
    }
}

static void
assert_same_shape (const BwFootprint *a,
                   const BwFootprint *b)
{
  g_assert_cmpuint (a->n_pads, ==, b->n_pads);
  for (guint32 i = 0; i < a->n_pads; i++)
    {
      BwBox x = bw_ring_box (&a->pads[i].outline), y = bw_ring_box (&b->pads[i].outline);

      g_assert_cmpint (a->pads[i].at.x_nm, ==, b->pads[i].at.x_nm);
      g_assert_cmpint (a->pads[i].at.y_nm, ==, b->pads[i].at.y_nm);
      g_assert_cmpuint (a->pads[i].sides, ==, b->pads[i].sides);
      g_assert_cmpint (a->pads[i].net, ==, b->pads[i].net);
      g_assert_cmpint (ABS (x.x0_nm - y.x0_nm), <, 20);
      g_assert_cmpint (ABS (x.y0_nm - y.y0_nm), <, 20);
      g_assert_cmpint (ABS (x.x1_nm - y.x1_nm), <, 20);
      g_assert_cmpint (ABS (x.y1_nm - y.y1_nm), <, 20);
    }
  g_assert_cmpint (a->label_at.x_nm, ==, b->label_at.x_nm);
  g_assert_cmpint (a->label_at.y_nm, ==, b->label_at.y_nm);
  g_assert_cmpuint (a->n_graphics, ==, b->n_graphics);
  for (guint side = 0; side < BW_N_SIDES; side++)
    {
      g_assert_cmpuint (a->n_body[side], ==, b->n_body[side]);
      for (guint32 i = 0; i < a->n_body[side]; i++)
        {
          BwBox x = bw_ring_box (&a->body[side][i]), y = bw_ring_box (&b->body[side][i]);

          g_assert_cmpint (ABS (x.y0_nm - y.y0_nm), <, 20);
          g_assert_cmpint (ABS (x.y1_nm - y.y1_nm), <, 20);
        }
    }
}

/* A footprint is the same in its own frame wherever it lies. */
static void
any_pose_can_be_saved_and_read_back (void)
{
  BwRandom random = bw_random_new (11);

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    for (int round = 0; round < 50; round++)
      {
        g_autoptr (BwBoard) board = fixture_board (fixtures[i]);
        g_autofree BwPose *poses = bw_board_dup_poses (board);
        g_autoptr (BwBoard) again = NULL;

        for (guint32 k = 0; k < board->n_footprints; k++)
          if (bw_random_below (&random, 4) != 0)
            poses[k] = (BwPose) {
              { (gint32) bw_random_below (&random, 300000000) - 100000000,
                (gint32) bw_random_below (&random, 300000000) - 100000000 },
              (gint32) bw_random_below (&random, BW_FULL_TURN_CDEG),
              (BwSide) bw_random_below (&random, 2),
            };
        again = save_and_read (board, poses);
        g_assert_cmpuint (again->n_footprints, ==, board->n_footprints);
        for (guint32 k = 0; k < board->n_footprints; k++)
          {
            g_assert_true (bw_pose_equal (&again->footprints[k].pose, &poses[k]));
            assert_same_shape (&again->footprints[k], &board->footprints[k]);
          }
        g_assert_cmpfloat_with_epsilon (bw_board_hpwl_mm (again, NULL),
                                        bw_board_hpwl_mm (board, poses), 1e-4);
      }
}

static void
assert_line_became (BwBoard    *board,
                    GBytes     *bytes,
                    guint       n_changed,
                    const char *const *changes)
{
  g_autofree char *old_text = g_strndup (g_bytes_get_data (bw_board_get_bytes (board), NULL),
                                         g_bytes_get_size (bw_board_get_bytes (board)));
  g_autofree char *new_text = g_strndup (g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes));
  g_auto (GStrv) old_lines = g_strsplit (old_text, "\n", -1);
  g_auto (GStrv) new_lines = g_strsplit (new_text, "\n", -1);
  guint found = 0;

  g_assert_cmpuint (g_strv_length (old_lines), ==, g_strv_length (new_lines));
  for (guint i = 0; old_lines[i] != NULL; i++)
    if (!g_str_equal (old_lines[i], new_lines[i]))
      {
        g_assert_cmpuint (found, <, n_changed);
        g_assert_nonnull (strstr (old_lines[i], changes[2 * found]));
        g_assert_nonnull (strstr (new_lines[i], changes[2 * found + 1]));
        found++;
      }
  g_assert_cmpuint (found, ==, n_changed);
}

static void
a_move_changes_one_line_and_keeps_crlf (void)
{
  static const char *const changes[] = { "(at 120 100 90)\r", "(at 120.5 100 90)\r" };
  g_autoptr (BwBoard) board = fixture_board ("v5.kicad_pcb");
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GBytes) bytes = NULL;

  poses[0].at.x_nm += 500000;
  bytes = bw_board_splice_poses (board, poses);
  assert_line_became (board, bytes, 1, changes);
}

static void
a_turn_changes_the_angles_of_pads_and_texts (void)
{
  static const char *const changes[] = {
    "(at 120 100 90)", "(at 120 100)",
    "R1 (at 0 -1.65 90)", "R1 (at 0 -1.65 0)",
    "4k7 (at 0 1.75 90)", "4k7 (at 0 1.75 0)",
    "rect (at -0.95 0 90) ", "rect (at -0.95 0) ",
    "rect (at 0.95 0 90) ", "rect (at 0.95 0) ",
  };
  g_autoptr (BwBoard) board = fixture_board ("v4.kicad_pcb");
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GBytes) bytes = NULL;

  poses[0].rotation_cdeg = 0;
  bytes = bw_board_splice_poses (board, poses);
  assert_line_became (board, bytes, 5, changes);
}

static void
a_zone_in_a_footprint_moves_with_it (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v6.kicad_pcb");
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (BwBoard) again = NULL;

  poses[0].at.x_nm += 5000000;
  poses[0].rotation_cdeg = 4500; /* a quarter turn from -45 degrees */
  again = save_and_read (board, poses);
  /* (49, 39) is (-1, -1) from the anchor; turned, (-1, 1). */
  g_assert_cmpint (again->keepouts[0].ring.points[0].x_nm, ==, 54000000);
  g_assert_cmpint (again->keepouts[0].ring.points[0].y_nm, ==, 41000000);
  g_assert_cmpint (again->keepouts[1].ring.points[0].x_nm, ==, 70000000);
}

static void
a_flip_mirrors_texts_layers_and_points (void)
{
  static const struct { const char *before; const char *after; } cases[] = {
    { "(fp_text user \"T\" (at 1 2 30) (layer \"F.SilkS\") (effects (font (size 1 1))))",
      "(fp_text user \"T\" (at 1 -2 150) (layer \"B.SilkS\") (effects (font (size 1 1))"
      " (justify mirror)))" },
    { "(fp_text user \"T\" (at 1 -2) (layer \"B.Fab\")\n(effects (justify left mirror)))",
      "(fp_text user \"T\" (at 1 2 180) (layer \"F.Fab\")\n(effects (justify left)))" },
    { "(fp_text user \"T\" (at 0 0) (layer B.SilkS) (effects (font) (justify mirror)))",
      "(fp_text user \"T\" (at 0 0 180) (layer F.SilkS) (effects (font)))" },
    { "(fp_text user \"T\" (at 0 0 180) (layer \"Dwgs.User\") (effects))",
      "(fp_text user \"T\" (at 0 0 0) (layer \"Dwgs.User\") (effects))" },
    { "(fp_arc (start 1 2) (mid 2 3) (end 3 -2) (layer \"F.SilkS\"))",
      "(fp_arc (start 3 2) (mid 2 -3) (end 1 -2) (layer \"B.SilkS\"))" },
    { "(fp_arc (start 1 -2.50) (end 2 0) (angle 90) (layer F.SilkS))",
      "(fp_arc (start 1 2.50) (end 2 0) (angle -90) (layer B.SilkS))" },
    { "(point (at 1 2) (size 1) (layer \"F.Fab\"))",
      "(point (at 1 -2) (size 1) (layer \"B.Fab\"))" },
    { "(pad 1 smd roundrect (at 1 2 30) (size 1 1) (layers F.Cu F.Mask) (chamfer top_left)"
      " (drill (offset 1 0.5)))",
      "(pad 1 smd roundrect (at 1 -2 330) (size 1 1) (layers B.Cu B.Mask) (chamfer bottom_left)"
      " (drill (offset 1 -0.5)))" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines =
        g_strdup_printf ("(footprint a (layer \"F.Cu\") (at 0 0)\n%s)", cases[i].before);
      g_autofree char *expected =
        g_strdup_printf ("(footprint a (layer \"B.Cu\") (at 0 0)\n%s)", cases[i].after);
      g_autoptr (BwBoard) board = good_board_of (lines);
      g_autofree BwPose *poses = bw_board_dup_poses (board);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *text = NULL;

      poses[0].side = BW_SIDE_BACK;
      bytes = bw_board_splice_poses (board, poses);
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      if (strstr (text, expected) == NULL)
        g_error ("%s is not in %s", expected, text);
    }
}

static void
copper_of_any_name_can_be_turned_over (void)
{
  static const char *const names[][2] = {
    { "F.Cu", "rear\"" }, { "\"Top side\"", "B.Cu" }, { "a\\", "\"b \\\" c\"" },
    { "\"\"", "B.Cu" }, { "\"(\"", "\")\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint quoted = 0; quoted < 2; quoted++)
      {
        g_autofree char *text =
          g_strdup_printf ("(kicad_pcb (version 20171130) (layers (0 %s signal) (31 %s signal))\n"
                           "(footprint a (layer F.Cu) (at 0 0)\n"
                           "(pad 1 smd rect (at 0 0) (size 1 1) (layers %s %s%s)))\n"
                           "(footprint b (layer B.Cu) (at 0 0)))\n",
                           names[i][0], names[i][1], names[i][0], names[i][1],
                           quoted ? " \"F.Cu\" \"B.Cu\"" : "");
        g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
        g_autoptr (GError) error = NULL;
        g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "t", &error);
        g_autoptr (BwBoard) again = NULL;
        g_autofree BwPose *poses = NULL;

        g_assert_no_error (error);
        poses = bw_board_dup_poses (board);
        poses[0].side = poses[0].side == BW_SIDE_BACK ? BW_SIDE_FRONT : BW_SIDE_BACK;
        again = save_and_read (board, poses);
        g_assert_cmpuint (again->n_footprints, ==, 2);
        g_assert_cmpuint (again->footprints[0].n_pads, ==, 1);
        g_assert_cmpuint (again->footprints[0].pads[0].sides, ==, 3);
      }
}

static void
numbers_are_written_as_kicad_does (void)
{
  static const struct { gint64 micro; const char *text; } cases[] = {
    { 0, "0" }, { 1, "0.000001" }, { -1, "-0.000001" }, { 1000000, "1" }, { -2500000, "-2.5" },
    { 100000000, "100" }, { 145862120, "145.86212" }, { -10, "-0.00001" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char buffer[32];

      bw_splice_format_number (cases[i].micro, buffer);
      g_assert_cmpstr (buffer, ==, cases[i].text);
    }
}

static void
tracks_of_parts_that_move_are_counted (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v4.kicad_pcb");
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  gboolean movable[4] = { FALSE, TRUE, FALSE, FALSE };
  guint n_nets;

  g_assert_cmpuint (bw_board_count_stale_tracks (board, poses, NULL, &n_nets), ==, 0);
  g_assert_cmpuint (n_nets, ==, 0);
  poses[0].at.x_nm++;
  g_assert_cmpuint (bw_board_count_stale_tracks (board, poses, NULL, &n_nets), ==, 2);
  g_assert_cmpuint (n_nets, ==, 1);
  g_assert_cmpuint (bw_board_count_stale_tracks (board, NULL, movable, NULL), ==, 0);
  movable[2] = TRUE;
  g_assert_cmpuint (bw_board_count_stale_tracks (board, NULL, movable, NULL), ==, 2);
}

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
  GBytes *old_bytes;
  GBytes *new_bytes;
} Place;

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place->folder = g_dir_make_tmp ("boardwalk-test-XXXXXX", NULL);
  g_assert_nonnull (place->folder);
  place->path = g_build_filename (place->folder, "a b.kicad_pcb", NULL);
  place->file = g_file_new_for_path (place->path);
  place->old_bytes = g_bytes_new_static ("old", 3);
  place->new_bytes = g_bytes_new_static ("new bytes", 9);
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_chmod (place->folder, 0700);
  dir = g_dir_open (place->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
  g_object_unref (place->file);
  g_bytes_unref (place->old_bytes);
  g_bytes_unref (place->new_bytes);
}

static void
assert_holds (const char *path,
              const char *text)
{
  g_autofree char *held = NULL;

  g_assert_true (g_file_get_contents (path, &held, NULL, NULL));
  g_assert_cmpstr (held, ==, text);
}

static void
write_well (Place *place)
{
  g_autoptr (GError) error = NULL;

  bw_board_write (place->file, place->new_bytes, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
a_new_file_is_written (Place         *place,
                       gconstpointer  data)
{
  write_well (place);
  assert_holds (place->path, "new bytes");
  g_assert_cmpuint (count_entries (place->folder), ==, 1);
}

static void
the_mode_of_the_old_file_stays (Place         *place,
                                gconstpointer  data)
{
  GStatBuf status;

  g_assert_true (g_file_set_contents (place->path, "old", 3, NULL));
  g_chmod (place->path, 0640);
  write_well (place);
  assert_holds (place->path, "new bytes");
  g_assert_cmpint (g_stat (place->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 07777, ==, 0640);
}

static void
a_symbolic_link_stays_one (Place         *place,
                           gconstpointer  data)
{
  g_autofree char *target = g_build_filename (place->folder, "target", NULL);
  g_autofree char *second = g_build_filename (place->folder, "second", NULL);

  g_assert_true (g_file_set_contents (target, "old", 3, NULL));
  g_assert_cmpint (symlink ("target", second), ==, 0);
  g_assert_cmpint (symlink (second, place->path), ==, 0);
  write_well (place);
  g_assert_true (g_file_test (place->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
  assert_holds (target, "new bytes");
  g_assert_cmpuint (count_entries (place->folder), ==, 3);
}

static void
one_file_is_known_by_all_its_names (Place         *place,
                                    gconstpointer  data)
{
  g_autofree char *soft = g_build_filename (place->folder, "soft", NULL);
  g_autofree char *hard = g_build_filename (place->folder, "hard", NULL);
  g_autofree char *copy = g_build_filename (place->folder, "copy", NULL);
  g_autoptr (GFile) by_soft = g_file_new_for_path (soft);
  g_autoptr (GFile) by_hard = g_file_new_for_path (hard);
  g_autoptr (GFile) other = g_file_new_for_path (copy);

  g_assert_true (bw_board_is_same_file (place->file, place->file));
  g_assert_false (bw_board_is_same_file (place->file, other));
  g_assert_true (g_file_set_contents (place->path, "old", 3, NULL));
  g_assert_true (g_file_set_contents (copy, "old", 3, NULL));
  g_assert_cmpint (symlink (place->path, soft), ==, 0);
  g_assert_cmpint (link (place->path, hard), ==, 0);
  g_assert_true (bw_board_is_same_file (place->file, by_soft));
  g_assert_true (bw_board_is_same_file (by_soft, by_hard));
  g_assert_false (bw_board_is_same_file (by_soft, other));
}

static void
assert_write_fails (Place  *place,
                    GFile  *file,
                    GBytes *unchanged_since,
                    GQuark  domain,
                    int     code)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;
  guint n_before = count_entries (place->folder);

  g_assert_false (bw_board_write (file, place->new_bytes, unchanged_since, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_cmpuint (count_entries (place->folder), ==, n_before);
}

static void
a_file_that_changed_is_not_overwritten (Place         *place,
                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  assert_write_fails (place, place->file, place->old_bytes, BW_BOARD_ERROR, BW_BOARD_ERROR_GONE);
  g_assert_true (g_file_set_contents (place->path, "OLD", 3, NULL));
  assert_write_fails (place, place->file, place->old_bytes, BW_BOARD_ERROR, BW_BOARD_ERROR_CHANGED);
  assert_holds (place->path, "OLD");
  g_assert_true (g_file_set_contents (place->path, "old", 3, NULL));
  bw_board_write (place->file, place->new_bytes, place->old_bytes, NULL, &error);
  g_assert_no_error (error);
  assert_holds (place->path, "new bytes");
}

static void
places_that_cannot_hold_a_file_are_named (Place         *place,
                                          gconstpointer  data)
{
  g_autofree char *below = g_build_filename (place->folder, "no", "such.kicad_pcb", NULL);
  g_autofree char *loop = g_build_filename (place->folder, "loop", NULL);
  g_autoptr (GFile) missing = g_file_new_for_path (below);
  g_autoptr (GFile) folder = g_file_new_for_path (place->folder);
  g_autoptr (GFile) endless = g_file_new_for_path (loop);
  g_autoptr (GFile) null_device = g_file_new_for_path ("/dev/null");

  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  assert_write_fails (place, missing, NULL, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_write_fails (place, folder, NULL, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  assert_write_fails (place, endless, NULL, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  assert_write_fails (place, null_device, NULL, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

/* A limit on the size of files makes a write fail half-way, as a full disk does. */
static void
a_write_that_fails_half_way_loses_nothing (Place         *place,
                                           gconstpointer  data)
{
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (100000), 100000);
  struct rlimit unlimited, limited;
  g_autoptr (GError) error = NULL;
  gboolean written;

  g_assert_true (g_file_set_contents (place->path, "old", 3, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  limited = unlimited;
  limited.rlim_cur = 50000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limited), ==, 0);
  written = bw_board_write (place->file, large, NULL, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);

  g_assert_false (written);
  g_assert_true (g_str_has_prefix (error->message, place->path));
  assert_holds (place->path, "old");
  g_assert_cmpuint (count_entries (place->folder), ==, 1);
}

static void
a_cancelled_save_leaves_the_old_file (Place         *place,
                                      gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (place->path, "old", 3, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (bw_board_write (place->file, place->new_bytes, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_holds (place->path, "old");
  g_assert_cmpuint (count_entries (place->folder), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-writer/a-board-that-did-not-change-is-the-same-file",
                   a_board_that_did_not_change_is_the_same_file);
  g_test_add_func ("/board-writer/any-pose-can-be-saved-and-read-back",
                   any_pose_can_be_saved_and_read_back);
  g_test_add_func ("/board-writer/a-move-changes-one-line-and-keeps-crlf",
                   a_move_changes_one_line_and_keeps_crlf);
  g_test_add_func ("/board-writer/a-turn-changes-the-angles-of-pads-and-texts",
                   a_turn_changes_the_angles_of_pads_and_texts);
  g_test_add_func ("/board-writer/a-zone-in-a-footprint-moves-with-it",
                   a_zone_in_a_footprint_moves_with_it);
  g_test_add_func ("/board-writer/a-flip-mirrors-texts-layers-and-points",
                   a_flip_mirrors_texts_layers_and_points);
  g_test_add_func ("/board-writer/copper-of-any-name-can-be-turned-over",
                   copper_of_any_name_can_be_turned_over);
  g_test_add_func ("/board-writer/numbers-are-written-as-kicad-does",
                   numbers_are_written_as_kicad_does);
  g_test_add_func ("/board-writer/tracks-of-parts-that-move-are-counted",
                   tracks_of_parts_that_move_are_counted);
#define ADD(name, func) g_test_add ("/board-writer/" name, Place, NULL, set_up, func, tear_down)
  ADD ("a-new-file-is-written", a_new_file_is_written);
  ADD ("the-mode-of-the-old-file-stays", the_mode_of_the_old_file_stays);
  ADD ("a-symbolic-link-stays-one", a_symbolic_link_stays_one);
  ADD ("one-file-is-known-by-all-its-names", one_file_is_known_by_all_its_names);
  ADD ("a-file-that-changed-is-not-overwritten", a_file_that_changed_is_not_overwritten);
  ADD ("places-that-cannot-hold-a-file-are-named", places_that_cannot_hold_a_file_are_named);
  ADD ("a-write-that-fails-half-way-loses-nothing", a_write_that_fails_half_way_loses_nothing);
  ADD ("a-cancelled-save-leaves-the-old-file", a_cancelled_save_leaves_the_old_file);
#undef ADD
  return g_test_run ();
}
