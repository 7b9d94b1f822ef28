/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards with very much of one thing: eight times as much may take some more than eight times as
 * long to read, and not 64 times. Processor time, the least of some tries. */

#include "board-fixtures.h"

#include <time.h>

#include "board/bw-board-writer.h"

#define N_SMALL 1500
#define N_LARGE (8 * N_SMALL)
#define MOST_TIMES 26.0
#define PART "(footprint a (layer F.Cu) (at 0 0) "

typedef void (*Write) (GString *text,
                       guint    i);

typedef struct
{
  const char *name;
  const char *before;
  const char *after;
  Write write;
} Case;

static void
write_part (GString *text,
            guint    i)
{
  g_string_append_printf (text, PART "(uuid f%u) (fp_text reference R1 (at 0 0))"
                          " (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net 1 A)))\n", i);
}

static void
write_pad (GString *text,
           guint    i)
{
  g_string_append_printf (text, "(pad %u smd rect (at 0 0) (size 1 1) (layers F.Cu)"
                          " (net \"N%u\"))\n", i, i);
}

static void
write_hole (GString *text,
            guint    i)
{
  g_string_append_printf (text, "(gr_rect (start %u.1 %u.1) (end %u.2 %u.2) (layer Edge.Cuts)"
                          " (width 0.1))\n", i % 100, i / 100, i % 100, i / 100);
}

static void
write_nested (GString *text,
              guint    i)
{
  g_string_append_printf (text, "(gr_rect (start -%u.1 -%u.1) (end %u.2 %u.2) (layer Edge.Cuts)"
                          " (width 0.1))\n", i % 1000, i % 1000, i % 1000, i % 1000);
}

/* All ends but one of each at one place. */
static void
write_spoke (GString *text,
             guint    i)
{
  g_string_append_printf (text, "(gr_line (start 0 0) (end %u.5 %u.5) (layer Edge.Cuts)"
                          " (width 0.1))\n", i % 1000, i / 1000);
}

static void
write_group (GString *text,
             guint    i)
{
  g_string_append_printf (text, "(group \"g\" locked (id g%u) (members g%u f%u))\n", i, i + 1, i);
}

static void
write_track (GString *text,
             guint    i)
{
  g_string_append_printf (text, "(segment (start %u 0) (end %u 1) (width 0.1) (layer F.Cu)"
                          " (net 1))\n", i % 1000, i % 1000);
}

static void
write_corner (GString *text,
              guint    i)
{
  g_string_append_printf (text, "(xy %u %u.%u)\n", i % 1000, i % 7, i % 10);
}

static void
write_ring (GString *text,
            guint    i)
{
  g_string_append_printf (text, "(fp_rect (start -%u.%02u -1) (end %u.%02u 1) (layer F.CrtYd))\n",
                          i / 100, i % 100, i / 100, i % 100);
}

static void
write_net (GString *text,
           guint    i)
{
  g_string_append_printf (text, "(net %u \"N%u\")\n", i * 77 + 5, i % 10);
}

static void
write_address (GString *text,
               guint    i)
{
  g_string_append_printf (text, PART "(property \"atopile_address\" \"a.b.c.d.e.f.x%u\"))\n", i);
}

static void
write_stroke (GString *text,
              guint    i)
{
  g_string_append_printf (text, "(gr_line (start 0 0) (end %u %u) (width 0.1))\n", i % 100,
                          i % 77);
}

static const Case cases[] = {
  { "parts of one name on one net", "", "", write_part },
  { "nets on one part", PART "\n", ")", write_pad },
  { "holes in an outline", "(gr_rect (start -1 -1) (end 999 999) (layer Edge.Cuts))\n", "",
    write_hole },
  { "outlines in one another", "", "", write_nested },
  { "edges from one place", "", "", write_spoke },
  { "groups in groups", "", "", write_group },
  { "tracks", "", "", write_track },
  { "corners of a courtyard", PART " (fp_poly (layer F.CrtYd) (pts\n", ")))", write_corner },
  { "rings of a courtyard", PART "\n", ")", write_ring },
  { "nets of odd numbers", "", "", write_net },
  { "addresses", "", "", write_address },
  { "strokes of a pad", PART "(pad 1 smd custom (at 0 0) (size 1 1) (layers F.Cu)"
    " (options (anchor rect)) (primitives\n", ")))", write_stroke },
};

static GBytes *
make (const Case *this,
      guint       n)
{
  GString *text = g_string_new ("(kicad_pcb (version 20211014) (net 0 \"\") (net 1 \"A\")\n"
                                "(layers (0 F.Cu signal) (31 B.Cu signal))\n");

  g_string_append (text, this->before);
  for (guint i = 0; i < n; i++)
    this->write (text, i);
  g_string_append (text, this->after);
  g_string_append (text, ")\n");
  return g_string_free_to_bytes (text);
}

/* Reads the board, moves its parts and saves it. */
static double
time_of (GBytes *bytes)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < 4; i++)
    {
      clock_t start = clock ();
      g_autoptr (GError) error = NULL;
      g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "t.kicad_pcb", &error);
      g_autofree BwPose *poses = NULL;
      g_autoptr (GBytes) saved = NULL;

      g_assert_no_error (error);
      poses = bw_board_dup_poses (board);
      for (guint32 k = 0; k < board->n_footprints; k++)
        poses[k].rotation_cdeg = 4500;
      saved = bw_board_splice_placement (board, poses, BW_TRACKS_RIP_UP, NULL);
      g_assert_nonnull (saved);
      least = MIN (least, (double) (clock () - start));
    }
  return MAX (least, 1.0);
}

static void
time_is_in_proportion (gconstpointer data)
{
  const Case *this = data;
  g_autoptr (GBytes) small = make (this, N_SMALL);
  g_autoptr (GBytes) large = make (this, N_LARGE);

  g_assert_cmpfloat (time_of (large) / time_of (small), <, MOST_TIMES);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/board-scaling/eight times as many ", cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &cases[i], time_is_in_proportion);
    }
  return g_test_run ();
}
