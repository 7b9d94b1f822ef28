/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that a save leaves behind when it is killed: .boardwalk-XXXXXXXX.tmp and .bak. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How old one must be before it is taken away. */
#define BW_LEFTOVERS_AGE_S 600

/* Tells others, while `fd` is open, that somebody still writes this file. */
void bw_leftovers_hold   (int         fd);

/* Removes those in `folder` that belong to this user, are of an age at `now_s` (in the file
 * system's own time, seconds since 1970) and are held by nobody. What cannot be removed stays. */
void bw_leftovers_remove (const char *folder,
                          gint64      now_s);

G_END_DECLS
