/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-theme.h"

#include "placer/bw-placer.h"

/* `light`, `dark`, `light_safe` and `dark_safe`, as viewer/core/colors.js has them for the page
 * as well. */
#include "render/bw-theme-colors.inc"

const BwTheme *
bw_theme_get (BwStyle style)
{
  switch (style)
    {
    case BW_STYLE_DARK:
      return &dark;
    case BW_STYLE_LIGHT_SAFE:
      return &light_safe;
    case BW_STYLE_DARK_SAFE:
      return &dark_safe;
    case BW_STYLE_LIGHT:
    default:
      return &light;
    }
}

BwColor
bw_theme_module_color (const BwTheme *self,
                       int32_t        module)
{
  if (module < 0)
    return self->part;
  return self->modules[module % BW_THEME_N_MODULES];
}
