/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-board-reader.h"

#include "board/bw-carrier.h"
#include "board/bw-edge-holds.h"
#include "board/bw-footprint-reader.h"
#include "board/bw-graphic-reader.h"
#include "board/bw-group-reader.h"
#include "board/bw-module-edits.h"
#include "board/bw-module-inference.h"
#include "board/bw-outline-reader.h"
#include "board/bw-pad-keepouts.h"
#include "board/bw-pad-reader.h"
#include "board/bw-reader.h"
#include "board/bw-rules-reader.h"
#include "board/bw-seeded-hash.h"
#include "board/bw-text-reader.h"
#include "board/bw-zone-reader.h"

#include <string.h>

#define OLDEST_VERSION 3
#define NEWEST_KNOWN_VERSION 20260206
#define EDGE_TOLERANCE_NM 20000
#define DEFAULT_THICKNESS_NM 1600000
/* Curves of any board of ordinary make stay below this many points beyond its size. */
#define POINTS_FOR_ANY_FILE 1000000

static guint32
count_children (const BwReader *self,
                BwKeyword       a,
                BwKeyword       b,
                BwKeyword       c)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  guint32 n = 0;

  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    n += nodes[child].keyword == a || nodes[child].keyword == b || nodes[child].keyword == c;
  return n;
}

static gboolean
check_kind (const BwSexpr  *sexpr,
            const char     *name,
            GError        **error)
{
  static const struct { const char *word; const char *kind; } others[] = {
    { "kicad_sch", "a KiCad schematic" }, { "kicad_symbol_lib", "a KiCad symbol library" },
    { "footprint", "a single footprint" }, { "module", "a single footprint" },
    { "kicad_wks", "a KiCad drawing sheet" }, { "fp_lib_table", "a library table" },
    { "sym_lib_table", "a library table" }, { "export", "a netlist" },
    { "rules", "a rule file" }, { "PCB", "a Specctra design" },
  };
  const char *word = sexpr->text + sexpr->nodes[0].offset + 1;
  const char *kind = NULL;

  if (sexpr->nodes[0].keyword == BW_KEYWORD_KICAD_PCB)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (others) && kind == NULL; i++)
    if (g_str_has_prefix (word, others[i].word))
      kind = others[i].kind;
  g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_NOT_A_BOARD, "%s:%u: %s, not a board", name,
               bw_sexpr_line (sexpr, sexpr->nodes[0].offset),
               kind != NULL ? kind : "a list of another kind");
  return FALSE;
}

static gboolean
read_version (BwReader *self)
{
  BwBoard *board = &self->board->board;
  guint32 node = bw_sexpr_find (self->sexpr, 0, BW_KEYWORD_VERSION);
  BwSexprCursor cursor;
  gint64 version;

  if (node == 0)
    {
      bw_reader_fail (self, self->sexpr->nodes[0].offset, "the board has no (version)");
      return FALSE;
    }
  cursor = bw_sexpr_enter (self->sexpr, node);
  version = bw_reader_micro (self, &cursor) / 1000000;
  if (self->error != NULL)
    return FALSE;
  if (version < OLDEST_VERSION || version > G_MAXINT32)
    {
      g_set_error (&self->error, BW_BOARD_ERROR, BW_BOARD_ERROR_VERSION,
                   "%s:%u: format version %" G_GINT64_FORMAT " cannot be read; save the board "
                   "with a newer KiCad first",
                   self->name, bw_sexpr_line (self->sexpr, cursor.offset), version);
      return FALSE;
    }
  if (version > NEWEST_KNOWN_VERSION)
    bw_reader_note (self, cursor.offset, "format version %" G_GINT64_FORMAT " is newer than the "
                    "newest known, %d; what is new in it may be missing here",
                    version, NEWEST_KNOWN_VERSION);
  board->version = (gint32) version;
  return TRUE;
}

