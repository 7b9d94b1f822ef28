/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Smooth wirelength: the weighted-average model of the half perimeter, and its gradient. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-model.h"
#include "placer/bw-workspace.h"

/* Where a term reaches from its part's position, in mm. */
typedef struct
{
  float x0;
  float x1;
  float y0;
  float y1;
} BwReach;

typedef struct
{
  const BwModel *model;
  BwReach *reaches;   /* of each term */
  double *shares;     /* four for each term of the largest net */
} BwWirelength;

void bw_wirelength_lay       (BwWirelength  *self,
                              const BwModel *model,
                              BwWorkspace   *workspace);

/* The part now lies in `slot`, its position `centre_nm` from its anchor. */
void bw_wirelength_set_slot  (BwWirelength  *self,
                              uint32_t       part,
                              uint32_t       slot,
                              double         centre_x_nm,
                              double         centre_y_nm);

/* Gradient of the weighted wirelength at positions (x, y) of all parts, in mm for each mm. The
 * smaller `gamma_mm`, the closer to the half perimeter. */
void bw_wirelength_gradient  (BwWirelength  *self,
                              const double  *x,
                              const double  *y,
                              double         gamma_mm,
                              double        *gx_out,
                              double        *gy_out);

/* The half perimeter itself, weighted, in mm. */
double bw_wirelength_measure (const BwWirelength *self,
                              const double       *x,
                              const double       *y);

/* The same over the nets of one part alone. */
double bw_wirelength_of_part (const BwWirelength *self,
                              uint32_t            part,
                              const double       *x,
                              const double       *y);
