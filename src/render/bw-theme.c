/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-theme.h"

#include "placer/bw-placer.h"

#define RGBA(hex, opacity)                                                                         \
  {                                                                                                \
    .red = (((hex) >> 16) & 0xff) / 255.0, .green = (((hex) >> 8) & 0xff) / 255.0,                 \
    .blue = ((hex) & 0xff) / 255.0, .alpha = (opacity)                                             \
  }
#define RGB(hex) RGBA (hex, 1.0)

static const BwTheme light = {
  .background = RGB (0xf3f4f6),
  .board = RGB (0xdfeae1),
  .edge = RGB (0x3f6f58),
  .keepout = RGBA (0x8a5a00, 0.45),
  .silk = RGBA (0x24443a, 0.55),
  .fab = RGBA (0x1f2a37, 0.50),
  .pad = RGB (0xb9822a),
  .pad_back = RGBA (0x8c7a58, 0.55),
  .hole = RGB (0xf7f8f9),
  .track_front = RGBA (0xa8691f, 0.45),
  .track_back = RGBA (0x2f6f8f, 0.35),
  .zone_front = RGBA (0xc07c2c, 0.22),
  .zone_back = RGBA (0x4389ab, 0.18),
  .area = RGBA (0x4b3fa0, 0.80),
  .grid = RGBA (0x1e3c32, 0.10),
  .label = RGB (0x17212b),
  .ratsnest = RGBA (0x1f5fa8, 0.42),
  .ratsnest_power = RGBA (0x4b5563, 0.20),
  .overlap = RGB (0xd81b2a),
  .lock = RGB (0x2b3440),
  .selection = RGB (0x0b5cad),
  .part = RGB (0x7289a6),
  .trail = RGBA (0x2b3c50, 0.32),
  .forces = {
    [BW_FORCE_ATTRACTION] = RGB (0x18794e), [BW_FORCE_REPULSION] = RGB (0xc2412d),
    [BW_FORCE_BOUNDARY] = RGB (0x8a5a00), [BW_FORCE_CONSTRAINT] = RGB (0x6d3fc0),
    [BW_FORCE_ALIGNMENT] = RGB (0x0b6fb8),
  },
  .heat = {
    RGBA (0xffffff, 0), RGBA (0xfad65a, 0.67), RGBA (0xd67828, 0.82), RGBA (0x5c1a6e, 0.92),
  },
  .modules = {
    RGB (0x2f6fb5), RGB (0xd9a514), RGB (0x7d4fa3), RGB (0x2fa89a), RGB (0xc76fa8),
    RGB (0x6f7d1f), RGB (0x63b3e4), RGB (0x9a6a3a), RGB (0x3d4f9f), RGB (0xa8b545),
  },
};

static const BwTheme dark = {
  .background = RGB (0x17191d),
  .board = RGB (0x12322a),
  .edge = RGB (0x5aa583),
  .keepout = RGBA (0xe0b050, 0.45),
  .silk = RGBA (0xcfe3d9, 0.50),
  .fab = RGBA (0xe6edf3, 0.45),
  .pad = RGB (0xdcab4e),
  .pad_back = RGBA (0xa18f6a, 0.50),
  .hole = RGB (0x0d1012),
  .track_front = RGBA (0xd79b4a, 0.40),
  .track_back = RGBA (0x5aa7cf, 0.35),
  .zone_front = RGBA (0xc08a42, 0.24),
  .zone_back = RGBA (0x4f96bb, 0.20),
  .area = RGBA (0xb9aefc, 0.80),
  .grid = RGBA (0xdcf0e6, 0.08),
  .label = RGB (0xf4f7f9),
  .ratsnest = RGBA (0x9fd0ff, 0.40),
  .ratsnest_power = RGBA (0xc3ccd6, 0.16),
  .overlap = RGB (0xff4d55),
  .lock = RGB (0xf0f3f6),
  .selection = RGB (0xbfe2ff),
  .part = RGB (0x8298b5),
  .trail = RGBA (0xcde1f0, 0.28),
  .forces = {
    [BW_FORCE_ATTRACTION] = RGB (0x5fd6a0), [BW_FORCE_REPULSION] = RGB (0xff8a75),
    [BW_FORCE_BOUNDARY] = RGB (0xf0bd55), [BW_FORCE_CONSTRAINT] = RGB (0xb99cff),
    [BW_FORCE_ALIGNMENT] = RGB (0x6cc4ff),
  },
  .heat = {
    RGBA (0x000000, 0), RGBA (0x783c8c, 0.67), RGBA (0xe2783c, 0.82), RGBA (0xffe078, 0.92),
  },
  .modules = {
    RGB (0x5b9be0), RGB (0xe8bf45), RGB (0xab82d6), RGB (0x45c4b4), RGB (0xe08fc3),
    RGB (0xa5b53c), RGB (0x9ad4f5), RGB (0xc49363), RGB (0x7488e0), RGB (0xd3dd85),
  },
};

const BwTheme *
bw_theme_get (BwStyle style)
{
  return style == BW_STYLE_DARK ? &dark : &light;
}

BwColor
bw_theme_module_color (const BwTheme *self,
                       int32_t        module)
{
  if (module < 0)
    return self->part;
  return self->modules[module % BW_THEME_N_MODULES];
}
