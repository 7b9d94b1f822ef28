/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>

#include "render/bw-scale-bar.h"

static void
it_is_the_longest_round_length_that_fits (void)
{
  const struct
  {
    double px_per_unit;
    double length;
  } cases[] = {
    { 10, 10 }, { 19, 5 }, { 40, 2 }, { 60, 2 }, { 120, 1 }, { 121, 0.5 }, { 2000, 0.05 },
    { 0.05, 2000 }, { 1200, 0.1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (bw_scale_bar_length (cases[i].px_per_unit, 120),
                                    cases[i].length, 1e-12);
}

static void
it_takes_at_least_two_fifths_of_its_room_at_every_scale (void)
{
  for (double scale = 0.05; scale < 2000; scale *= 1.07)
    {
      double length_px = bw_scale_bar_length (scale, 120) * scale;

      g_assert_cmpfloat (length_px, <=, 120 + 1e-9);
      g_assert_cmpfloat (length_px, >=, 48 - 1e-9);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale-bar/it-is-the-longest-round-length-that-fits",
                   it_is_the_longest_round_length_that_fits);
  g_test_add_func ("/scale-bar/it-takes-at-least-two-fifths-of-its-room-at-every-scale",
                   it_takes_at_least_two_fifths_of_its_room_at_every_scale);
  return g_test_run ();
}
