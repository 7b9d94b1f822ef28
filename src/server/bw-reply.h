/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers over HTTP, with the headers that all of them carry: what keeps a page from doing more
 * than it should, and the end of the connection. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Statuses that libsoup does not name. */
#define BW_REPLY_UPGRADE_REQUIRED 426
#define BW_REPLY_TOO_MANY_REQUESTS 429
#define BW_REPLY_HEADERS_TOO_LARGE 431

/* `body` is nullable. */
void bw_reply           (SoupServerMessage *message,
                         guint              status,
                         const char        *type,
                         GBytes            *body);

/* One line for people, without its end. */
void bw_reply_text      (SoupServerMessage *message,
                         guint              status,
                         const char        *line);

/* A file of the viewer page, "" being the page itself; 404 where there is none. Compressed for who
 * takes that. */
void bw_reply_page_file (SoupServerMessage *message,
                         const char        *name);

G_END_DECLS
