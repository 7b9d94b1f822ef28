/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program where it is built without a window. */

#include <signal.h>

#include "cli/bw-cli.h"

int
main (int   argc,
      char *argv[])
{
  /* So that a save beyond the limit of file sizes fails and tidies up after itself. */
  signal (SIGXFSZ, SIG_IGN);
  return bw_cli_run (argc, argv);
}
