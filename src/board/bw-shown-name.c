/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-shown-name.h"

#include <string.h>

/* Facts: KiCad's UnescapeString(). Line ends are left as they are written: a name is one line. */
static const struct
{
  const char *word;
  char shown;
} words[] = {
  { "{slash}", '/' },  { "{backslash}", '\\' }, { "{colon}", ':' },    { "{dblquote}", '"' },
  { "{quote}", '\'' }, { "{lt}", '<' },         { "{gt}", '>' },       { "{bar}", '|' },
  { "{comma}", ',' },  { "{space}", ' ' },      { "{dollar}", '$' },   { "{brace}", '{' },
};

/* What stands for one character at `text`, and which; NULL: it stands for itself. Behind these
 * signs braces are markup, such as "~{RESET}". */
static const char *
read_word (const char *text,
           const char *start,
           char       *shown_out)
{
  if (text[0] != '{' || (text > start && strchr ("~$^_", text[-1]) != NULL))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (text, words[i].word))
      {
        *shown_out = words[i].shown;
        return words[i].word;
      }
  return NULL;
}

const char *
bw_shown_name (const char *name,
               BwArena    *arena)
{
  g_autoptr (GString) shown = NULL;

  if (strchr (name, '{') == NULL)
    return name;
  shown = g_string_new (NULL);
  for (const char *at = name; *at != '\0';)
    {
      char c = *at;
      const char *word = read_word (at, name, &c);

      g_string_append_c (shown, c);
      at += word != NULL ? strlen (word) : 1;
    }
  return strcmp (shown->str, name) == 0 ? name : bw_arena_string (arena, shown->str, shown->len);
}
