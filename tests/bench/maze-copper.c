/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/maze-copper.h"

#include <math.h>

#include "base/bw-polygon.h"

/* From a pad's copper to the middle of a track, and of a via. */
#define PAD_TRACK_REACH 1.5
#define PAD_VIA_REACH 3.0
#define EDGE_REACH 3
/* Where there is no outline. */
#define ROOM_MM 5.0

static double
segment_distance (double x, double y,
                  double ax, double ay,
                  double bx, double by)
{
  double dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
  double t = length > 0.0 ? ((x - ax) * dx + (y - ay) * dy) / length : 0.0;

  t = CLAMP (t, 0.0, 1.0);
  return hypot (x - ax - t * dx, y - ay - t * dy);
}

/* In cells; 0 inside. */
static double
pad_distance (const double *points,
              guint         n,
              double        x,
              double        y)
{
  double least = INFINITY;
  gboolean inside = FALSE;

  for (guint i = 0, k = n - 1; i < n; k = i++)
    {
      const double *a = &points[2 * k], *b = &points[2 * i];

      least = MIN (least, segment_distance (x, y, a[0], a[1], b[0], b[1]));
      if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
        inside = !inside;
    }
  return inside ? 0.0 : least;
}

static void
claim (gint32 *owner,
       gint32  net)
{
  if (*owner == MAZE_FREE)
    *owner = net;
  else if (*owner != net)
    *owner = MAZE_BLOCKED;
}

static void
add_pad (MazeCopper  *self,
         guint        footprint,
         const BwPad *pad,
         guint8       sides)
{
  guint n = pad->outline.n_points;
  g_autofree double *points = g_new (double, 2 * n + 2);
  double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
  gint32 net = pad->net >= 0 ? pad->net : MAZE_BLOCKED;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      BwPoint at = bw_transform_point (&self->transforms[footprint], pad->outline.points[i]);
      double x = (bw_nm_to_mm (at.x_nm) - self->x0_mm) / MAZE_PITCH_MM;
      double y = (bw_nm_to_mm (at.y_nm) - self->y0_mm) / MAZE_PITCH_MM;

      points[2 * i] = x;
      points[2 * i + 1] = y;
      x0 = MIN (x0, x), x1 = MAX (x1, x), y0 = MIN (y0, y), y1 = MAX (y1, y);
    }
  for (int y = MAX (0, (int) (y0 - PAD_VIA_REACH)); y <= (int) (y1 + PAD_VIA_REACH) + 1; y++)
    for (int x = MAX (0, (int) (x0 - PAD_VIA_REACH)); x <= (int) (x1 + PAD_VIA_REACH) + 1; x++)
      {
        double away;

        if (x >= (int) self->width || y >= (int) self->height)
          continue;
        away = pad_distance (points, n, x, y);
        for (guint layer = 0; layer < MAZE_LAYERS; layer++)
          {
            guint node = layer * self->n_cells + (guint) y * self->width + (guint) x;

            if (!(sides >> layer & 1) && pad->drill_nm == 0)
              continue;
            if (away <= 0.5)
              claim (&self->net[node], net);
            if (away < PAD_TRACK_REACH)
              claim (&self->near_track[node], net);
            if (away < PAD_VIA_REACH)
              claim (&self->near_via[node], net);
          }
      }
}

static guint8
sides_at (const BwPad  *pad,
          const BwPose *pose)
{
  if (pose->side == BW_SIDE_FRONT)
    return pad->sides;
  return (guint8) ((pad->sides & 1) << 1 | (pad->sides >> 1 & 1));
}

static gboolean
is_inside (const MazeCopper *self,
           guint             x,
           guint             y)
{
  BwPoint at = { bw_nm_from_mm (self->x0_mm + x * MAZE_PITCH_MM),
                 bw_nm_from_mm (self->y0_mm + y * MAZE_PITCH_MM) };
  gboolean inside = self->board->n_outlines == 0;

  for (guint i = 0; i < self->board->n_outlines; i++)
    if (bw_ring_locate_point (&self->board->outlines[i].ring, at) > 0)
      {
        if (self->board->outlines[i].hole)
          return FALSE;
        inside = TRUE;
      }
  return inside;
}

static void
close_edge (MazeCopper *self)
{
  g_autofree guint8 *inside = g_malloc (self->n_cells);

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      inside[y * self->width + x] = is_inside (self, x, y);
  for (int y = 0; y < (int) self->height; y++)
    for (int x = 0; x < (int) self->width; x++)
      {
        gboolean closed = x < EDGE_REACH || y < EDGE_REACH ||
                          x + EDGE_REACH >= (int) self->width ||
                          y + EDGE_REACH >= (int) self->height;

        for (int dy = -EDGE_REACH; dy <= EDGE_REACH && !closed; dy += EDGE_REACH)
          for (int dx = -EDGE_REACH; dx <= EDGE_REACH && !closed; dx += EDGE_REACH)
            closed = !inside[(y + dy) * (int) self->width + x + dx];
        for (guint layer = 0; layer < MAZE_LAYERS && closed; layer++)
          {
            guint node = layer * self->n_cells + (guint) y * self->width + (guint) x;

            self->near_track[node] = self->near_via[node] = MAZE_BLOCKED;
          }
      }
}

void
maze_copper_init (MazeCopper    *self,
                  const BwBoard *board,
                  const BwPose  *poses)
{
  BwBox box = board->box;
  double room_mm = board->n_outlines == 0 ? ROOM_MM : 0.5;
  gsize n;

  *self = (MazeCopper) { .board = board };
  self->transforms = g_new (BwTransform, board->n_footprints + 1);
  for (guint i = 0; i < board->n_footprints; i++)
    {
      self->transforms[i] = bw_pose_transform (&poses[i]);
      bw_box_add_point (&box, poses[i].at);
    }
  self->x0_mm = bw_nm_to_mm (box.x0_nm) - room_mm;
  self->y0_mm = bw_nm_to_mm (box.y0_nm) - room_mm;
  self->width = (guint) ((bw_nm_to_mm (box.x1_nm) + room_mm - self->x0_mm) / MAZE_PITCH_MM) + 1;
  self->height = (guint) ((bw_nm_to_mm (box.y1_nm) + room_mm - self->y0_mm) / MAZE_PITCH_MM) + 1;
  self->n_cells = self->width * self->height;
  n = (gsize) MAZE_LAYERS * self->n_cells;
  self->net = g_new (gint32, n);
  self->near_track = g_new (gint32, n);
  self->near_via = g_new (gint32, n);
  for (gsize i = 0; i < n; i++)
    self->net[i] = self->near_track[i] = self->near_via[i] = MAZE_FREE;
  for (guint i = 0; i < board->n_footprints; i++)
    for (guint k = 0; k < board->footprints[i].n_pads; k++)
      add_pad (self, i, &board->footprints[i].pads[k],
               sides_at (&board->footprints[i].pads[k], &poses[i]));
  close_edge (self);
}

void
maze_copper_clear (MazeCopper *self)
{
  g_free (self->transforms);
  g_free (self->net);
  g_free (self->near_track);
  g_free (self->near_via);
}
