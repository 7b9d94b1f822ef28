/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-constraint-reader.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "board/bw-json.h"
#include "board/bw-printable.h"
#include "session/bw-part-pattern.h"

#define MAX_NUMBER 64
#define MAX_ROTATIONS 360
#define MAX_IMPORTANCE 1000.0
/* Of all rules together: a short file must not ask for more than can be looked at. */
#define MAX_WORK 20000000
#define MAX_PAIRS 200000

typedef struct
{
  BwBoard *board;
  const BwJson *json;
  const char *name;
  guint64 work;
  guint64 n_pairs;
  guint32 line_offset;  /* where `line` is: rules are counted through once */
  guint line;
  GError **error;
} Reader;

void
bw_constraint_clear (BwConstraint *rule)
{
  g_free (rule->name);
  g_free (rule->parts);
  g_free (rule->rotations_cdeg);
  g_free (rule->apart_from);
}

static guint
line_of (Reader *self,
         guint32 token)
{
  guint32 offset = bw_json_token (self->json, token)->offset;

  if (offset < self->line_offset)
    {
      self->line_offset = 0;
      self->line = 1;
    }
  for (; self->line_offset < offset; self->line_offset++)
    self->line += self->json->text[self->line_offset] == '\n';
  return self->line;
}

static gboolean G_GNUC_PRINTF (3, 4)
fail (Reader     *self,
      guint32     token,
      const char *format,
      ...)
{
  g_autofree char *fact = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  va_start (args, format);
  fact = g_strdup_vprintf (format, args);
  va_end (args);
  printable = bw_dup_printable (fact);
  g_set_error (self->error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, "%s:%u: %s", self->name,
               line_of (self, token), printable);
  return FALSE;
}

static gboolean
is_word (const BwJson *json,
         guint32       index,
         const char   *word)
{
  const BwJsonToken *token = bw_json_token (json, index);

  return token->kind == BW_JSON_OTHER && token->length == strlen (word) &&
         memcmp (json->text + token->offset, word, token->length) == 0;
}

static gboolean
read_number (Reader     *self,
             guint32     index,
             const char *what,
             double      low,
             double      high,
             double     *value_out)
{
  const BwJsonToken *token = bw_json_token (self->json, index);
  char text[MAX_NUMBER + 1];
  char *end = text;

  if (token->kind == BW_JSON_OTHER && token->length <= MAX_NUMBER)
    {
      memcpy (text, self->json->text + token->offset, token->length);
      text[token->length] = '\0';
      if (!g_ascii_isalpha (text[0]))
        *value_out = g_ascii_strtod (text, &end);
      if (end != text && *end == '\0' && *value_out >= low && *value_out <= high)
        return TRUE;
    }
  return fail (self, index, "%s is to be a number from %g to %g", what, low, high);
}

static gboolean
read_length (Reader     *self,
             guint32     index,
             const char *what,
             gint32     *length_nm_out)
{
  double length_mm;

  if (!read_number (self, index, what, 0.0, bw_nm_to_mm (BW_COORD_MAX_NM), &length_mm))
    return FALSE;
  *length_nm_out = bw_nm_from_mm (length_mm);
  return TRUE;
}

static gboolean
read_flag (Reader     *self,
           guint32     index,
           const char *what,
           gboolean   *flag_out)
{
  *flag_out = is_word (self->json, index, "true");
  return *flag_out || is_word (self->json, index, "false") ||
         fail (self, index, "%s is to be true or false", what);
}

static gboolean
read_name_of (Reader            *self,
              guint32            index,
              const char        *what,
              const char *const *names,
              guint             *found_out)
{
  g_autofree char *text = bw_json_dup (self->json, index);
  g_autofree char *all = g_strjoinv (", ", (char **) names);

  for (*found_out = 0; text != NULL && names[*found_out] != NULL; ++*found_out)
    if (g_str_equal (text, names[*found_out]))
      return TRUE;
  return fail (self, index, "%s is to be one of: %s", what, all);
}

/* Marks the parts whose key, value or library id is like a pattern. */
typedef const char *(*PartText) (const BwBoard *board, const BwFootprint *footprint);

static const char *
key_of (const BwBoard     *board,
        const BwFootprint *footprint)
{
  return footprint->key;
}

static const char *
value_of (const BwBoard     *board,
          const BwFootprint *footprint)
{
  return footprint->value;
}

static const char *
library_id_of (const BwBoard     *board,
               const BwFootprint *footprint)
{
  return footprint->library_id;
}

