/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colours that a board is drawn in, by name. Constant; any thread. */

#pragma once

#include <stdint.h>

#define BW_THEME_N_MODULES 10
#define BW_THEME_N_FORCES 5
#define BW_THEME_N_HEAT 4
#define BW_THEME_N_NET_CLASSES 5

/* How much of its module's colour the body of a part has. */
#define BW_THEME_BODY_OPACITY 0.42

/* sRGB, 0 to 1, not premultiplied. */
typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} BwColor;

#define BW_THEME_N_STYLES 8

typedef enum
{
  BW_STYLE_LIGHT = 0,
  BW_STYLE_DARK = 1 << 0,
  BW_STYLE_SAFE = 1 << 1, /* colours that the colour-blind tell apart */
  BW_STYLE_MORE = 1 << 2, /* nothing faint, for who asks for contrast */
} BwStyle;

typedef struct
{
  BwColor background;  /* around the board, and in its holes */
  BwColor board;
  BwColor edge;
  BwColor keepout;
  BwColor silk;        /* drawings of the board and of its parts */
  BwColor fab;
  BwColor pad;
  BwColor pad_back;    /* copper that is on the far side alone */
  BwColor hole;
  BwColor track_front;
  BwColor track_back;
  BwColor zone_front;
  BwColor zone_back;
  BwColor area;        /* where the parts of a sheet belong */
  BwColor grid;
  BwColor label;
  BwColor ratsnest;
  BwColor ratsnest_power;
  BwColor net_classes[BW_THEME_N_NET_CLASSES]; /* lines of nets in classes but the usual one */
  BwColor overlap;     /* kept for what is wrong: no module comes near it */
  BwColor lock;
  BwColor selection;   /* what a person points at or chose, and its nets */
  BwColor part;        /* of a part without a module */
  BwColor trail;       /* where a part has been */
  BwColor forces[BW_THEME_N_FORCES]; /* by BwForceKind */
  BwColor heat[BW_THEME_N_HEAT];     /* from empty to full on both sides, evenly apart */

  /* Told apart by people with the common kinds of colour blindness as well: neighbours differ in
   * lightness, none is red. */
  BwColor modules[BW_THEME_N_MODULES];
} BwTheme;

const BwTheme *bw_theme_get          (BwStyle        style);

/* The colour of a module, which repeat past BW_THEME_N_MODULES; -1: no module. Where one was
 * `chosen` (0xRRGGBB with a bit above; 0: none) it is that, or as near to it as what is written on
 * its parts can be read. */
BwColor        bw_theme_module_color (const BwTheme *self,
                                      int32_t        module,
                                      uint32_t       chosen);
