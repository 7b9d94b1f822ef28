/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program where it is built without a window. */

#include "cli/bw-cli.h"

int
main (int   argc,
      char *argv[])
{
  return bw_cli_run (argc, argv);
}
