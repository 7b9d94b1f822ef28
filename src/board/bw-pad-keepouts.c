/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pad-keepouts.h"

#include "base/bw-arc.h"
#include "board/bw-hull.h"

/* Pieces of strokes; beyond, a drawing is the hull around it. */
#define MOST_PIECES 10000
/* The stroke around an area counts from this width on: that of logos is next to nothing. */
#define THICK_NM 50000
/* From one line of a text to the next, in heights of a capital letter. */
#define LINE_HEIGHTS 1.6
/* How wide its letters are on average, times the width of a wide one. */
#define LETTER_WIDTHS 0.9

typedef struct
{
  BwReader *reader;
  GArray *keepouts;  /* BwPadKeepout */
  GArray *points;    /* BwPoint; of a ring that is made */
  guint n_pieces;
  BwPadKeepout like; /* of what is read now, but for its ring */
} Collector;

static void
add_ring (Collector    *self,
          const BwRing *ring)
{
  BwPadKeepout keepout = self->like;

  keepout.ring = *ring;
  if (ring->n_points >= 3)
    g_array_append_val (self->keepouts, keepout);
}

static void
add_made_ring (Collector *self)
{
  BwRing ring = { bw_arena_copy (self->reader->arena, self->points->data,
                                 self->points->len * sizeof (BwPoint)), self->points->len };

  add_ring (self, &ring);
}

/* What a round pen covers on its way between these points, and all that lies between them. */
static void
add_hull (Collector     *self,
          const BwPoint *points,
          guint          n_points,
          gint32         width_nm)
{
  g_array_set_size (self->points, 0);
  bw_hull_add_thick (self->points, points, n_points, width_nm);
  bw_hull_take (self->points, 0);
  add_made_ring (self);
}

static void
add_stroke (Collector       *self,
            const BwGraphic *graphic)
{
  guint n = graphic->n_points > 1 ? graphic->n_points - !graphic->closed : graphic->n_points;

  if (self->n_pieces + n > MOST_PIECES)
    {
      add_hull (self, graphic->points, graphic->n_points, graphic->width_nm);
      return;
    }
  self->n_pieces += n;
  for (guint i = 0; i < n; i++)
    {
      const BwPoint ends[] = { graphic->points[i], graphic->points[(i + 1) % graphic->n_points] };

      add_hull (self, ends, G_N_ELEMENTS (ends), graphic->width_nm);
    }
}

static void
add_graphics (Collector       *self,
              const BwGraphic *graphics,
              guint            n_graphics)
{
  for (guint i = 0; i < n_graphics; i++)
    {
      const BwGraphic *graphic = &graphics[i];
      const BwRing ring = { graphic->points, graphic->n_points };

      if (graphic->layer != BW_LAYER_COPPER)
        continue;
      self->like.sides = graphic->inner ? 0 : (guint8) (1u << graphic->side);
      self->like.net = graphic->net;
      if (graphic->filled)
        add_ring (self, &ring);
      if (graphic->width_nm >= (graphic->filled ? THICK_NM : 1))
        add_stroke (self, graphic);
    }
}

/* The box around all its letters. */
static void
add_text (Collector    *self,
          const BwText *text)
{
  BwPose pose = { .rotation_cdeg = text->rotation_cdeg };
  BwTransform turn = bw_pose_transform (&pose);
  guint n_lines = 1, n_letters = 0, n = 0;
  double width, height, left, top;

  for (const char *c = text->text; *c != '\0'; c = g_utf8_next_char (c))
    {
      n = *c == '\n' ? 0 : n + 1;
      n_lines += *c == '\n';
      n_letters = MAX (n_letters, n);
    }
  width = LETTER_WIDTHS * n_letters * text->width_nm;
  height = (1.0 + (n_lines - 1) * LINE_HEIGHTS) * text->height_nm;
  left = -(1 + text->align_x) / 2.0 * width;
  top = -(1 + text->align_y) / 2.0 * height;
  g_array_set_size (self->points, 0);
  for (guint i = 0; i < 4; i++)
    {
      double x = left + (i == 1 || i == 2 ? width : 0.0), y = top + (i >= 2 ? height : 0.0);
      BwPoint at = bw_transform_point (&turn, bw_point_round (text->mirrored ? -x : x, y));

      at = bw_point_round ((double) text->at.x_nm + at.x_nm, (double) text->at.y_nm + at.y_nm);
      g_array_append_val (self->points, at);
    }
  self->like.sides = text->inner ? 0 : (guint8) (1u << text->side);
  self->like.net = -1;
  add_made_ring (self);
}

static void
add_texts (Collector    *self,
           const BwText *texts,
           guint         n_texts)
{
  for (guint i = 0; i < n_texts; i++)
    if (texts[i].layer == BW_LAYER_COPPER)
      add_text (self, &texts[i]);
}

/* Those of the side away from its body: the fingers of a plug, say. */
static void
add_bare_pads (Collector         *self,
               const BwFootprint *footprint)
{
  for (guint i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];

      self->like.sides = 0;
      for (guint side = 0; side < BW_N_SIDES; side++)
        if ((pad->sides >> side & 1) && footprint->n_body[side] == 0)
          self->like.sides |= (guint8) (1u << side);
      self->like.net = pad->net;
      if (pad->drill_nm == 0 && self->like.sides != 0)
        add_ring (self, &pad->outline);
    }
}

static void
add_rule_area (Collector        *self,
               const BwRuleArea *area)
{
  self->like = (BwPadKeepout) { .footprint = area->footprint, .net = -1, .sides = area->sides };
  if (area->footprint >= 0)
    {
      const BwFootprint *footprint = &self->reader->board->board.footprints[area->footprint];
      BwTransform transform = bw_pose_transform (&footprint->pose);

      if (footprint->pose.side == BW_SIDE_BACK)
        self->like.sides = (guint8) (area->sides >> 1 | (area->sides & 1) << 1);
      g_array_set_size (self->points, 0);
      for (guint i = 0; i < area->ring.n_points; i++)
        {
          BwPoint point = bw_transform_point_back (&transform, area->ring.points[i]);

          g_array_append_val (self->points, point);
        }
      add_made_ring (self);
    }
  else
    add_ring (self, &area->ring);
}

void
bw_reader_pad_keepouts (BwReader *self)
{
  BwBoard *board = &self->board->board;
  g_autoptr (GArray) keepouts = g_array_new (FALSE, FALSE, sizeof (BwPadKeepout));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  Collector collector = { .reader = self, .keepouts = keepouts, .points = points };

  for (guint i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];

      collector.like.footprint = (gint32) i;
      add_graphics (&collector, footprint->graphics, footprint->n_graphics);
      add_texts (&collector, footprint->texts, footprint->n_texts);
      add_bare_pads (&collector, footprint);
    }
  collector.like.footprint = -1;
  add_graphics (&collector, board->graphics, board->n_graphics);
  add_texts (&collector, board->texts, board->n_texts);
  for (guint i = 0; i < board->n_rule_areas; i++)
    if ((board->rule_areas[i].bars & BW_BARS_PADS) != 0)
      add_rule_area (&collector, &board->rule_areas[i]);
  board->n_pad_keepouts = keepouts->len;
  board->pad_keepouts = bw_arena_copy (self->arena, keepouts->data,
                                       keepouts->len * sizeof (BwPadKeepout));
}
