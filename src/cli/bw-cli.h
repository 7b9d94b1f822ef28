/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program without a window: `boardwalk diff|info|place|pose|serve …`. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BW_EXIT_DONE = 0,
  BW_EXIT_FAILED = 1,
  BW_EXIT_USAGE = 2,
  BW_EXIT_NOT_LEGAL = 3,
} BwExit;

/* Whether a first argument is for bw_cli_run() rather than for the window. */
gboolean bw_cli_is_command  (const char *argument);

/* Whether one looks like neither: it is no option, and no file that is
 * there or is called like a board. bw_cli_run() says so. */
gboolean bw_cli_is_mistaken (const char *argument);

/* Runs the command that argv[1] names and returns the exit status. Errors go to stderr.
 * `diff` has those of diff(1) instead: 0 same, 1 different, 2 trouble. */
int      bw_cli_run         (int         argc,
                             char      **argv);

G_END_DECLS
