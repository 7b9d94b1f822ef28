/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-theme.h"

#include "placer/bw-placer.h"

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

BwColor
bw_theme_module_color (const BwTheme *self,
                       int32_t        module)
{
  if (module < 0)
    return self->part;
  return self->modules[module % BW_THEME_N_MODULES];
}
