/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-tidy.h"

#include <math.h>
#include <string.h>

#include "board/bw-connector.h"
#include "board/bw-part-kind.h"
#include "board/bw-seeded-hash.h"
#include "session/bw-channels.h"

/* An IC has so many pads at least. */
#define IC_PADS 4
#define MAX_NAME 200
/* What is equal and this close might as well be in line. */
#define NEIGHBOUR_MM 10.0
#define IN_LINE_NM 10000
#define GRID_NM 100000
/* Sizes are told apart by it, up to the largest that there can be. */
#define SIZE_STEP_NM 500000
#define SIZES 10000
/* A pin of another sheet, or one that has a capacitor already, is as good as one so much further
 * away. */
#define OTHER_SHEET_MM 1000.0
#define TAKEN_MM 100.0

static gboolean
is_ground (const BwNet *net)
{
  g_autofree char *name = g_ascii_strup (net->name, (gssize) strnlen (net->name, MAX_NAME));

  return strstr (name, "GND") != NULL || strstr (name, "VSS") != NULL;
}

static gboolean
is_ic (BwPartKind         kind,
       const BwFootprint *footprint)
{
  return footprint->n_pads >= IC_PADS &&
         (kind == BW_PART_REGULATOR || kind == BW_PART_MICROCONTROLLER || kind == BW_PART_RF ||
          kind == BW_PART_ANALOG || kind == BW_PART_DIGITAL || kind == BW_PART_SENSOR);
}

/* The pad on the supply of a capacitor between a supply and ground; or -1. On boards whose
 * references tell nothing, whatever has two pads and is there is taken for one. */
static gint32
supply_pad (const BwBoard     *board,
            const BwFootprint *footprint,
            BwPartKind         kind)
{
  gint32 nets[2] = { -1, -1 };
  guint ground;

  if (footprint->n_pads != 2 || (kind != BW_PART_CAPACITOR && kind != BW_PART_OTHER))
    return -1;
  for (guint i = 0; i < 2; i++)
    {
      nets[i] = footprint->pads[i].net;
      if (nets[i] < 0 || !board->nets[nets[i]].power)
        return -1;
    }
  ground = is_ground (&board->nets[nets[1]]);
  if (nets[0] == nets[1] || is_ground (&board->nets[nets[0]]) == (gboolean) ground)
    return -1;
  return ground ? 0 : 1;
}

static double
pads_apart_mm (const BwBoard   *board,
               const BwPose    *poses,
               const BwService *service)
{
  BwTransform a = bw_pose_transform (&poses[service->part]);
  BwTransform b = bw_pose_transform (&poses[service->served]);
  BwPoint p = bw_transform_point (&a, board->footprints[service->part].pads[service->pad].at);
  BwPoint q = bw_transform_point (&b, board->footprints[service->served]
                                        .pads[service->served_pad].at);
  double dx = bw_nm_to_mm ((gint64) p.x_nm - q.x_nm), dy = bw_nm_to_mm ((gint64) p.y_nm - q.y_nm);

  return sqrt (dx * dx + dy * dy);
}

static BwPartKind *
guess_kinds (const BwBoard *board)
{
  BwPartKind *kinds = g_new (BwPartKind, board->n_footprints + 1);

  for (guint i = 0; i < board->n_footprints; i++)
    kinds[i] = bw_part_kind_guess (board, &board->footprints[i]);
  return kinds;
}

/* The pin on the pad's net that costs least; `taken` (nullable): how many it has, by pin of the
 * net. FALSE where no IC is on the net. */
static gboolean
choose_pin (const BwBoard    *board,
            const BwPose     *poses,
            const BwPartKind *kinds,
            guint           **taken,
            BwService        *service)
{
  const BwFootprint *own = &board->footprints[service->part];
  guint32 net_index = (guint32) own->pads[service->pad].net;
  const BwNet *net = &board->nets[net_index];
  double best_mm = INFINITY;
  guint best = 0;

  for (guint i = 0; i < net->n_pins; i++)
    {
      const BwFootprint *other = &board->footprints[net->pins[i].footprint];
      BwService tried = { service->part, service->pad, net->pins[i].footprint, net->pins[i].pad };
      double cost_mm;

      if (net->pins[i].footprint == service->part ||
          !is_ic (kinds[net->pins[i].footprint], other))
        continue;
      cost_mm = pads_apart_mm (board, poses, &tried);
      if (taken != NULL)
        cost_mm += TAKEN_MM * taken[net_index][i] +
                   (other->module != own->module ? OTHER_SHEET_MM : 0.0);
      if (cost_mm < best_mm)
        {
          best_mm = cost_mm;
          best = i;
          *service = tried;
        }
    }
  if (isinf (best_mm))
    return FALSE;
  if (taken != NULL)
    taken[net_index][best]++;
  return TRUE;
}

static void
free_taken (guint **taken,
            guint   n_nets)
{
  for (guint i = 0; i < n_nets; i++)
    g_free (taken[i]);
  g_free (taken);
}

