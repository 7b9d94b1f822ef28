/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-theme.h"

#include <math.h>

#include "board/bw-board.h"

static double
luminance_of (BwColor color)
{
  const double channels[] = { color.red, color.green, color.blue };
  const double shares[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (int i = 0; i < 3; i++)
    sum += shares[i] * (channels[i] <= 0.04045 ? channels[i] / 12.92
                                               : pow ((channels[i] + 0.055) / 1.055, 2.4));
  return sum;
}

/* Of what is written on a body of that colour. */
static double
contrast_on (const BwTheme *theme,
             BwColor        color)
{
  double share = BW_THEME_BODY_OPACITY;
  BwColor body = { theme->board.red + share * (color.red - theme->board.red),
                   theme->board.green + share * (color.green - theme->board.green),
                   theme->board.blue + share * (color.blue - theme->board.blue), 1 };
  double a = luminance_of (body), b = luminance_of (theme->label);

  return (fmax (a, b) + 0.05) / (fmin (a, b) + 0.05);
}

static void
a_chosen_colour_is_kept_where_text_on_it_can_be_read (void)
{
  BwColor color = bw_theme_module_color (bw_theme_get (BW_STYLE_LIGHT), 3,
                                         BW_COLOR_CHOSEN | 0xc061cb);

  g_assert_cmpfloat (fabs (color.red - 0xc0 / 255.0), <, 1e-9);
  g_assert_cmpfloat (fabs (color.green - 0x61 / 255.0), <, 1e-9);
  g_assert_cmpfloat (fabs (color.blue - 0xcb / 255.0), <, 1e-9);
}

static void
text_can_be_read_on_whatever_is_chosen (void)
{
  for (guint style = 0; style < BW_THEME_N_STYLES; style++)
    for (guint32 i = 0; i < 27; i++)
      {
        const BwTheme *theme = bw_theme_get ((BwStyle) style);
        guint32 chosen = (i % 3) * 0x7f0000 | (i / 3 % 3) * 0x7f00 | (i / 9) * 0x7f;
        BwColor color = bw_theme_module_color (theme, 0, BW_COLOR_CHOSEN | chosen);

        g_assert_cmpfloat (contrast_on (theme, color), >=, 4.5);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/a chosen colour is kept where text on it can be read",
                   a_chosen_colour_is_kept_where_text_on_it_can_be_read);
  g_test_add_func ("/theme/text can be read on whatever is chosen",
                   text_can_be_read_on_whatever_is_chosen);
  return g_test_run ();
}
