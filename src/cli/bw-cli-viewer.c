/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "cli/bw-cli-private.h"
#include "config.h"

/* Whoever can read it may watch, or more. */
#define MODE_OF_SECRETS 0600

/* The page that it leads to is the server's own, so that the two always fit. */
static const char page[] =
  "<!DOCTYPE html>\n"
  "<html>\n"
  "  <head>\n"
  "    <meta charset=\"utf-8\">\n"
  "    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
  "    <meta name=\"color-scheme\" content=\"light dark\">\n"
  "    <meta name=\"referrer\" content=\"no-referrer\">\n"
  "    <meta http-equiv=\"refresh\" content=\"0; url=%s\">\n"
  "    <title>Boardwalk</title>\n"
  "  </head>\n"
  "  <body style=\"margin: 15vh auto; max-width: 30em; padding: 0 1em;"
  " font: 16px/1.5 sans-serif\">\n"
  "    <h1>%s</h1>\n"
  "    <p><a href=\"%s\">%s</a></p>\n"
  "    <p>%s</p>\n"
  "  </body>\n"
  "</html>\n";

/* A link as “serve” and the window give it: with the token behind #. */
static gboolean
check_link (const char *link)
{
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_ENCODED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *token = uri != NULL ? g_uri_get_fragment (uri) : NULL;

  if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    {
      bw_cli_complain (_("“%s” is no link to a session"), link);
      return FALSE;
    }
  if (token == NULL || token[0] == '\0')
    {
      bw_cli_complain (_("the link lacks what stands behind #, the key to the session"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_page (const char *link,
            const char *out)
{
  g_autofree char *html = g_markup_printf_escaped (
    page, link, _("The board opens"), link, _("Open it"),
    _("If nothing happens, Boardwalk does not share the board any more, or cannot be reached from "
      "here. This file holds the key to it: give it to nobody who may not see the board."));
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (out, html, -1, G_FILE_SET_CONTENTS_CONSISTENT, MODE_OF_SECRETS,
                                &error))
    return TRUE;
  bw_cli_complain ("%s", error->message);
  return FALSE;
}

int
bw_cli_viewer (int    argc,
               char **argv)
{
  g_autofree char *out = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out,
      N_("Where to write the page, which only you may read"), "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) links = NULL;

  if (!bw_cli_parse_files (argc, argv, "viewer", "LINK",
                           _("Writes a page that opens a shared board, from the link to it."),
                           entries, NULL, &links))
    return BW_EXIT_USAGE;
  if (out == NULL)
    {
      bw_cli_complain ("%s", _("“viewer” needs -o FILE"));
      return BW_EXIT_USAGE;
    }
  if (!check_link (links[0]))
    return BW_EXIT_USAGE;
  return write_page (links[0], out) ? BW_EXIT_DONE : BW_EXIT_FAILED;
}