GArray *
bw_tidy_find_decoupling (const BwBoard *board,
                         const BwPose  *poses)
{
  GArray *services = g_array_new (FALSE, FALSE, sizeof (BwService));
  g_autofree BwPartKind *kinds = guess_kinds (board);
  guint **taken = g_new0 (guint *, board->n_nets + 1);

  for (guint i = 0; i < board->n_footprints; i++)
    {
      gint32 pad = supply_pad (board, &board->footprints[i], kinds[i]);
      BwService service = { .part = i, .pad = (guint32) MAX (pad, 0) };
      gint32 net;

      if (pad < 0)
        continue;
      net = board->footprints[i].pads[pad].net;
      if (taken[net] == NULL)
        taken[net] = g_new0 (guint, board->nets[net].n_pins + 1);
      if (choose_pin (board, poses, kinds, taken, &service))
        g_array_append_val (services, service);
    }
  free_taken (taken, board->n_nets);
  return services;
}

GArray *
bw_tidy_find_crystals (const BwBoard *board,
                       const BwPose  *poses)
{
  GArray *services = g_array_new (FALSE, FALSE, sizeof (BwService));
  g_autofree BwPartKind *kinds = guess_kinds (board);

  for (guint i = 0; i < board->n_footprints; i++)
    for (guint k = 0; k < board->footprints[i].n_pads && kinds[i] == BW_PART_CRYSTAL; k++)
      {
        BwService service = { .part = i, .pad = k };
        gint32 net = board->footprints[i].pads[k].net;

        if (net >= 0 && !board->nets[net].power &&
            choose_pin (board, poses, kinds, NULL, &service))
          g_array_append_val (services, service);
      }
  return services;
}

static void
measure_decoupling (const BwBoard *board,
                    const BwPose  *poses,
                    BwTidiness    *result)
{
  g_autofree BwPartKind *kinds = guess_kinds (board);
  double sum_mm = 0.0;

  for (guint i = 0; i < board->n_footprints; i++)
    {
      gint32 pad = supply_pad (board, &board->footprints[i], kinds[i]);
      BwService service = { .part = i, .pad = (guint32) MAX (pad, 0) }, other;

      if (pad < 0 || !choose_pin (board, poses, kinds, NULL, &service))
        continue;
      other = service;
      other.pad = 1 - service.pad;
      sum_mm += pads_apart_mm (board, poses, &service);
      result->n_decoupling++;
      result->n_facing += pads_apart_mm (board, poses, &service) <
                          pads_apart_mm (board, poses, &other);
    }
  if (result->n_decoupling > 0)
    result->decoupling_mm = sum_mm / result->n_decoupling;
}

static void
measure_crystals (const BwBoard *board,
                  const BwPose  *poses,
                  BwTidiness    *result)
{
  g_autoptr (GArray) services = bw_tidy_find_crystals (board, poses);
  double sum_mm = 0.0;

  for (guint i = 0; i < services->len; i++)
    sum_mm += pads_apart_mm (board, poses, &g_array_index (services, BwService, i));
  result->n_crystals = services->len;
  if (services->len > 0)
    result->crystal_mm = sum_mm / services->len;
}

static void
measure_connectors (const BwBoard *board,
                    const BwPose  *poses,
                    BwTidiness    *result)
{
  for (guint i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];
      BwPoint mouth, outward;
      gboolean lies = bw_connector_mouth (footprint, &mouth, &outward);

      if (!bw_connector_is (board, footprint) || (!lies && footprint->n_pads < BW_CONNECTOR_PADS))
        continue;
      result->n_connectors++;
      result->n_at_edge += lies ? bw_connector_at_edge (board, footprint, &poses[i])
                                : bw_connector_beside_edge (board, footprint, &poses[i]);
    }
}

static BwPoint
centre_of (const BwBoard *board,
           const BwPose  *poses,
           guint          part)
{
  const BwBox *box = &board->footprints[part].box;
  BwTransform transform = bw_pose_transform (&poses[part]);

  return bw_transform_point (&transform, (BwPoint) {
    (gint32) (((gint64) box->x0_nm + box->x1_nm) / 2),
    (gint32) (((gint64) box->y0_nm + box->y1_nm) / 2),
  });
}

guint32 *
bw_tidy_number_equals (const BwBoard *board)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (bw_seeded_hash_string, g_str_equal);
  guint32 *result = g_new (guint32, board->n_footprints + 1);

  for (guint i = 0; i < board->n_footprints; i++)
    {
      const char *id = board->footprints[i].library_id;
      gpointer number = g_hash_table_lookup (numbers, id);

      if (number == NULL)
        {
          number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
          g_hash_table_insert (numbers, (gpointer) id, number);
        }
      result[i] = GPOINTER_TO_UINT (number);
    }
  return result;
}

guint32 *
bw_tidy_number_rows (const BwBoard *board)
{
  guint32 *result = g_new (guint32, board->n_footprints + 1);

  for (guint i = 0; i < board->n_footprints; i++)
    {
      const BwBox *box = &board->footprints[i].box;
      gint64 width = ((gint64) box->x1_nm - box->x0_nm) / SIZE_STEP_NM;
      gint64 height = ((gint64) box->y1_nm - box->y0_nm) / SIZE_STEP_NM;

      result[i] = board->footprints[i].n_pads != 2 || bw_box_is_empty (box) ? 0 :
                  (guint32) (1 + MAX (width, height) * SIZES + MIN (width, height));
    }
  return result;
}

