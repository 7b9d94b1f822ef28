/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is remembered from one start to the next. Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BW_SETTINGS_WIDTH "window-width"
#define BW_SETTINGS_HEIGHT "window-height"
#define BW_SETTINGS_MAXIMIZED "window-maximized"
#define BW_SETTINGS_COLOR_SCHEME "color-scheme"
#define BW_SETTINGS_PORT "port"
#define BW_SETTINGS_SHARE_RATE "share-rate"
#define BW_SETTINGS_SHARE_ENCRYPTED "share-encrypted"
#define BW_SETTINGS_RUN_TIME "run-time"
#define BW_SETTINGS_PANEL_VISIBLE "panel-visible"
#define BW_SETTINGS_PANEL_PAGE "panel-page"
#define BW_SETTINGS_INCHES "inches"
#define BW_SETTINGS_LAYERS "layers"
#define BW_SETTINGS_WEIGHTS "weights"
#define BW_SETTINGS_HEAT "heat"
#define BW_SETTINGS_GRID_SPACING "grid-spacing"
#define BW_SETTINGS_REDUCED_MOTION "reduced-motion"
#define BW_SETTINGS_HIGH_CONTRAST "high-contrast"
#define BW_SETTINGS_SAFE_COLORS "safe-colors"
#define BW_SETTINGS_KEEP_UNSAVED "keep-unsaved"

/* Returns: (transfer none) (nullable): NULL where the schema is not installed, as when the program
 * runs from its build folder. Then nothing is remembered, and nothing else is lost. */
GSettings *bw_settings_get (void);

G_END_DECLS