static const char *
group_of (const BwBoard     *board,
          const BwFootprint *footprint)
{
  return footprint->module >= 0 ? board->modules[footprint->module].name : NULL;
}

static gboolean
mark_pattern (Reader  *self,
              guint32  index,
              PartText text_of,
              guint8  *marked)
{
  g_autofree char *text = bw_json_dup (self->json, index);
  gboolean any = FALSE;

  if (text == NULL)
    return fail (self, index, "a part, or a pattern with * and ?, is to be a string");
  self->work += self->board->n_footprints;
  for (guint i = 0; i < self->board->n_footprints && self->work <= MAX_WORK; i++)
    {
      const char *part_text = text_of (self->board, &self->board->footprints[i]);

      if (part_text != NULL && bw_part_pattern_fits (text, part_text, &self->work))
        any = marked[i] = TRUE;
    }
  if (self->work > MAX_WORK)
    return fail (self, index, "too many rules for so many parts");
  return any || fail (self, index, "no part is like \"%s\"", text);
}

/* A pattern, or an array of them. */
static gboolean
mark_patterns (Reader  *self,
               guint32  index,
               PartText text_of,
               guint8  *marked)
{
  const BwJsonToken *token = bw_json_token (self->json, index);

  if (token->kind != BW_JSON_ARRAY)
    return mark_pattern (self, index, text_of, marked);
  if (token->next == index + 1)
    return fail (self, index, "no part is named");
  for (guint32 i = index + 1; i < token->next; i = bw_json_token (self->json, i)->next)
    if (!mark_pattern (self, i, text_of, marked))
      return FALSE;
  return TRUE;
}

static guint32 *
list_marked (const BwBoard *board,
             const guint8  *marked,
             guint         *n_out)
{
  guint32 *parts = g_new (guint32, board->n_footprints + 1);

  *n_out = 0;
  for (guint i = 0; i < board->n_footprints; i++)
    if (marked[i])
      parts[(*n_out)++] = i;
  return parts;
}

/* The parts that are like all of what the rule selects by. */
static gboolean
read_selection (Reader       *self,
                guint32       index,
                BwConstraint *rule)
{
  static const struct { const char *key; PartText text_of; } ways[] = {
    { "parts", key_of }, { "group", group_of }, { "value", value_of },
    { "footprint", library_id_of },
  };
  g_autofree guint8 *selected = g_malloc (self->board->n_footprints + 1);
  g_autofree guint8 *marked = g_malloc (self->board->n_footprints + 1);
  gboolean any = FALSE;

  memset (selected, 1, self->board->n_footprints);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      guint32 value = bw_json_find (self->json, index, ways[i].key);

      if (value == 0)
        continue;
      any = TRUE;
      memset (marked, 0, self->board->n_footprints);
      if (!mark_patterns (self, value, ways[i].text_of, marked))
        return FALSE;
      for (guint k = 0; k < self->board->n_footprints; k++)
        selected[k] &= marked[k];
    }
  if (!any)
    return fail (self, index, "a rule needs \"parts\", \"group\", \"value\" or \"footprint\"");
  rule->parts = list_marked (self->board, selected, &rule->n_parts);
  return rule->n_parts > 0 || fail (self, index, "no part is all that this rule selects by");
}

static gboolean
read_rotations (Reader       *self,
                guint32       index,
                BwConstraint *rule)
{
  const BwJsonToken *token = bw_json_token (self->json, index);
  g_autoptr (GArray) rotations = g_array_new (FALSE, FALSE, sizeof (gint32));

  if (token->kind != BW_JSON_ARRAY || token->next == index + 1)
    return fail (self, index, "\"rotations\" is to be an array of degrees");
  for (guint32 i = index + 1; i < token->next; i = bw_json_token (self->json, i)->next)
    {
      double degrees;
      gint32 rotation_cdeg;
      gboolean known = FALSE;

      if (!read_number (self, i, "a rotation", -360.0, 360.0, &degrees))
        return FALSE;
      rotation_cdeg = bw_cdeg_normalize ((gint64) floor (degrees * 100.0 + 0.5));
      for (guint k = 0; k < rotations->len; k++)
        known = known || g_array_index (rotations, gint32, k) == rotation_cdeg;
      if (!known)
        g_array_append_val (rotations, rotation_cdeg);
      if (rotations->len > MAX_ROTATIONS)
        return fail (self, i, "more than %d rotations", MAX_ROTATIONS);
    }
  rule->n_rotations = rotations->len;
  rule->rotations_cdeg = (gint32 *) (gpointer) g_array_free (g_steal_pointer (&rotations), FALSE);
  return TRUE;
}

