/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Following a run from the command line: to its end, with progress on a terminal and a clean
 * end by SIGINT or SIGTERM. Belongs to the thread whose default context is iterated. */

#pragma once

#include "session/bw-session.h"

G_BEGIN_DECLS

typedef struct _BwCliProgress BwCliProgress;

/* Watches `session`; a line on stderr is kept up to date where that is a terminal. Warnings and
 * errors of the run go to stderr anyway, unless `quiet`. */
BwCliProgress *bw_cli_progress_new         (BwSession     *session,
                                            gboolean       quiet);
void           bw_cli_progress_free        (BwCliProgress *self);

/* It is one of several that are followed at once: no line, and what it complains of begins with
 * `name`, which outlives it. */
void           bw_cli_progress_set_name    (BwCliProgress *self,
                                            const char    *name);

/* What the run has complained of, quiet or not: English texts. (transfer none) */
const GPtrArray *
               bw_cli_progress_get_warnings
                                           (BwCliProgress *self);

/* Iterates the default context until the run ends by itself or by a command (`until_end`), or a
 * signal comes. TRUE: the run ended; FALSE: a signal came. */
gboolean       bw_cli_progress_wait        (BwCliProgress *self,
                                            gboolean       until_end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwCliProgress, bw_cli_progress_free)

G_END_DECLS
