/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What commands print alike with --json. */

#pragma once

#include <json-glib/json-glib.h>

#include "session/bw-session.h"

G_BEGIN_DECLS

/* Prints all of it, in lines that people can read, numbers with six decimals at most. */
void bw_cli_json_print       (JsonBuilder   *builder);

/* To a thousandth. */
void bw_cli_json_add_measure (JsonBuilder   *builder,
                              const char    *name,
                              double         value);

/* Members that tell how hard a layout is to route, and how tidy it is. */
void bw_cli_json_add_layout  (JsonBuilder   *builder,
                              const BwBoard *board,
                              const BwFrame *frame);

G_END_DECLS
