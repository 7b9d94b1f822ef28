/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-constraint-reader.h"

#include <math.h>
#include <string.h>

#include "board/bw-settings-edit.h"
#include "session/bw-json-reader.h"
#include "session/bw-net-weights.h"
#include "session/bw-part-pattern.h"

#define MAX_ROTATIONS 360
#define MAX_IMPORTANCE 1000.0
/* Of all rules together: a short file must not ask for more than can be looked at. */
#define MAX_WORK 20000000
#define MAX_PAIRS 200000

typedef struct
{
  BwJsonReader *in;
  BwBoard *board;
  guint64 work;
  guint64 n_pairs;
} Reader;

void
bw_constraint_clear (BwConstraint *rule)
{
  g_free (rule->name);
  g_free (rule->text);
  g_free (rule->parts);
  g_free (rule->rotations_cdeg);
  g_free (rule->apart_from);
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
  g_autofree char *text = bw_json_dup (self->in->json, index);
  gboolean any = FALSE;

  if (text == NULL)
    return bw_json_reader_fail (self->in, index,
                                "a part, or a pattern with * and ?, is to be a string");
  self->work += self->board->n_footprints;
  for (guint i = 0; i < self->board->n_footprints && self->work <= MAX_WORK; i++)
    {
      const char *part_text = text_of (self->board, &self->board->footprints[i]);

      if (part_text != NULL && bw_part_pattern_fits (text, part_text, &self->work))
        any = marked[i] = TRUE;
    }
  if (self->work > MAX_WORK)
    return bw_json_reader_fail (self->in, index, "too many rules for so many parts");
  return any || bw_json_reader_fail (self->in, index, "no part is like \"%s\"", text);
}