static void
read_net_table (BwReader *self)
{
  const BwSexprNode *nodes = self->sexpr->nodes;

  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    {
      BwSexprCursor cursor;
      gint64 number;

      if (nodes[child].keyword != BW_KEYWORD_NET)
        continue;
      cursor = bw_sexpr_enter (self->sexpr, child);
      if (bw_sexpr_next (&cursor) == BW_SEXPR_STRING)
        {
          bw_net_table_find_name (self->nets, bw_reader_string (self, &cursor));
          continue;
        }
      cursor = bw_sexpr_enter (self->sexpr, child);
      number = bw_reader_micro (self, &cursor) / 1000000;
      if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
        bw_reader_fail (self, nodes[child].offset, "a net without a name");
      else if (number != 0 &&
               !bw_net_table_add (self->nets, number, bw_reader_string (self, &cursor)))
        bw_reader_note (self, nodes[child].offset,
                        "net %" G_GINT64_FORMAT " is in the table twice", number);
    }
}

static void
read_general (BwReader *self)
{
  guint32 general = bw_sexpr_find (self->sexpr, 0, BW_KEYWORD_GENERAL);
  gint32 thickness_nm = 0;

  if (general != 0)
    thickness_nm = bw_reader_find_length (self, general, BW_KEYWORD_THICKNESS, 0);
  self->board->board.thickness_nm = thickness_nm > 0 ? thickness_nm : DEFAULT_THICKNESS_NM;
}

static void
read_footprints (BwReader *self)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  BwBoard *board = &self->board->board;
  guint32 n = count_children (self, BW_KEYWORD_FOOTPRINT, BW_KEYWORD_MODULE, BW_KEYWORD_FOOTPRINT);
  BwFootprint *footprints = bw_arena_alloc (self->arena, n * sizeof (BwFootprint));

  for (guint32 child = 1; child < nodes[0].next && self->error == NULL; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_FOOTPRINT || nodes[child].keyword == BW_KEYWORD_MODULE)
      {
        bw_reader_footprint (self, child, board->n_footprints, &footprints[board->n_footprints]);
        board->n_footprints++;
      }
  board->footprints = footprints;
}

/* Takes the scratch points over as a graphic of the board itself. */
static void
read_board_graphic (BwReader *self,
                    guint32   node)
{
  guint32 net = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_NET);
  BwShape shape;
  BwGraphic graphic;
  BwRing ring;

  if (!bw_reader_shape (self, node, &shape))
    return;
  if (shape.meaning.layer == BW_LAYER_EDGE)
    bw_chain_add (self->edges, (const BwPoint *) (gpointer) self->points->data, self->points->len,
                  shape.closed);
  ring = bw_reader_keep_ring (self);
  graphic = (BwGraphic) {
    .points = ring.points,
    .n_points = ring.n_points,
    .width_nm = shape.width_nm,
    .layer = shape.meaning.layer,
    .side = shape.meaning.sides == 1u << BW_SIDE_BACK ? BW_SIDE_BACK : BW_SIDE_FRONT,
    .closed = (guint8) shape.closed,
    .filled = (guint8) shape.filled,
    .inner = shape.meaning.layer == BW_LAYER_COPPER && shape.meaning.sides == 0,
    .net = net != 0 ? bw_reader_net (self, net) : -1,
  };
  g_array_append_val (self->graphics, graphic);
}

static guint8
read_track_sides (BwReader *self,
                  guint32   node)
{
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYER);
  BwSexprCursor cursor;
  guint8 sides = 0;

  if (list == 0)
    list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYERS);
  if (list == 0)
    return 0;
  for (cursor = bw_sexpr_enter (self->sexpr, list); bw_sexpr_next (&cursor) != BW_SEXPR_END;)
    if (cursor.kind != BW_SEXPR_LIST)
      sides |= bw_layer_table_find (self->layers, self->sexpr->text + cursor.offset,
                                    cursor.length).sides;
  return sides;
}