/* What parts are looked at: with what number of theirs, where. */
typedef struct
{
  const BwBoard *board;
  const BwPose *poses;
  const BwPoint *centres;
  const guint32 *numbers;
} Rows;

static gboolean
are_equal (const Rows *self,
           guint       a,
           guint       b)
{
  return a != b && self->numbers[a] == self->numbers[b] && self->numbers[a] != 0 &&
         self->poses[a].side == self->poses[b].side;
}

static gboolean
are_parallel (const Rows *self,
              guint       a,
              guint       b)
{
  return (self->poses[a].rotation_cdeg - self->poses[b].rotation_cdeg) %
         (BW_FULL_TURN_CDEG / 2) == 0;
}

/* The nearest that is equal, and how it lies from there; or -1. */
static gint32
find_nearest_equal (const Rows *self,
                    guint       part,
                    gint64     *dx_out,
                    gint64     *dy_out)
{
  double nearest_mm = NEIGHBOUR_MM;
  gint32 nearest = -1;

  for (guint i = 0; i < self->board->n_footprints; i++)
    {
      gint64 dx = (gint64) self->centres[i].x_nm - self->centres[part].x_nm;
      gint64 dy = (gint64) self->centres[i].y_nm - self->centres[part].y_nm;
      double apart_mm = sqrt (bw_nm_to_mm (dx) * bw_nm_to_mm (dx) +
                              bw_nm_to_mm (dy) * bw_nm_to_mm (dy));

      if (apart_mm >= nearest_mm || !are_equal (self, part, i))
        continue;
      nearest_mm = apart_mm;
      nearest = (gint32) i;
      *dx_out = dx;
      *dy_out = dy;
    }
  return nearest;
}

/* An equal part, turned alike, with its centre so far from that of `part`. */
static gboolean
has_equal_at (const Rows *self,
              guint       part,
              gint64      dx,
              gint64      dy)
{
  for (guint i = 0; i < self->board->n_footprints; i++)
    if (ABS ((gint64) self->centres[i].x_nm - self->centres[part].x_nm - dx) <= IN_LINE_NM &&
        ABS ((gint64) self->centres[i].y_nm - self->centres[part].y_nm - dy) <= IN_LINE_NM &&
        are_equal (self, part, i) && are_parallel (self, part, i))
      return TRUE;
  return FALSE;
}

static void
count_rows (const Rows *self,
            guint      *n_near_out,
            guint      *n_aligned_out,
            guint      *n_even_out)
{
  for (guint i = 0; i < self->board->n_footprints; i++)
    {
      gint64 dx, dy;
      gint32 nearest = find_nearest_equal (self, i, &dx, &dy);

      *n_near_out += nearest >= 0;
      if (nearest < 0 || (ABS (dx) > IN_LINE_NM && ABS (dy) > IN_LINE_NM) ||
          !are_parallel (self, i, (guint) nearest))
        continue;
      ++*n_aligned_out;
      *n_even_out += has_equal_at (self, i, -dx, -dy) || has_equal_at (self, i, 2 * dx, 2 * dy);
    }
}

static void
measure_alignment (const BwBoard *board,
                   const BwPose  *poses,
                   BwTidiness    *result)
{
  g_autofree BwPoint *centres = g_new (BwPoint, board->n_footprints + 1);
  g_autofree guint32 *equals = bw_tidy_number_equals (board);
  g_autofree guint32 *sizes = bw_tidy_number_rows (board);
  Rows rows = { board, poses, centres, equals };
  guint n_even_rows = 0;

  for (guint i = 0; i < board->n_footprints; i++)
    centres[i] = centre_of (board, poses, i);
  count_rows (&rows, &result->n_equal, &result->n_aligned, &result->n_even);
  rows.numbers = sizes;
  count_rows (&rows, &result->n_passives, &result->n_in_rows, &n_even_rows);
}

static void
measure_grid (const BwBoard *board,
              const BwPose  *poses,
              BwTidiness    *result)
{
  for (guint i = 0; i < board->n_footprints; i++)
    {
      if (board->footprints[i].hold == BW_HOLD_NO_NETS)
        continue;
      result->n_parts++;
      result->n_on_grid += poses[i].at.x_nm % GRID_NM == 0 && poses[i].at.y_nm % GRID_NM == 0;
      result->n_slanted += poses[i].rotation_cdeg % (BW_FULL_TURN_CDEG / 4) != 0;
    }
}

void
bw_tidiness_measure (const BwBoard *board,
                     const BwPose  *poses,
                     BwTidiness    *result_out)
{
  *result_out = (BwTidiness) { 0 };
  measure_decoupling (board, poses, result_out);
  measure_crystals (board, poses, result_out);
  measure_connectors (board, poses, result_out);
  measure_alignment (board, poses, result_out);
  measure_grid (board, poses, result_out);
  result_out->n_alike = bw_channels_alike (board, poses, &result_out->n_twins);
}
