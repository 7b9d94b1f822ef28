/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-middle.h"

#include <stdbool.h>

/* It is done between two iterations, where nothing can be stopped. */
#define MOST_PARTS 2000
/* Halves of the way that are tried, too. */
#define HALVINGS 2
/* Not worth a change: shares of the room. */
#define LEAST_SHARE 50
/* Longer by less than this is as good: sums differ by their rounding. */
#define AS_GOOD_MM 1e-6

/* Where the middle of `a` is seen from that of `b`, once it fits; nowhere where it does not. */
static int64_t
way_nm (int64_t a0,
        int64_t a1,
        int64_t b0,
        int64_t b1)
{
  int64_t way = (b0 + b1 - a0 - a1) / 2;
  bool is_far = way > (b1 - b0) / LEAST_SHARE || -way > (b1 - b0) / LEAST_SHARE;

  return is_far && a1 - a0 <= b1 - b0 ? way : 0;
}

static void
shift (BwScene *scene,
       int64_t  dx_nm,
       int64_t  dy_nm)
{
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    if (!scene->model->parts[i].fixed)
      {
        scene->layout.at[i].x_nm = (int32_t) (scene->layout.at[i].x_nm + dx_nm);
        scene->layout.at[i].y_nm = (int32_t) (scene->layout.at[i].y_nm + dy_nm);
      }
  bw_scene_load (scene, &scene->layout);
}

static bool
all_are_free (BwScene *scene)
{
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    {
      BwPlace place = bw_scene_place (scene, i);

      if (!scene->model->parts[i].fixed && !bw_scene_is_free (scene, i, &place))
        return false;
    }
  return true;
}

static bool
try_way (BwScene *scene,
         int64_t  dx_nm,
         int64_t  dy_nm,
         double   length_mm)
{
  if (dx_nm == 0 && dy_nm == 0)
    return false;
  shift (scene, dx_nm, dy_nm);
  if (bw_scene_wirelength (scene) <= length_mm + AS_GOOD_MM && all_are_free (scene))
    return true;
  shift (scene, -dx_nm, -dy_nm);
  return false;
}

void
bw_middle_go (BwScene *scene)
{
  const BwBox *room = &scene->model->room;
  double length_mm = bw_scene_wirelength (scene);
  BwBox parts = BW_BOX_EMPTY;
  int64_t dx_nm, dy_nm;

  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    {
      BwPlace place = bw_scene_place (scene, i);
      BwBox box = bw_scene_box_at (scene, i, &place);

      if (!scene->model->parts[i].fixed)
        bw_box_add_box (&parts, &box);
    }
  if (!scene->model->bounded || scene->model->n_parts > MOST_PARTS || bw_box_is_empty (&parts))
    return;
  dx_nm = way_nm (parts.x0_nm, parts.x1_nm, room->x0_nm, room->x1_nm);
  dy_nm = way_nm (parts.y0_nm, parts.y1_nm, room->y0_nm, room->y1_nm);
  for (int k = 0; k <= HALVINGS; k++, dx_nm /= 2, dy_nm /= 2)
    if ((dx_nm != 0 && dy_nm != 0 && try_way (scene, dx_nm, dy_nm, length_mm)) ||
        try_way (scene, dx_nm, 0, length_mm) || try_way (scene, 0, dy_nm, length_mm))
      return;
}