static gboolean
read_region (Reader       *self,
             guint32       index,
             BwConstraint *rule)
{
  const BwJsonToken *token = bw_json_token (self->json, index);
  double most_mm = bw_nm_to_mm (BW_COORD_MAX_NM);
  double at_mm[4];
  guint n = 0;

  if (token->kind != BW_JSON_ARRAY || token->next != index + 5)
    return fail (self, index, "\"region_mm\" is to be [left, top, right, bottom]");
  for (guint32 i = index + 1; i < token->next; i++)
    if (!read_number (self, i, "a region's edge", -most_mm, most_mm, &at_mm[n++]))
      return FALSE;
  rule->region = (BwBox) { bw_nm_from_mm (at_mm[0]), bw_nm_from_mm (at_mm[1]),
                           bw_nm_from_mm (at_mm[2]), bw_nm_from_mm (at_mm[3]) };
  return (rule->region.x0_nm < rule->region.x1_nm && rule->region.y0_nm < rule->region.y1_nm) ||
         fail (self, index, "a region's right is to be above its left, its bottom above its top");
}

/* A member of an object value, or an error that it is missing. */
static gboolean
find_member (Reader     *self,
             guint32     index,
             const char *key,
             guint32    *value_out)
{
  *value_out = bw_json_find (self->json, index, key);
  return *value_out != 0 || fail (self, index, "\"%s\" is missing", key);
}

static gboolean
read_near (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  g_autofree char *key = NULL;
  guint32 part, within;

  if (!find_member (self, index, "part", &part) ||
      !find_member (self, index, "within_mm", &within) ||
      !read_length (self, within, "\"within_mm\"", &rule->near_nm))
    return FALSE;
  key = bw_json_dup (self->json, part);
  rule->near = key != NULL ? bw_board_find (self->board, key) : -1;
  return rule->near >= 0 ||
         fail (self, part, "there is no part \"%s\"", key != NULL ? key : "");
}

static gboolean
read_together (Reader       *self,
               guint32       index,
               BwConstraint *rule)
{
  guint32 within;

  if (bw_json_token (self->json, index)->kind != BW_JSON_OBJECT)
    return read_flag (self, index, "\"together\"", &rule->together);
  rule->together = TRUE;
  return find_member (self, index, "within_mm", &within) &&
         read_length (self, within, "\"within_mm\"", &rule->together_nm);
}

static gboolean
read_apart (Reader       *self,
            guint32       index,
            BwConstraint *rule)
{
  guint32 from = bw_json_find (self->json, index, "from");
  guint32 at_least;

  if (!find_member (self, index, "at_least_mm", &at_least) ||
      !read_length (self, at_least, "\"at_least_mm\"", &rule->apart_nm))
    return FALSE;
  if (from != 0)
    {
      g_autofree guint8 *marked = g_malloc0 (self->board->n_footprints + 1);

      if (!mark_patterns (self, from, key_of, marked))
        return FALSE;
      rule->apart_from = list_marked (self->board, marked, &rule->n_apart_from);
    }
  self->n_pairs += (guint64) rule->n_parts * (from != 0 ? rule->n_apart_from : rule->n_parts);
  return self->n_pairs <= MAX_PAIRS || fail (self, index, "too many pairs of parts to keep apart");
}

static gboolean
read_lock (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  gboolean flag;

  if (!read_flag (self, index, "\"lock\"", &flag))
    return FALSE;
  rule->lock = flag ? BW_LOCK_HOLD : BW_LOCK_RELEASE;
  return TRUE;
}

static gboolean
read_side (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  static const char *const names[] = { "front", "back", NULL };
  guint found;

  if (!read_name_of (self, index, "\"side\"", names, &found))
    return FALSE;
  rule->side = (gint) found;
  return TRUE;
}

static gboolean
read_edge (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  static const char *const names[] = { "left", "right", "top", "bottom", "any", NULL };
  guint found;

  if (!read_name_of (self, index, "\"edge\"", names, &found))
    return FALSE;
  rule->edge = (BwEdge) (BW_EDGE_LEFT + found);
  return TRUE;
}

