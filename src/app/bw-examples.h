/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The boards that come with the program. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Looks in the folder that BW_EXAMPLES names, else where they are installed. */
void       bw_examples_find_async  (GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);

/* Returns: (transfer full) (nullable): files (GFile), by name; NULL where it was cancelled */
GPtrArray *bw_examples_find_finish (GAsyncResult        *result);

/* What to call one: "sensor-node.kicad_pcb" is "Sensor Node". (transfer full) */
char      *bw_examples_dup_title   (GFile               *file);

G_END_DECLS
