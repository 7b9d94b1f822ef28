/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-heat.h"

#include <math.h>
#include <string.h>

#include "base/bw-polygon.h"

/* Along the longer side of the board. */
#define N_CELLS 48

struct _BwHeat
{
  const BwBoard *board;
  guint columns; /* 0: the board has no extent */
  guint rows;
  double cells_per_mm[2];
  float *shares;
  double *covers; /* n_footprints: how much of its box a part takes up, of both sides */
};

/* In cells, from the board's upper left corner. */
typedef struct
{
  double x0, y0, x1, y1;
} CellBox;

static double
box_width_mm (const BwBox *box)
{
  return bw_nm_to_mm ((gint64) box->x1_nm - box->x0_nm);
}

static double
box_height_mm (const BwBox *box)
{
  return bw_nm_to_mm ((gint64) box->y1_nm - box->y0_nm);
}

static double
measure_cover (const BwFootprint *footprint)
{
  double whole_nm2 = box_width_mm (&footprint->box) * box_height_mm (&footprint->box)
                     * BW_NM_PER_MM * BW_NM_PER_MM;
  double cover = 0;

  if (bw_box_is_empty (&footprint->box) || whole_nm2 <= 0)
    return 0;
  for (int side = 0; side < 2; side++)
    {
      double area_nm2 = 0;

      for (guint32 i = 0; i < footprint->n_body[side]; i++)
        area_nm2 += fabs (bw_ring_area_twice_nm2 (&footprint->body[side][i])) / 2;
      cover += fmin (area_nm2 / whole_nm2, 1);
    }
  return cover;
}

BwHeat *
bw_heat_new (const BwBoard *board)
{
  BwHeat *self = g_new0 (BwHeat, 1);
  double width_mm = bw_box_is_empty (&board->box) ? 0 : box_width_mm (&board->box);
  double height_mm = bw_box_is_empty (&board->box) ? 0 : box_height_mm (&board->box);

  self->board = board;
  self->covers = g_new (double, board->n_footprints + 1);
  for (guint32 i = 0; i < board->n_footprints; i++)
    self->covers[i] = measure_cover (&board->footprints[i]);
  if (width_mm > 0 && height_mm > 0)
    {
      double cell_mm = fmax (width_mm, height_mm) / N_CELLS;

      self->columns = (guint) fmax (round (width_mm / cell_mm), 1);
      self->rows = (guint) fmax (round (height_mm / cell_mm), 1);
      self->cells_per_mm[0] = self->columns / width_mm;
      self->cells_per_mm[1] = self->rows / height_mm;
      self->shares = g_new0 (float, (gsize) self->columns * self->rows);
    }
  return self;
}

void
bw_heat_free (BwHeat *self)
{
  g_free (self->covers);
  g_free (self->shares);
  g_free (self);
}

/* Adds `share` to each cell, times how much of the cell lies in the box. */
static void
spread (BwHeat        *self,
        const CellBox *box,
        double         share)
{
  int first_row = (int) fmax (floor (box->y0), 0);
  int first_column = (int) fmax (floor (box->x0), 0);
  int end_row = (int) fmin (ceil (box->y1), self->rows);
  int end_column = (int) fmin (ceil (box->x1), self->columns);

  for (int row = first_row; row < end_row; row++)
    {
      double tall = fmin (box->y1, row + 1) - fmax (box->y0, row);
      float *shares = &self->shares[(gsize) row * self->columns];

      for (int column = first_column; column < end_column; column++)
        {
          double wide = fmin (box->x1, column + 1) - fmax (box->x0, column);

          shares[column] += (float) (share * tall * wide);
        }
    }
}

/* From the board's to the cells'. */
static CellBox
cell_box (const BwHeat *self,
          const BwBox  *box)
{
  const BwBox *whole = &self->board->box;

  return (CellBox) {
    bw_nm_to_mm ((gint64) box->x0_nm - whole->x0_nm) * self->cells_per_mm[0],
    bw_nm_to_mm ((gint64) box->y0_nm - whole->y0_nm) * self->cells_per_mm[1],
    bw_nm_to_mm ((gint64) box->x1_nm - whole->x0_nm) * self->cells_per_mm[0],
    bw_nm_to_mm ((gint64) box->y1_nm - whole->y0_nm) * self->cells_per_mm[1],
  };
}

static void
add_part (BwHeat       *self,
          guint32       index,
          const BwPose *pose)
{
  const BwBox *own = &self->board->footprints[index].box;
  BwTransform transform = bw_pose_transform (pose);
  BwBox box = BW_BOX_EMPTY;
  double area;
  CellBox cells;

  if (self->covers[index] <= 0)
    return;
  for (int corner = 0; corner < 4; corner++)
    bw_box_add_point (&box, bw_transform_point (
      &transform, (BwPoint) { corner & 1 ? own->x1_nm : own->x0_nm,
                              corner & 2 ? own->y1_nm : own->y0_nm }));
  cells = cell_box (self, &box);
  /* A turned box is larger than the part: as much less of it is taken up. */
  area = box_width_mm (&box) * box_height_mm (&box);
  spread (self, &cells,
          self->covers[index] * box_width_mm (own) * box_height_mm (own) / fmax (area, 1e-12));
}

static void
add_net (BwHeat             *self,
         const BwNet        *net,
         const BwTransform  *transforms,
         const guint8       *hidden)
{
  const int32_t half_pitch_nm = bw_nm_from_mm (BW_HEAT_PITCH_MM / 2);
  BwBox box = BW_BOX_EMPTY;
  double width_mm, height_mm;
  CellBox cells;

  for (guint32 i = 0; i < net->n_pins; i++)
    {
      const BwPin *pin = &net->pins[i];

      if (!hidden || !hidden[pin->footprint])
        bw_box_add_point (&box, bw_transform_point (
          &transforms[pin->footprint],
          self->board->footprints[pin->footprint].pads[pin->pad].at));
    }
  if (bw_box_is_empty (&box) || (box.x0_nm == box.x1_nm && box.y0_nm == box.y1_nm))
    return;
  width_mm = box_width_mm (&box);
  height_mm = box_height_mm (&box);
  /* A straight wire is as wide as a track is. */
  box = (BwBox) { box.x0_nm - half_pitch_nm, box.y0_nm - half_pitch_nm,
                  box.x1_nm + half_pitch_nm, box.y1_nm + half_pitch_nm };
  cells = cell_box (self, &box);
  spread (self, &cells, (width_mm + height_mm) * BW_HEAT_PITCH_MM
                          / (box_width_mm (&box) * box_height_mm (&box)));
}

void
bw_heat_measure (BwHeat       *self,
                 BwHeatKind    kind,
                 const BwPose *poses,
                 const guint8 *hidden)
{
  g_autofree BwTransform *transforms = NULL;

  if (self->columns == 0)
    return;
  memset (self->shares, 0, sizeof (float) * self->columns * self->rows);
  if (kind == BW_HEAT_DENSITY)
    {
      for (guint32 i = 0; i < self->board->n_footprints; i++)
        if (!hidden || !hidden[i])
          add_part (self, i, &poses[i]);
      return;
    }
  transforms = g_new (BwTransform, self->board->n_footprints + 1);
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    transforms[i] = bw_pose_transform (&poses[i]);
  for (guint32 i = 0; i < self->board->n_nets; i++)
    if (!self->board->nets[i].power)
      add_net (self, &self->board->nets[i], transforms, hidden);
}

const float *
bw_heat_get_shares (const BwHeat *self,
                    guint        *columns_out,
                    guint        *rows_out)
{
  *columns_out = self->columns;
  *rows_out = self->rows;
  return self->shares;
}
