/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One module of ECMAScript with all that it imports inside, so that a browser asks once for what
 * it would ask for one by one, each as it learns of it.
 *
 * The modules are to be written plainly, as the page's are: `import { a, b as c } from 'X';` and
 * `import 'X';`, `export` before a function, a class or one constant, each at the start of a line;
 * no `import.meta`, and none that need each other in a circle. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text of a module by its name, "core/wire.js"; NULL where there is none. (transfer full) */
typedef char *(*BwBundleRead) (const char *name,
                               gpointer    data);

/* `apart` ends with NULL: modules that it still imports, as others hold the very same.
 *
 * Returns: (transfer full) (nullable): NULL where a module is missing, or written otherwise */
char *bw_bundle_write (const char         *entry,
                       const char *const  *apart,
                       BwBundleRead        read,
                       gpointer            data);

G_END_DECLS