static gboolean
read_importance (Reader       *self,
                 guint32       index,
                 BwConstraint *rule)
{
  return read_number (self, index, "\"importance\"", 0.0, MAX_IMPORTANCE, &rule->importance);
}

static gboolean
read_rule (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  static const struct
  {
    const char *key;
    gboolean (*read) (Reader *reader, guint32 index, BwConstraint *rule);
  } members[] = {
    { "lock", read_lock }, { "side", read_side }, { "rotations", read_rotations },
    { "region_mm", read_region }, { "edge", read_edge }, { "near", read_near },
    { "together", read_together }, { "apart", read_apart }, { "importance", read_importance },
  };
  guint32 name = bw_json_find (self->json, index, "name");

  if (bw_json_token (self->json, index)->kind != BW_JSON_OBJECT)
    return fail (self, index, "a rule is to be an object");
  rule->line = line_of (self, index);
  rule->name = name != 0 ? bw_json_dup (self->json, name) : g_strdup ("");
  if (rule->name == NULL)
    return fail (self, name, "\"name\" is to be a string");
  if (!read_selection (self, index, rule))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      guint32 value = bw_json_find (self->json, index, members[i].key);

      if (value != 0 && !members[i].read (self, value, rule))
        return FALSE;
    }
  return TRUE;
}

/* Weights by name; false switches all off. */
static gboolean
read_tidy (Reader  *self,
           guint32  index,
           BwTidy  *tidy)
{
  if (bw_json_token (self->json, index)->kind != BW_JSON_OBJECT)
    {
      if (!is_word (self->json, index, "false"))
        return fail (self, index, "\"tidy\" is to be an object of weights, or false");
      bw_tidy_switch_off (tidy);
      return TRUE;
    }
  for (const char *const *name = bw_tidy_names (); *name != NULL; name++)
    {
      guint32 value = bw_json_find (self->json, index, *name);
      double weight;

      if (value == 0)
        continue;
      if (!read_number (self, value, *name, 0.0, BW_TIDY_MAX_WEIGHT, &weight))
        return FALSE;
      bw_tidy_set (tidy, *name, weight);
    }
  return TRUE;
}

static gboolean
read_rules (Reader *self,
            GArray *rules,
            BwTidy *tidy)
{
  guint32 version = bw_json_find (self->json, 0, "version");
  guint32 weights = bw_json_find (self->json, 0, "tidy");
  guint32 array = bw_json_find (self->json, 0, "rules");
  double number;

  if (bw_json_token (self->json, 0)->kind != BW_JSON_OBJECT || version == 0)
    return fail (self, 0, "no constraints of Boardwalk: \"version\" is missing");
  if (!read_number (self, version, "\"version\"", 1.0, 1e9, &number))
    return FALSE;
  if (number > BW_CONSTRAINTS_VERSION)
    return fail (self, version, "version %g is newer than this Boardwalk, which reads up to %d",
                 number, BW_CONSTRAINTS_VERSION);
  if (weights != 0 && !read_tidy (self, weights, tidy))
    return FALSE;
  if (array == 0)
    return TRUE;
  if (bw_json_token (self->json, array)->kind != BW_JSON_ARRAY)
    return fail (self, array, "\"rules\" is to be an array");
  for (guint32 i = array + 1; i < bw_json_token (self->json, array)->next;
       i = bw_json_token (self->json, i)->next)
    {
      BwConstraint rule = { .importance = BW_CONSTRAINT_IMPORTANCE, .side = -1, .near = -1,
                            .region = BW_BOX_EMPTY, .near_nm = -1, .together_nm = -1,
                            .apart_nm = -1 };
      gboolean ok = read_rule (self, i, &rule);

      g_array_append_val (rules, rule);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

GArray *
bw_constraint_reader_read (BwBoard    *board,
                           GBytes     *bytes,
                           const char *name,
                           BwTidy     *tidy_out,
                           GError    **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (text, length, &line);
  g_autoptr (GArray) rules = g_array_new (FALSE, TRUE, sizeof (BwConstraint));
  Reader self = { .board = board, .json = json, .name = name, .line = 1, .error = error };

  if (json == NULL)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_SYNTAX, "%s:%u: this is not JSON", name,
                   line);
      return NULL;
    }
  *tidy_out = BW_TIDY_UNTOLD;
  if (read_rules (&self, rules, tidy_out))
    return g_steal_pointer (&rules);
  for (guint i = 0; i < rules->len; i++)
    bw_constraint_clear (&g_array_index (rules, BwConstraint, i));
  return NULL;
}