/* A pattern, or an array of them. */
static gboolean
mark_patterns (Reader  *self,
               guint32  index,
               PartText text_of,
               guint8  *marked)
{
  const BwJsonToken *token = bw_json_token (self->in->json, index);

  if (token->kind != BW_JSON_ARRAY)
    return mark_pattern (self, index, text_of, marked);
  if (token->next == index + 1)
    return bw_json_reader_fail (self->in, index, "no part is named");
  for (guint32 i = index + 1; i < token->next; i = bw_json_token (self->in->json, i)->next)
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

static const struct
{
  const char *key;
  PartText text_of;
} ways[] = {
  { "parts", key_of }, { "group", group_of }, { "value", value_of }, { "footprint", library_id_of },
};

/* The parts that are like all of what the rule selects by. */
static gboolean
read_selection (Reader       *self,
                guint32       index,
                BwConstraint *rule)
{
  g_autofree guint8 *selected = g_malloc (self->board->n_footprints + 1);
  g_autofree guint8 *marked = g_malloc (self->board->n_footprints + 1);
  gboolean any = FALSE;

  memset (selected, 1, self->board->n_footprints);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      guint32 value = bw_json_find (self->in->json, index, ways[i].key);

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
    return bw_json_reader_fail (self->in, index,
                                "a rule needs \"parts\", \"group\", \"value\" or \"footprint\"");
  rule->parts = list_marked (self->board, selected, &rule->n_parts);
  return rule->n_parts > 0 || bw_json_reader_fail (self->in, index,
                                                   "no part is all that this rule selects by");
}

static gboolean
read_rotations (Reader       *self,
                guint32       index,
                BwConstraint *rule)
{
  const BwJsonToken *token = bw_json_token (self->in->json, index);
  g_autoptr (GArray) rotations = g_array_new (FALSE, FALSE, sizeof (gint32));

  if (token->kind != BW_JSON_ARRAY || token->next == index + 1)
    return bw_json_reader_fail (self->in, index, "\"rotations\" is to be an array of degrees");
  for (guint32 i = index + 1; i < token->next; i = bw_json_token (self->in->json, i)->next)
    {
      double degrees;
      gint32 rotation_cdeg;
      gboolean known = FALSE;

      if (!bw_json_reader_number (self->in, i, "a rotation", -360.0, 360.0, &degrees))
        return FALSE;
      rotation_cdeg = bw_cdeg_normalize ((gint64) floor (degrees * 100.0 + 0.5));
      for (guint k = 0; k < rotations->len; k++)
        known = known || g_array_index (rotations, gint32, k) == rotation_cdeg;
      if (!known)
        g_array_append_val (rotations, rotation_cdeg);
      if (rotations->len > MAX_ROTATIONS)
        return bw_json_reader_fail (self->in, i, "more than %d rotations", MAX_ROTATIONS);
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
  const BwJsonToken *token = bw_json_token (self->in->json, index);
  double most_mm = bw_nm_to_mm (BW_COORD_MAX_NM);
  double at_mm[4];
  guint n = 0;

  if (token->kind != BW_JSON_ARRAY || token->next != index + 5)
    return bw_json_reader_fail (self->in, index,
                                "\"region_mm\" is to be [left, top, right, bottom]");
  for (guint32 i = index + 1; i < token->next; i++)
    if (!bw_json_reader_number (self->in, i, "a region's edge", -most_mm, most_mm, &at_mm[n++]))
      return FALSE;
  rule->region = (BwBox) { bw_nm_from_mm (at_mm[0]), bw_nm_from_mm (at_mm[1]),
                           bw_nm_from_mm (at_mm[2]), bw_nm_from_mm (at_mm[3]) };
  return (rule->region.x0_nm < rule->region.x1_nm && rule->region.y0_nm < rule->region.y1_nm) ||
         bw_json_reader_fail (self->in, index,
                              "a region's right is to be above its left, its bottom above its top");
}

static gboolean
read_near (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  static const char *const known[] = { "part", "within_mm", NULL };
  g_autofree char *key = NULL;
  guint32 part, within;

  bw_json_reader_note_unknown (self->in, index, known);
  if (!bw_json_reader_find (self->in, index, "part", &part) ||
      !bw_json_reader_find (self->in, index, "within_mm", &within) ||
      !bw_json_reader_length (self->in, within, "\"within_mm\"", &rule->near_nm))
    return FALSE;
  key = bw_json_dup (self->in->json, part);
  rule->near = key != NULL ? bw_board_find (self->board, key) : -1;
  return rule->near >= 0 ||
         bw_json_reader_fail (self->in, part, "there is no part \"%s\"", key != NULL ? key : "");
}

static gboolean
read_together (Reader       *self,
               guint32       index,
               BwConstraint *rule)
{
  static const char *const known[] = { "within_mm", NULL };
  guint32 within;

  if (bw_json_token (self->in->json, index)->kind != BW_JSON_OBJECT)
    return bw_json_reader_flag (self->in, index, "\"together\"", &rule->together);
  bw_json_reader_note_unknown (self->in, index, known);
  rule->together = TRUE;
  return bw_json_reader_find (self->in, index, "within_mm", &within) &&
         bw_json_reader_length (self->in, within, "\"within_mm\"", &rule->together_nm);
}

static gboolean
read_apart (Reader       *self,
            guint32       index,
            BwConstraint *rule)
{
  static const char *const known[] = { "at_least_mm", "from", NULL };
  guint32 from = bw_json_find (self->in->json, index, "from");
  guint32 at_least;

  bw_json_reader_note_unknown (self->in, index, known);
  if (!bw_json_reader_find (self->in, index, "at_least_mm", &at_least) ||
      !bw_json_reader_length (self->in, at_least, "\"at_least_mm\"", &rule->apart_nm))
    return FALSE;
  if (from != 0)
    {
      g_autofree guint8 *marked = g_malloc0 (self->board->n_footprints + 1);

      if (!mark_patterns (self, from, key_of, marked))
        return FALSE;
      rule->apart_from = list_marked (self->board, marked, &rule->n_apart_from);
    }
  self->n_pairs += (guint64) rule->n_parts * (from != 0 ? rule->n_apart_from : rule->n_parts);
  return self->n_pairs <= MAX_PAIRS ||
         bw_json_reader_fail (self->in, index, "too many pairs of parts to keep apart");
}

static gboolean
read_lock (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  gboolean flag;

  if (!bw_json_reader_flag (self->in, index, "\"lock\"", &flag))
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

  if (!bw_json_reader_choice (self->in, index, "\"side\"", names, &found))
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

  if (!bw_json_reader_choice (self->in, index, "\"edge\"", names, &found))
    return FALSE;
  rule->edge = (BwEdge) (BW_EDGE_LEFT + found);
  return TRUE;
}

static gboolean
read_importance (Reader       *self,
                 guint32       index,
                 BwConstraint *rule)
{
  return bw_json_reader_number (self->in, index,
                                "\"importance\"", 0.0, MAX_IMPORTANCE, &rule->importance);
}

static const struct
{
  const char *key;
  gboolean (*read) (Reader *reader, guint32 index, BwConstraint *rule);
} members[] = {
  { "lock", read_lock }, { "side", read_side }, { "rotations", read_rotations },
  { "region_mm", read_region }, { "edge", read_edge }, { "near", read_near },
  { "together", read_together }, { "apart", read_apart }, { "importance", read_importance },
};

static void
note_unknown (Reader  *self,
              guint32  rule)
{
  const char *known[1 + G_N_ELEMENTS (ways) + G_N_ELEMENTS (members) + 1] = { "name" };
  guint n = 1;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    known[n++] = ways[i].key;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    known[n++] = members[i].key;
  bw_json_reader_note_unknown (self->in, rule, known);
}

static gboolean
read_rule (Reader       *self,
           guint32       index,
           BwConstraint *rule)
{
  guint32 name = bw_json_find (self->in->json, index, "name");

  if (bw_json_token (self->in->json, index)->kind != BW_JSON_OBJECT)
    return bw_json_reader_fail (self->in, index, "a rule is to be an object");
  note_unknown (self, index);
  rule->line = bw_json_reader_line (self->in, index);
  rule->text = bw_settings_dup_value (self->in->json, index);
  rule->name = name != 0 ? bw_json_dup (self->in->json, name) : g_strdup ("");
  if (rule->name == NULL)
    return bw_json_reader_fail (self->in, name, "\"name\" is to be a string");
  if (!read_selection (self, index, rule))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      guint32 value = bw_json_find (self->in->json, index, members[i].key);

      if (value != 0 && !members[i].read (self, value, rule))
        return FALSE;
    }
  return TRUE;
}

/* Weights by name; false switches all off. */
static gboolean
read_weights (Reader    *self,
              guint32    index,
              BwWeights *weights)
{
  if (bw_json_token (self->in->json, index)->kind != BW_JSON_OBJECT)
    {
      if (!bw_json_reader_is_word (self->in, index, "false"))
        return bw_json_reader_fail (self->in, index,
                                    "\"tidy\" is to be an object of weights, or false");
      bw_weights_switch_off (weights);
      return TRUE;
    }
  bw_json_reader_note_unknown (self->in, index, bw_weight_names ());
  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    {
      const char *name = bw_weight_names ()[i];
      guint32 value = bw_json_find (self->in->json, index, name);
      double weight;

      if (value == 0)
        continue;
      if (!bw_json_reader_number (self->in, value, name, 0.0, BW_WEIGHT_MOST, &weight))
        return FALSE;
      bw_weights_set (weights, i, weight);
    }
  return TRUE;
}

static gboolean
read_rules (Reader    *self,
            GArray    *rules,
            BwWeights *weights,
            double   **net_weights)
{
  guint32 version = bw_json_find (self->in->json, 0, "version");
  guint32 tidy = bw_json_find (self->in->json, 0, "tidy");
  guint32 nets = bw_json_find (self->in->json, 0, "nets");
  guint32 array = bw_json_find (self->in->json, 0, "rules");
  double number;

  if (bw_json_token (self->in->json, 0)->kind != BW_JSON_OBJECT || version == 0)
    return bw_json_reader_fail (self->in, 0, "no constraints of Boardwalk: \"version\" is missing");
  if (!bw_json_reader_number (self->in, version, "\"version\"", 1.0, 1e9, &number))
    return FALSE;
  if (number > BW_CONSTRAINTS_VERSION)
    return bw_json_reader_fail (self->in, version,
                                "version %g is newer than this Boardwalk, which reads up to %d",
                 number, BW_CONSTRAINTS_VERSION);
  if (tidy != 0 && !read_weights (self, tidy, weights))
    return FALSE;
  if (nets != 0 && !bw_net_weights_read (self->in, nets, self->board, net_weights))
    return FALSE;
  if (array == 0)
    return TRUE;
  if (bw_json_token (self->in->json, array)->kind != BW_JSON_ARRAY)
    return bw_json_reader_fail (self->in, array, "\"rules\" is to be an array");
  for (guint32 i = array + 1; i < bw_json_token (self->in->json, array)->next;
       i = bw_json_token (self->in->json, i)->next)
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
                           BwWeights  *weights_out,
                           double    **net_weights_out,
                           GPtrArray  *notes,
                           GError    **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (text, length, &line);
  g_autoptr (GArray) rules = g_array_new (FALSE, TRUE, sizeof (BwConstraint));
  BwJsonReader in = { .json = json, .name = name, .notes = notes, .error = error, .line = 1 };
  Reader self = { .in = &in, .board = board };

  if (json == NULL)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_SYNTAX, "%s:%u: this is not JSON", name,
                   line);
      return NULL;
    }
  *weights_out = BW_WEIGHTS_UNTOLD;
  *net_weights_out = NULL;
  if (read_rules (&self, rules, weights_out, net_weights_out))
    return g_steal_pointer (&rules);
  for (guint i = 0; i < rules->len; i++)
    bw_constraint_clear (&g_array_index (rules, BwConstraint, i));
  return NULL;
}