static void
read_track (BwReader *self,
            guint32   node,
            BwTrack  *track)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  guint32 net = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_NET);
  BwPoint at;
  BwShape shape;
  BwRing ring;

  track->net = net != 0 ? bw_reader_net (self, net) : -1;
  bw_net_table_count_track (self->nets, track->net);
  track->sides = read_track_sides (self, node);
  if (nodes[node].keyword == BW_KEYWORD_VIA)
    {
      g_array_set_size (self->points, 0);
      track->width_nm = bw_reader_find_length (self, node, BW_KEYWORD_SIZE, 0);
      track->width_nm = MAX (track->width_nm, 0);
      track->drill_nm = bw_reader_find_length (self, node, BW_KEYWORD_DRILL, 0);
      track->drill_nm = MAX (track->drill_nm, 0);
      if (bw_reader_find_point (self, node, BW_KEYWORD_AT, &at))
        bw_reader_add_point (self, at);
      else
        bw_reader_fail (self, nodes[node].offset, "a via has no position");
    }
  else if (bw_reader_shape (self, node, &shape))
    track->width_nm = shape.width_nm;
  ring = bw_reader_keep_ring (self);
  track->points = ring.points;
  track->n_points = ring.n_points;
}

static void
read_tracks_and_drawings (BwReader *self)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  BwBoard *board = &self->board->board;
  guint32 n = count_children (self, BW_KEYWORD_SEGMENT, BW_KEYWORD_ARC, BW_KEYWORD_VIA);
  BwTrack *tracks = bw_arena_alloc (self->arena, n * sizeof (BwTrack));

  g_array_set_size (self->graphics, 0);
  g_array_set_size (self->texts, 0);
  for (guint32 child = 1; child < nodes[0].next && self->error == NULL; child = nodes[child].next)
    switch (nodes[child].keyword)
      {
      case BW_KEYWORD_SEGMENT:
      case BW_KEYWORD_ARC:
      case BW_KEYWORD_VIA:
        read_track (self, child, &tracks[board->n_tracks++]);
        break;
      case BW_KEYWORD_ZONE:
        bw_reader_zone (self, child, -1);
        break;
      case BW_KEYWORD_UNKNOWN:
        bw_reader_note_unknown (self, child);
        break;
      default:
        if (bw_reader_is_graphic (nodes[child].keyword))
          read_board_graphic (self, child);
        else if (bw_reader_is_text (nodes[child].keyword))
          bw_reader_text (self, child, NULL);
      }
  board->tracks = tracks;
  board->n_graphics = self->graphics->len;
  board->graphics = bw_arena_copy (self->arena, self->graphics->data,
                                   self->graphics->len * sizeof (BwGraphic));
  board->n_texts = self->texts->len;
  board->texts = bw_arena_copy (self->arena, self->texts->data,
                                self->texts->len * sizeof (BwText));
}

static void
take_over_notes (BwReader *self)
{
  const char **notes;

  if (self->n_notes_left_out > 0)
    g_ptr_array_add (self->notes, g_strdup_printf ("%s: and %u more notes", self->name,
                                                   self->n_notes_left_out));
  notes = bw_arena_alloc (self->arena, (self->notes->len + 1) * sizeof *notes);
  for (guint i = 0; i < self->notes->len; i++)
    {
      const char *note = g_ptr_array_index (self->notes, i);

      notes[i] = bw_arena_string (self->arena, note, strlen (note));
    }
  self->board->board.notes = notes;
}

/* Of all that lies on the board, for one that has no outline. */
static void
grow_box (BwBoard *board)
{
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];
      BwTransform transform = bw_pose_transform (&footprint->pose);
      const BwBox *box = &footprint->box;
      BwPoint corners[] = {
        { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y0_nm },
        { box->x1_nm, box->y1_nm }, { box->x0_nm, box->y1_nm },
      };

      for (guint k = 0; k < G_N_ELEMENTS (corners); k++)
        bw_box_add_point (&board->box, bw_box_is_empty (box)
                                         ? footprint->pose.at
                                         : bw_transform_point (&transform, corners[k]));
    }
  for (guint32 i = 0; i < board->n_graphics; i++)
    for (guint32 k = 0; k < board->graphics[i].n_points; k++)
      bw_box_add_point (&board->box, board->graphics[i].points[k]);
}

