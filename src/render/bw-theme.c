/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-theme.h"

#include "placer/bw-placer.h"

#include <math.h>

/* What WCAG asks of text. */
#define LEAST_CONTRAST 4.5
#define N_STEPS 20

/* A table a style, as viewer/core/colors.js has them for the page as well. */
#include "render/bw-theme-colors.inc"

const BwTheme *
bw_theme_get (BwStyle style)
{
  static const BwTheme *const themes[BW_THEME_N_STYLES] = {
    [BW_STYLE_LIGHT] = &light,
    [BW_STYLE_DARK] = &dark,
    [BW_STYLE_LIGHT | BW_STYLE_SAFE] = &light_safe,
    [BW_STYLE_DARK | BW_STYLE_SAFE] = &dark_safe,
    [BW_STYLE_LIGHT | BW_STYLE_MORE] = &light_more,
    [BW_STYLE_DARK | BW_STYLE_MORE] = &dark_more,
    [BW_STYLE_LIGHT | BW_STYLE_MORE | BW_STYLE_SAFE] = &light_more_safe,
    [BW_STYLE_DARK | BW_STYLE_MORE | BW_STYLE_SAFE] = &dark_more_safe,
  };

  return themes[style % BW_THEME_N_STYLES];
}

static BwColor
mix (BwColor color,
     double  share,
     BwColor below)
{
  return (BwColor) { below.red + share * (color.red - below.red),
                     below.green + share * (color.green - below.green),
                     below.blue + share * (color.blue - below.blue), 1 };
}

static double
to_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
find_contrast (BwColor a,
               BwColor b)
{
  double la = 0.2126 * to_linear (a.red) + 0.7152 * to_linear (a.green)
              + 0.0722 * to_linear (a.blue);
  double lb = 0.2126 * to_linear (b.red) + 0.7152 * to_linear (b.green)
              + 0.0722 * to_linear (b.blue);

  return (fmax (la, lb) + 0.05) / (fmin (la, lb) + 0.05);
}

/* viewer/core/theme.js does the same for the page. */
static BwColor
fit_color (const BwTheme *self,
           uint32_t       chosen)
{
  BwColor color = { (chosen >> 16 & 255) / 255.0, (chosen >> 8 & 255) / 255.0,
                    (chosen & 255) / 255.0, 1 };

  for (int step = 0; step < N_STEPS; step++)
    {
      BwColor fit = mix (color, 1 - (double) step / N_STEPS, self->board);

      if (find_contrast (self->label, mix (fit, BW_THEME_BODY_OPACITY, self->board))
          >= LEAST_CONTRAST)
        return fit;
    }
  return self->board;
}

BwColor
bw_theme_module_color (const BwTheme *self,
                       int32_t        module,
                       uint32_t       chosen)
{
  if (module < 0)
    return self->part;
  if (chosen != 0)
    return fit_color (self, chosen);
  return self->modules[module % BW_THEME_N_MODULES];
}
