/* SPDX-License-Identifier: GPL-3.0-or-later */

/* KiCad says that it has a board open by a file beside it, ~FILE.lck. It may be left behind by a
 * crash: a reason to warn, none to refuse. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who has `file` open in KiCad, such as "ada on workbench", as valid UTF-8 on one line; "" where
 * the lock does not tell. NULL: nobody, or `file` is not of this computer. Blocking, and quick.
 *
 * Returns: (transfer full) (nullable) */
char *bw_kicad_lock_dup_owner (GFile *file);

G_END_DECLS