static void
finish (BwReader *self)
{
  BwBoard *board = &self->board->board;
  BwModule *modules;

  bw_reader_modules_of_addresses (self, (BwFootprint *) board->footprints);
  modules = bw_arena_alloc (self->arena, self->module_names->len * sizeof (BwModule));
  for (guint i = 0; i < self->module_names->len; i++)
    modules[i].name = g_ptr_array_index (self->module_names, i);
  board->modules = modules;
  board->n_modules = self->module_names->len;
  board->n_zones = self->zones->len;
  board->zones = bw_arena_copy (self->arena, self->zones->data,
                                self->zones->len * sizeof (BwZone));
  bw_reader_areas (self);

  bw_reader_outlines (self);
  if (board->n_outlines == 0)
    grow_box (board);
  else
    bw_reader_carriers (self);
  board->nets = bw_net_table_finish (self->nets, board->footprints, board->n_footprints,
                                     &board->n_nets);
  bw_reader_rules (self, self->project, self->rules);
  board->n_keepouts = self->keepouts->len;
  board->keepouts = bw_arena_copy (self->arena, self->keepouts->data,
                                   self->keepouts->len * sizeof (BwKeepout));
  board->n_pair_rules = self->pair_rules->len;
  board->pair_rules = bw_arena_copy (self->arena, self->pair_rules->data,
                                     self->pair_rules->len * sizeof (BwPairRule));
  board->n_rule_areas = self->rule_areas->len;
  board->rule_areas = bw_arena_copy (self->arena, self->rule_areas->data,
                                     self->rule_areas->len * sizeof (BwRuleArea));
  bw_reader_pad_keepouts (self);
  if (board->n_modules == 0)
    board->modules = bw_modules_infer (board, (BwFootprint *) board->footprints, self->arena,
                                       &board->n_modules);
  bw_reader_edge_holds (self);
  bw_board_private_key (self->board, (BwFootprint *) board->footprints, board->n_footprints);
  if (self->settings != NULL)
    bw_reader_module_edits (self, self->settings);
  take_over_notes (self);
}

static void
read_all (BwReader *self)
{
  guint32 rest = bw_sexpr_find_rest (self->sexpr);
  guint32 layers;

  if (!read_version (self))
    return;
  if (rest < self->sexpr->length)
    bw_reader_note (self, rest, "what follows the end of the board is not read, and left as it is");
  layers = bw_sexpr_find (self->sexpr, 0, BW_KEYWORD_LAYERS);
  self->layers = bw_layer_table_new (self->sexpr, layers, self->board->board.version);
  self->locked = bw_reader_locked_by_group (self);
  read_general (self);
  read_net_table (self);
  read_footprints (self);
  read_tracks_and_drawings (self);
  if (self->error == NULL)
    finish (self);
}

static void
reader_clear (BwReader *self)
{
  g_clear_pointer (&self->layers, bw_layer_table_free);
  g_clear_pointer (&self->nets, bw_net_table_free);
  g_clear_pointer (&self->edges, bw_chain_free);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->pad_outline, g_array_unref);
  g_clear_pointer (&self->pad_pieces, g_array_unref);
  g_clear_pointer (&self->pad_points, g_array_unref);
  g_clear_pointer (&self->graphics, g_array_unref);
  g_clear_pointer (&self->texts, g_array_unref);
  g_clear_pointer (&self->rule_areas, g_array_unref);
  g_clear_pointer (&self->zones, g_array_unref);
  g_clear_pointer (&self->areas, g_array_unref);
  g_clear_pointer (&self->pair_rules, g_array_unref);
  g_clear_pointer (&self->named_zones, g_array_unref);
  g_clear_pointer (&self->keepouts, g_array_unref);
  g_clear_pointer (&self->modules, g_hash_table_unref);
  g_clear_pointer (&self->module_names, g_ptr_array_unref);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_pointer (&self->unknown, g_hash_table_unref);
  g_clear_pointer (&self->locked, g_hash_table_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BwReader, reader_clear)

