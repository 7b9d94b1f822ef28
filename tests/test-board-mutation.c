/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards that were damaged at random: each is read, or refused by name and line; never more. */

#include "board-fixtures.h"

#include "base/bw-random.h"
#include "board/bw-board-writer.h"

#define N_ROUNDS 1500

static const char *const fixtures[] = {
  "v4.kicad_pcb", "v5.kicad_pcb", "v6.kicad_pcb", "v7.kicad_pcb",
  "v8.kicad_pcb", "v9.kicad_pcb", "v10.kicad_pcb",
};

static void
read_and_save (GBytes   *bytes,
               BwRandom *random)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "m", &error);
  g_autoptr (BwBoard) again = NULL;
  g_autoptr (GBytes) saved = NULL;
  g_autofree BwPose *poses = NULL;

  if (board == NULL)
    {
      char *end;

      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, BW_BOARD_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "m:"));
      g_assert_cmpuint (g_ascii_strtoull (error->message + 2, &end, 10), >=, 1);
      g_assert_true (g_str_has_prefix (end, ": "));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_no_error (error);
  poses = bw_board_dup_poses (board);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      g_assert_cmpint (bw_board_find (board, board->footprints[i].key), ==, i);
      poses[i].at.x_nm = (gint32) bw_random_below (random, 1000000000);
      poses[i].rotation_cdeg = (gint32) bw_random_below (random, BW_FULL_TURN_CDEG);
      poses[i].side = (BwSide) bw_random_below (random, 2);
    }
  saved = bw_board_splice_poses (board, poses);
  again = bw_board_new_from_bytes (saved, "again", &error);
  g_assert_no_error (error);
  for (guint32 i = 0; i < board->n_footprints; i++)
    g_assert_cmpint (again->footprints[i].pose.at.x_nm, ==, poses[i].at.x_nm);
}

static GBytes *
flip_bytes (GBytes   *bytes,
            BwRandom *random)
{
  static const char likely[] = "()\"\\ \n0123456789.-eE";
  gsize length = g_bytes_get_size (bytes);
  char *text = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  guint n = 1 + bw_random_below (random, 4);

  for (guint i = 0; i < n; i++)
    text[bw_random_below (random, (guint32) length)] =
      bw_random_below (random, 3) == 0
        ? (char) bw_random_below (random, 256)
        : likely[bw_random_below (random, sizeof likely - 1)];
  return g_bytes_new_take (text, length);
}

/* Takes a stretch out, or puts a stretch of the file in at another place. */
static GBytes *
shuffle (GBytes   *bytes,
         BwRandom *random)
{
  gsize length = g_bytes_get_size (bytes);
  const char *text = g_bytes_get_data (bytes, NULL);
  g_autoptr (GString) string = g_string_new_len (text, (gssize) length);
  guint32 from = bw_random_below (random, (guint32) length);
  guint32 n = bw_random_below (random, 200);

  n = MIN (n, (guint32) length - from);
  if (bw_random_below (random, 2) == 0)
    g_string_erase (string, from, n);
  else
    g_string_insert_len (string, bw_random_below (random, (guint32) length), text + from, n);
  return g_bytes_new (string->str, string->len);
}

static void
damaged_boards_are_read_or_refused_by_line (void)
{
  BwRandom random = bw_random_new (2024);

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (GBytes) bytes = fixture_bytes (fixtures[i]);

      for (int round = 0; round < N_ROUNDS; round++)
        {
          g_autoptr (GBytes) damaged = round % 2 == 0 ? flip_bytes (bytes, &random)
                                                      : shuffle (bytes, &random);

          read_and_save (damaged, &random);
        }
    }
}

static void
boards_cut_off_anywhere_are_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (GBytes) bytes = fixture_bytes (fixtures[i]);
      const char *text = g_bytes_get_data (bytes, NULL);
      gsize length = g_bytes_get_size (bytes);

      while (length > 0 && g_ascii_isspace (text[length - 1]))
        length--;
      for (gsize cut = 0; cut < length; cut += 1 + cut / 97)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, cut);
          g_autoptr (GError) error = NULL;

          g_assert_null (bw_board_new_from_bytes (part, "cut", &error));
          g_assert_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_SYNTAX);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-mutation/damaged-boards-are-read-or-refused-by-line",
                   damaged_boards_are_read_or_refused_by_line);
  g_test_add_func ("/board-mutation/boards-cut-off-anywhere-are-refused",
                   boards_cut_off_anywhere_are_refused);
  return g_test_run ();
}
