/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Modules in one, and those of the page itself. */

#include "server/bw-bundle.h"
#include "server/bw-page.h"

#include <string.h>

static const char *const nothing[] = { NULL };

/* Pairs of name and text. */
static char *
read_from_list (const char *name,
                gpointer    data)
{
  for (const char *const *pair = data; pair[0] != NULL; pair += 2)
    {
      if (g_str_equal (pair[0], name))
        return g_strdup (pair[1]);
    }
  return NULL;
}

static void
test_what_a_module_imports_stands_before_it_once (void)
{
  static const char *const modules[] = {
    "ui/a.js", "import { one, two as second } from '../core/b.js';\n"
               "import '../core/c.js';\n"
               "export const sum = one () + second;\n",
    "core/b.js", "import {\n  three,\n} from './c.js';\n"
                 "export function one () { return three; }\n"
                 "export const two = 2;\n",
    "core/c.js", "const secret = 3;\nexport const three = secret;\n"
                 "export const later = () => import('./d.js');\n",
    NULL
  };
  g_autofree char *text = bw_bundle_write ("ui/a.js", nothing, read_from_list, (gpointer) modules);

  g_assert_cmpstr (text, ==,
    "const __modules = {};\n"
    "__modules['core/c.js'] = (() => {\n"
    "const secret = 3;\nconst three = secret;\n"
    "const later = () => import('../core/d.js');\n"
    "\nreturn { three, later };\n})();\n"
    "__modules['core/b.js'] = (() => {\n"
    "const {\n  three,\n} = __modules['core/c.js'];\n"
    "function one () { return three; }\n"
    "const two = 2;\n"
    "\nreturn { one, two };\n})();\n"
    "__modules['ui/a.js'] = (() => {\n"
    "const { one, two: second } = __modules['core/b.js'];\n"
    "\n"
    "const sum = one () + second;\n"
    "\nreturn { sum };\n})();\n"
    "export const { sum } = __modules['ui/a.js'];\n");
}

static void
test_what_stays_apart_is_imported (void)
{
  static const char *const modules[] = {
    "ui/a.js", "import { x } from './b.js';\nimport { y } from './apart.js';\nx (y);\n",
    "ui/b.js", "import { y } from './apart.js';\nexport const x = y;\n",
    NULL
  };
  static const char *const apart[] = { "ui/apart.js", NULL };
  g_autofree char *text = bw_bundle_write ("ui/a.js", apart, read_from_list, (gpointer) modules);
  const char *import;

  g_assert_nonnull (text);
  g_assert_true (g_str_has_prefix (text, "import * as apart2 from '../ui/apart.js';\n"
                                         "const __modules = {};\n"
                                         "__modules['ui/apart.js'] = apart2;\n"));
  import = strstr (text, "import *");
  g_assert_null (strstr (import + 1, "import *"));
  g_assert_nonnull (strstr (text, "const { y } = __modules['ui/apart.js'];\nx (y);"));
}

static void
test_what_is_written_otherwise_is_not_bundled (void)
{
  static const char *const odd[] = {
    "import a from './b.js';\n",
    "import * as a from './b.js';\n",
    "import { a } from './missing.js';\n",
    "import { a } from './circle.js';\n",
    "export default 1;\n",
    "export let a = 1;\n",
    "export { a };\n",
    "export const { a } = b;\n",
    "use (import.meta.url);\n",
    "\xff\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      const char *modules[] = {
        "a.js", odd[i], "b.js", "export const a = 1;\n",
        "circle.js", "import './a.js';\nexport const a = 1;\n", NULL
      };
      g_autofree char *text = bw_bundle_write ("a.js", nothing, read_from_list, modules);

      g_test_message ("%s", i + 1 < G_N_ELEMENTS (odd) ? odd[i] : "not UTF-8");
      g_assert_null (text);
    }
}

/* Of the page's file `name`: it holds `module`, and imports some others, or none. */
static void
assert_bundled (const char *name,
                const char *module,
                gboolean    has_apart)
{
  const char *type;
  GBytes *packed;
  GBytes *plain = bw_page_find (name, &type, &packed);
  g_autofree char *text = g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  g_autofree char *held = g_strdup_printf ("__modules['%s'] = (() => {\n", module);

  g_assert_cmpstr (type, ==, "text/javascript; charset=utf-8");
  g_assert_nonnull (strstr (text, held));
  g_assert_cmpint (g_regex_match_simple ("^import ", text, G_REGEX_MULTILINE, 0), ==, has_apart);
  g_assert_nonnull (packed);
  g_assert_cmpuint (g_bytes_get_size (packed), <, g_bytes_get_size (plain) / 2);
}

static void
test_the_worker_of_the_page_is_one_file (void)
{
  assert_bundled ("ui/worker.js", "core/painter.js", FALSE);
}

static void
test_what_follows_the_first_picture_shares_the_opening (void)
{
  const char *type;
  GBytes *packed;
  GBytes *plain = bw_page_find ("ui/main.js", &type, &packed);
  g_autofree char *text = g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));

  assert_bundled ("ui/main.js", "ui/find.js", TRUE);
  g_assert_null (strstr (text, "__modules['ui/stage.js'] = ("));
  g_assert_nonnull (strstr (text, " from '../ui/opening.js';\n"));
}

static void
test_each_module_can_be_had_by_itself (void)
{
  const char *type;
  GBytes *packed;
  GBytes *plain = bw_page_find ("core/painter.js", &type, &packed);
  g_autofree char *text = g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));

  g_assert_null (strstr (text, "__modules"));
  g_assert_nonnull (strstr (text, "\nexport class Painter"));
  g_assert_true (plain == bw_page_find ("core/painter.js", &type, &packed));
  g_assert_null (bw_page_find ("core/nothing.js", &type, &packed));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bundle/what a module imports stands before it once",
                   test_what_a_module_imports_stands_before_it_once);
  g_test_add_func ("/bundle/what stays apart is imported", test_what_stays_apart_is_imported);
  g_test_add_func ("/bundle/what is written otherwise is not bundled",
                   test_what_is_written_otherwise_is_not_bundled);
  g_test_add_func ("/page/the worker of the page is one file",
                   test_the_worker_of_the_page_is_one_file);
  g_test_add_func ("/page/what follows the first picture shares the opening",
                   test_what_follows_the_first_picture_shares_the_opening);
  g_test_add_func ("/page/each module can be had by itself",
                   test_each_module_can_be_had_by_itself);
  return g_test_run ();
}