BwBoard *
bw_board_new_noted (GBytes          *bytes,
                    const BwBeside  *beside,
                    const char      *name,
                    GError         **error)
{
  g_autoptr (BwSexpr) sexpr = NULL;
  g_autoptr (BwBoard) board = NULL;
  g_auto (BwReader) reader = { .name = name, .project = beside->project, .rules = beside->rules,
                               .settings = beside->settings };
  gsize length;
  const char *text;

  text = g_bytes_get_data (bytes, &length);
  sexpr = bw_sexpr_new (text, length, name, error);
  if (sexpr == NULL || !check_kind (sexpr, name, error))
    return NULL;

  reader.sexpr = sexpr;
  reader.board = bw_board_private_new (bytes);
  board = &reader.board->board;
  reader.arena = reader.board->arena;
  board->name = bw_arena_string (reader.arena, name, strlen (name));
  reader.nets = bw_net_table_new (reader.arena);
  reader.edges = bw_chain_new (EDGE_TOLERANCE_NM);
  reader.notes = g_ptr_array_new_with_free_func (g_free);
  reader.points = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  reader.pad_outline = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  reader.pad_pieces = g_array_new (FALSE, FALSE, sizeof (BwPadPiece));
  reader.pad_points = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  reader.graphics = g_array_new (FALSE, FALSE, sizeof (BwGraphic));
  reader.texts = g_array_new (FALSE, FALSE, sizeof (BwText));
  reader.rule_areas = g_array_new (FALSE, FALSE, sizeof (BwRuleArea));
  reader.zones = g_array_new (FALSE, FALSE, sizeof (BwZone));
  reader.named_zones = g_array_new (FALSE, FALSE, sizeof (BwNamedZone));
  reader.areas = g_array_new (FALSE, FALSE, sizeof (BwArea));
  reader.pair_rules = g_array_new (FALSE, FALSE, sizeof (BwPairRule));
  reader.keepouts = g_array_new (FALSE, FALSE, sizeof (BwKeepout));
  reader.modules = g_hash_table_new_full (bw_seeded_hash_string, g_str_equal, g_free, NULL);
  reader.module_names = g_ptr_array_new ();
  reader.addresses = g_ptr_array_new ();
  reader.unknown = g_hash_table_new_full (bw_seeded_hash_string, g_str_equal, g_free, NULL);
  reader.n_points_planned = length / 4 + POINTS_FOR_ANY_FILE;

  for (guint i = 0; beside->notes != NULL && i < beside->notes->len; i++)
    bw_reader_note_text (&reader, g_strdup (beside->notes->pdata[i]));
  read_all (&reader);
  if (reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reader.error));
      return NULL;
    }
  return g_steal_pointer (&board);
}

BwBoard *
bw_board_new_with_project (GBytes      *bytes,
                           GBytes      *project,
                           GBytes      *rules,
                           GBytes      *settings,
                           const char  *name,
                           GError     **error)
{
  const BwBeside beside = { project, rules, settings, NULL };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return bw_board_new_noted (bytes, &beside, name, error);
}

BwBoard *
bw_board_new_from_bytes (GBytes      *bytes,
                         const char  *name,
                         GError     **error)
{
  return bw_board_new_with_project (bytes, NULL, NULL, NULL, name, error);
}

gboolean
bw_board_is_newer_than_known (BwBoard *board)
{
  return board->version > NEWEST_KNOWN_VERSION;
}
