/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/srj.h"

#include "bench/maze.h"

#define TRACK_MM 0.15
#define VIA_MM 0.6
#define VIA_HOLE_MM 0.3
/* About the parts, where there is no outline. */
#define ROOM_MM 5.0

static const char *const layers[BW_N_SIDES] = { "top", "bottom" };

/* Which of the two layers the pad is on: bits BwSide. */
static guint
layers_of (const BwPad  *pad,
           const BwPose *pose)
{
  if (pad->drill_nm > 0)
    return 3;
  return pose->side == BW_SIDE_FRONT ? pad->sides & 3u
                                     : (pad->sides & 1u) << 1 | (pad->sides >> 1 & 1u);
}

static void
write_layers (guint  sides,
              FILE  *file)
{
  fprintf (file, "\"layers\":[");
  for (guint side = 0; side < BW_N_SIDES; side++)
    if (sides >> side & 1)
      fprintf (file, "%s\"%s\"", side == 1 && (sides & 1) ? "," : "", layers[side]);
  fprintf (file, "]");
}

static void
write_pad (const BwBoard     *board,
           const BwTransform *transform,
           const BwPad       *pad,
           guint              sides,
           FILE              *file)
{
  BwBox box = BW_BOX_EMPTY;

  for (guint i = 0; i < pad->outline.n_points; i++)
    bw_box_add_point (&box, bw_transform_point (transform, pad->outline.points[i]));
  fprintf (file, "{\"type\":\"rect\",");
  write_layers (sides, file);
  fprintf (file, ",\"center\":{\"x\":%.4f,\"y\":%.4f},\"width\":%.4f,\"height\":%.4f,"
           "\"connectedTo\":[", bw_nm_to_mm ((int64_t) box.x0_nm + box.x1_nm) / 2.0,
           -bw_nm_to_mm ((int64_t) box.y0_nm + box.y1_nm) / 2.0,
           bw_nm_to_mm ((int64_t) box.x1_nm - box.x0_nm),
           bw_nm_to_mm ((int64_t) box.y1_nm - box.y0_nm));
  if (pad->net >= 0 && maze_routes (&board->nets[pad->net]))
    fprintf (file, "\"n%d\"", pad->net);
  fprintf (file, "]}");
}

static void
write_obstacles (const BwBoard *board,
                 const BwPose  *poses,
                 FILE          *file)
{
  const char *comma = "";

  fprintf (file, "\"obstacles\":[");
  for (guint i = 0; i < board->n_footprints; i++)
    {
      BwTransform transform = bw_pose_transform (&poses[i]);

      for (guint k = 0; k < board->footprints[i].n_pads; k++)
        {
          const BwPad *pad = &board->footprints[i].pads[k];
          guint sides = layers_of (pad, &poses[i]);

          if (sides == 0 || pad->outline.n_points == 0)
            continue;
          fprintf (file, "%s", comma);
          write_pad (board, &transform, pad, sides, file);
          comma = ",";
        }
    }
  fprintf (file, "]");
}

static void
write_net (const BwBoard *board,
           const BwPose  *poses,
           guint          net,
           FILE          *file)
{
  const char *comma = "";

  fprintf (file, "{\"name\":\"n%u\",\"pointsToConnect\":[", net);
  for (guint i = 0; i < board->nets[net].n_pins; i++)
    {
      const BwPin *pin = &board->nets[net].pins[i];
      const BwPad *pad = &board->footprints[pin->footprint].pads[pin->pad];
      BwTransform transform = bw_pose_transform (&poses[pin->footprint]);
      BwPoint at = bw_transform_point (&transform, pad->at);
      guint sides = layers_of (pad, &poses[pin->footprint]);

      if (sides == 0)
        continue;
      fprintf (file, "%s{\"x\":%.4f,\"y\":%.4f,", comma, bw_nm_to_mm (at.x_nm),
               -bw_nm_to_mm (at.y_nm));
      if (sides == 3)
        write_layers (sides, file);
      else
        fprintf (file, "\"layer\":\"%s\"", layers[sides >> 1]);
      fprintf (file, "}");
      comma = ",";
    }
  fprintf (file, "]}");
}

/* The room of a board without an outline. */
static BwBox
box_of_parts (const BwBoard *board,
              const BwPose  *poses)
{
  int32_t room_nm = bw_nm_from_mm (ROOM_MM);
  BwBox box = board->box;

  for (guint i = 0; i < board->n_footprints; i++)
    bw_box_add_point (&box, poses[i].at);
  return (BwBox) { box.x0_nm - room_nm, box.y0_nm - room_nm,
                   box.x1_nm + room_nm, box.y1_nm + room_nm };
}

/* The largest ring: routers take one. */
static void
write_outline (const BwBoard *board,
               const BwPose  *poses,
               FILE          *file)
{
  BwBox box = BW_BOX_EMPTY;
  const BwRing *largest = NULL;
  double most_mm2 = 0.0;

  for (guint i = 0; i < board->n_outlines; i++)
    {
      BwBox ring = bw_ring_box (&board->outlines[i].ring);
      double mm2 = bw_nm_to_mm ((int64_t) ring.x1_nm - ring.x0_nm) *
                   bw_nm_to_mm ((int64_t) ring.y1_nm - ring.y0_nm);

      bw_box_add_box (&box, &ring);
      if (mm2 <= most_mm2)
        continue;
      most_mm2 = mm2;
      largest = &board->outlines[i].ring;
    }
  if (largest == NULL)
    box = box_of_parts (board, poses);
  fprintf (file, "\"bounds\":{\"minX\":%.4f,\"maxX\":%.4f,\"minY\":%.4f,\"maxY\":%.4f},"
           "\"outline\":[", bw_nm_to_mm (box.x0_nm), bw_nm_to_mm (box.x1_nm),
           -bw_nm_to_mm (box.y1_nm), -bw_nm_to_mm (box.y0_nm));
  for (guint i = 0; largest != NULL && i < largest->n_points; i++)
    fprintf (file, "%s{\"x\":%.4f,\"y\":%.4f}", i > 0 ? "," : "",
             bw_nm_to_mm (largest->points[i].x_nm), -bw_nm_to_mm (largest->points[i].y_nm));
  fprintf (file, "]");
}

void
srj_write (const BwBoard *board,
           const BwPose  *poses,
           FILE          *file)
{
  const char *comma = "";

  fprintf (file, "{\"layerCount\":2,\"minTraceWidth\":%g,\"minViaPadDiameter\":%g,"
           "\"minViaHoleDiameter\":%g,\"defaultObstacleMargin\":%g,", TRACK_MM, VIA_MM,
           VIA_HOLE_MM, TRACK_MM);
  write_outline (board, poses, file);
  fprintf (file, ",");
  write_obstacles (board, poses, file);
  fprintf (file, ",\"connections\":[");
  for (guint i = 0; i < board->n_nets; i++)
    if (maze_routes (&board->nets[i]))
      {
        fprintf (file, "%s", comma);
        write_net (board, poses, i, file);
        comma = ",";
      }
  fprintf (file, "]}");
}
