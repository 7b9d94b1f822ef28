/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What commands print alike with --json. */

#pragma once

#include <json-glib/json-glib.h>

#include "session/bw-session.h"

G_BEGIN_DECLS

/* Members that tell how hard a layout is to route, and how tidy it is. */
void bw_cli_json_add_layout (JsonBuilder   *builder,
                             const BwBoard *board,
                             const BwFrame *frame);

G_END_DECLS
