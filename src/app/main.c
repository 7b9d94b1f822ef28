/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

#include "app/bw-application.h"
#include "cli/bw-cli.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (BwApplication) application = NULL;

  /* So that a save beyond the limit of file sizes fails and tidies up after itself. */
  signal (SIGXFSZ, SIG_IGN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BW_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc > 1 && (bw_cli_is_command (argv[1]) || bw_cli_is_mistaken (argv[1])))
    return bw_cli_run (argc, argv);

  g_set_prgname ("boardwalk");
  application = bw_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
